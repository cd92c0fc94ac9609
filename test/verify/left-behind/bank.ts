/**
 * The bank of rare features that decide an outcome, and of designs that drop or keep them. The truth of each is known from
 * its data alone: a row belongs to the group where its field `rare` is 1, which no design reads and none observes. Methods
 * are set on the tuning seeds; figures are given on the others. Seeds are those of the data and of the training.
 */

import type { Dataset } from "../../../core/data/dataset";
import { drawRare } from "../../../core/data/rare";

export type DataName = "pictures" | "tables" | "sounds";
/** `supervised` only checks that the streams predict the outcome of the group: nothing is compressed. */
export type Design = "drops" | "keeps" | "supervised";

/** One training of the bank. */
export interface Planted {
  data: DataName;
  design: Design;
  /** Of the rows that have the rare feature; 0: there is none, and the outcome is the ordinary class. */
  share: number;
  seed: number;
}

export const DATA: readonly DataName[] = ["pictures", "tables", "sounds"];
export const SHARES = [0.1, 0.05, 0.02, 0.01];
export const TOLD = [1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
export const TUNING = TOLD.map((seed) => seed + 1);
/** Rows that no training sees; 8,000 are trained on. */
const ROWS = "samples = 8000, validation = 1000, test = 1000";

/** Designs that drop the feature, at every share. */
export const dropped = (seeds: readonly number[]): Planted[] =>
  DATA.flatMap((data) =>
    SHARES.flatMap((share) => seeds.map((seed): Planted => ({ data, design: "drops", share, seed }))),
  );

/** Healthy runs: designs that keep the feature, at every share and where there is none; 60 of the ten seeds. */
export const healthy = (seeds: readonly number[]): Planted[] =>
  DATA.flatMap((data) =>
    [...SHARES, 0].flatMap((share, i) =>
      // Four seeds each, so that every seed is met.
      [0, 1, 2, 3].map((k): Planted => ({
        data,
        design: "keeps",
        share,
        seed: seeds[(4 * i + k) % seeds.length]!,
      })),
    ),
  );

/** The rows with the least share that generators draw a feature in: as good as none, with the fields there. */
const ALMOST_NONE = 1e-9;

export function textOf({ data, design, share, seed }: Planted): string {
  const { source, streams, targets, codes, terms, train } = designs[data](design);
  return `spec Bank {
  data "${source}" { ${ROWS}, rare = ${share === 0 ? ALMOST_NONE : share}, seed = ${seed} }
${[...streams, ...targets, ...codes].map((line) => `  ${line}`).join("\n")}
  knob beta = 64 in 0.1 .. 1024 log
${terms.map((line) => `  ${line}`).join("\n")}
  train { ${train}, batch = 128, seed = ${seed} }
}`;
}

interface Parts {
  source: string;
  streams: string[];
  targets: string[];
  codes: string[];
  terms: string[];
  train: string;
}

const target = (name: string, classes: number): string => `target ${name} : label(${classes})`;
const observed = (name: string, classes: number): string => `observe ${name} : label(${classes})`;

const designs: Record<DataName, (design: Design) => Parts> = {
  // A caption never mentions the spot: codes that have to share what pictures and captions share drop it.
  pictures: (design) => {
    const outcome = ["outcome", 6] as const;
    const link = ["compress I(picture; Zp)", "compress I(caption; Zc)", "keep I(Zp; Zc) by infonce"];
    return {
      source: "captioned-shapes",
      streams: ["modality picture : image(20, 20, 3)", "modality caption : text(7, 25)"],
      targets: [design === "drops" ? observed(...outcome) : target(...outcome)],
      codes: [
        "latent Zp : gaussian(8) from picture",
        "latent Zc : gaussian(8) from caption",
        "network encoder picture = mlp(64)",
      ],
      terms: [
        ...(design === "supervised" ? [] : link),
        ...(design === "drops" ? [] : ["keep 4 * I(outcome; Zp)"]),
      ],
      train: "epochs = 14, optimizer = adam(2e-3)",
    };
  },
  // A code that predicts the illness does not need the sign, which no illness changes.
  tables: (design) => ({
    source: "blood-panels",
    streams: ["modality chemistry : vector(12)", "modality cells : counts(8)"],
    targets: design === "drops" ? [target("illness", 4), observed("outcome", 4)] : [target("outcome", 4)],
    codes: ["latent Z : gaussian(4) from chemistry, cells", "network encoder Z = mlp(64)"],
    terms: predicting("chemistry, cells", "Z", "illness", design),
    train: "epochs = 20, optimizer = adam(2e-3)",
  }),
  // A code that predicts the digit does not need the whistle.
  sounds: (design) => ({
    source: "sounding-digits",
    streams: ["modality sound : audio(32, 32)"],
    targets: design === "drops" ? [target("digit", 10), observed("outcome", 10)] : [target("outcome", 10)],
    codes: ["latent Zs : gaussian(8) from sound", "network encoder sound = mlp(64)"],
    terms: predicting("sound", "Zs", "digit", design),
    train: "epochs = 6, optimizer = adam(2e-3)",
  }),
};

function predicting(streams: string, code: string, ordinary: string, design: Design): string[] {
  const kept = `keep I(${design === "drops" ? ordinary : "outcome"}; ${code})`;
  return design === "supervised" ? [kept] : [`compress I(${streams}; ${code})`, kept];
}

/** Rows that nothing was trained on, in their order. */
export const heldOut = ({ validation, test }: Dataset["splits"]): Int32Array =>
  Int32Array.from([...validation, ...test]);

/** Whether each of these rows has the rare feature. */
export function isRare(planted: Planted, rows: Int32Array): boolean[] {
  const { seed, share } = planted;
  const rare = drawRare(seed, Math.max(...rows) + 1, share);
  return Array.from(rows, (row) => rare[row] === 1);
}
