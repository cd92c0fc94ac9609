/** What measurements are given: codes of rows, and what probes read of them. */
import { temperatureOf } from "../../theory/bounds/temperature";
import { componentsOf } from "../../theory/fusions/mixture";
import { variableText } from "../../theory/terms/print";
import { doesWithout } from "../../theory/missing/presence";
import type { Spec } from "../../theory/spec";
import type { Slices } from "../clock";
import type { Evaluator } from "../evaluation";
import type { Session } from "../executor";
import type { Recalibrated } from "../recalibration";
import type { Leak } from "../findings/rule";
import type { DataStream, Preparation } from "../prepare";
import { readLabel, readScalar, type Densities, type Evidence, type Reading } from "../probes/index";

/** Codes of rows of the data, [rows, size], by latent; where a stream is absent, as `Z without X`. */
export interface CodedRows {
  rows: Int32Array;
  means: Record<string, Float32Array>;
  /** Draws of the same rows, which share no noise with each other or with those of other rows. */
  draws: readonly Record<string, Float32Array>[];
  /** The rate of each row in nats, of the latents that have one, all streams there. */
  rates: Record<string, Float32Array>;
  /** Densities of the latents that have them, all streams there; where they were asked for. */
  densities: Record<string, Densities>;
}

/** What a probe predicts of one factor from one code. */
export interface PairReading {
  code: string;
  factor: string;
  reading: Reading;
}

/** A code and a factor, with what bounds the information between them. */
export interface InformedPair {
  code: string;
  factor: string;
  evidence: Evidence;
}

/** A factor, what bounds the information of all codes together about it, and what probes gain from all but one of them. */
export interface Together {
  factor: string;
  all: Evidence;
  without: { code: string; gains: Evidence["gains"] }[];
}

/** A factor, and what bounds the information about it. */
export interface Told {
  factor: string;
  evidence: Evidence;
}

/** What a measurement may need. */
export interface Subjects {
  /** What draws of private codes predict of views that they do not read. */
  leaks: readonly Leak[];
  /** Two codes that are meant to be apart: what they share at most, row by row, and by the smaller of their rates. */
  apart: readonly { code: string; other: string; atMost: Float64Array; rate?: number }[];
  /** The learned temperature in force, by the id of the term whose scores it divides. */
  temperatures: Record<string, number>;
  /** Contrastive terms with one temperature fitted on held-out rows, by the ids of the terms. */
  recalibrated: Record<string, Recalibrated>;
  /** The rate of each row in nats, by latent. */
  rates: Record<string, Float32Array>;
  /** Codes of training rows and of those that are judged, and the factors. */
  codes: { seen: CodedRows; judged: CodedRows; factors: readonly DataStream[] };
  /** What probes predict from draws of codes. */
  "read-draws": readonly PairReading[];
  /** What they predict from the noiseless means. */
  "read-means": readonly PairReading[];
  /** What bounds the information of each code about each factor. */
  informed: readonly InformedPair[];
  /** The same of all codes together; of specs with several codes, in the last round. */
  together: readonly Together[];
  /** What bounds the information of all codes together, and of the raw streams once these have been read: after the training. */
  told: { codes: readonly Told[]; streams: readonly Told[] };
}

/** What of a code is collected. */
const CODES = ["mean.", "draw.", "rate."] as const;
const DENSITIES = ["statistic.", "natural.", "own.", "density."] as const;

/** The densities of each latent with noise, at one draw of each row. */
function densitiesOf(
  spec: Spec,
  all: Record<(typeof DENSITIES)[number], Record<string, Float32Array>>,
): CodedRows["densities"] {
  return Object.fromEntries(
    Object.entries(all["statistic."]).map(([name, statistic]) => {
      const components = (componentsOf(spec, { name }) ?? [{ name }]).map(variableText).map((text) => ({
        natural: all["natural."][text]!,
        own: all["own."][text]!,
        density: all["density."][text]!,
      }));
      return [name, { components, statistics: [statistic] }];
    }),
  );
}

/**
 * Codes of rows with all streams there; and of each code that may do without a stream, where that is absent.
 * @param draws how many draws of each row
 * @param compared whether the densities of codes are asked for
 */
export async function codesOf(
  spec: Spec,
  encoder: Evaluator,
  rows: Int32Array,
  knobs: Record<string, number>,
  draws: number,
  compared = false,
): Promise<CodedRows> {
  const found = {
    means: {} as Record<string, Float32Array>,
    draws: [] as Record<string, Float32Array>[],
    rates: {} as CodedRows["rates"],
    densities: {} as CodedRows["densities"],
  };
  for (let draw = 0; draw < draws; draw++) {
    const parts = compared && draw === 0 ? ([...CODES, ...DENSITIES] as const) : CODES;
    const all = await encoder.collect<(typeof CODES | typeof DENSITIES)[number]>(parts, rows, knobs, {
      draw,
    });
    const codes = { ...all["draw."] };
    if (draw === 0)
      [found.means, found.rates, found.densities] = [
        { ...all["mean."] },
        all["rate."],
        compared ? densitiesOf(spec, all) : {},
      ];
    for (const { stream } of spec.missing) {
      const without = await encoder.collect(["mean.", "draw."], rows, knobs, { draw, absent: [stream] });
      for (const { name } of spec.latents)
        if (doesWithout(spec, name, stream)) {
          codes[`${name} without ${stream}`] = without["draw."][name]!;
          if (draw === 0) found.means[`${name} without ${stream}`] = without["mean."][name]!;
        }
    }
    found.draws.push(codes);
  }
  return { rows, ...found };
}

/** Temperatures as they are in force, read from the weights of a session. */
export async function readTemperatures(
  learned: Preparation["temperatures"],
  session: Session,
): Promise<Subjects["temperatures"]> {
  const found: Subjects["temperatures"] = {};
  for (const [term, { parameter }] of Object.entries(learned))
    found[term] = temperatureOf((await session.read("train", parameter))[0]!);
  return found;
}

/** What is known of the samples: observed streams and targets of one class or number each. */
export const isFactor = ({ role, kind }: DataStream): boolean =>
  role !== "modality" && (kind.name === "label" || kind.name === "scalar");

/** Reads every factor from every code, by draws or by means; gives way to the event loop between two. */
export async function readPairs(
  { seen, judged, factors }: Subjects["codes"],
  from: "draws" | "means",
  slices: Slices,
): Promise<PairReading[]> {
  const codesOf = (coded: CodedRows): readonly Record<string, Float32Array>[] =>
    from === "draws" ? coded.draws : [coded.means];
  const result: PairReading[] = [];
  for (const factor of factors) {
    const valuesAt = (rows: Int32Array): Float32Array =>
      Float32Array.from(rows, (row) => factor.values[row]!);
    for (const code of Object.keys(judged.means)) {
      const coded = {
        seen: codesOf(seen)[0]![code]!,
        seenTruth: valuesAt(seen.rows),
        judged: codesOf(judged).map((codes) => codes[code]!),
        truth: valuesAt(judged.rows),
      };
      const reading = factor.kind.name === "label" ? readLabel(coded, factor.classes!) : readScalar(coded);
      result.push({ code, factor: factor.name, reading });
      await slices.breathe();
    }
  }
  return result;
}
