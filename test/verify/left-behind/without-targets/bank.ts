/**
 * The bank of rare structures where no target and no factor is known: rows with a rare feature (the setting `rare` of built-in
 * data, whose fields no spec reads) that codes drop; and healthy trainings, in which no group of rows has anything of its own
 * that the codes lack: there is no such group, or the codes keep it. Methods are set on the tuning seeds; figures are given on
 * the others. Seeds are those of the data and of the training.
 */

/** One training of the bank. */
export interface Plain {
  design: PlantedDesign | HealthyDesign;
  /** Of the rows that have the rare feature; 0: there is none. */
  share: number;
  seed: number;
}

/** Designs that drop the rare feature: codes that share what two streams share, of which one shows the feature. */
export const PLANTED = ["linked pictures", "linked tables", "linked sounds"] as const;
/** Designs of healthy trainings, with the share of a rare feature that they keep. */
export const HEALTHY = {
  "linked pictures": 0,
  "linked tables": 0,
  "linked sounds": 0,
  "reconstructed pictures": 0,
  "reconstructed tables": 0.1,
  "reconstructed sounds": 0.1,
  "reconstructed digits": 0,
  "linked digits": 0,
  "linked factors": 0,
  "shared and private neurons": 0,
  "reconstructed signals": 0,
  "reconstructed films": 0,
} as const;
type PlantedDesign = (typeof PLANTED)[number];
type HealthyDesign = keyof typeof HEALTHY;

export const SHARES = [0.1, 0.05, 0.02, 0.01];
export const TOLD = [1, 3, 5, 7, 9];
export const TUNING = TOLD.map((seed) => seed + 1);

/** Trainings whose codes drop a rare feature, at every share. */
export const planted = (seeds: readonly number[]): Plain[] =>
  PLANTED.flatMap((design) => SHARES.flatMap((share) => seeds.map((seed) => ({ design, share, seed }))));

/** Healthy trainings: 60 of the five seeds. */
export const healthy = (seeds: readonly number[]): Plain[] =>
  Object.entries(HEALTHY).flatMap(([design, share]) =>
    seeds.map((seed) => ({ design: design as HealthyDesign, share, seed })),
  );

export function textOf({ design, share, seed }: Plain): string {
  const { source, lines, train } = designs[design];
  const rare = share === 0 ? "" : `, rare = ${share}`;
  return `spec Plain {
  data "${source}" { samples = 4000, validation = 1000, test = 1000${rare}, seed = ${seed} }
${lines.map((line) => `  ${line}`).join("\n")}
  train { ${train}, batch = 128, seed = ${seed} }
}`;
}

interface Parts {
  source: string;
  lines: string[];
  train: string;
}

/** Two codes, each of one stream, that have to share what the streams share. */
const linked = (first: string, second: string, width: number): string[] => [
  `latent A : gaussian(${width}) from ${first}`,
  `latent B : gaussian(${width}) from ${second}`,
  ...["A", "B"].map((code) => `network encoder ${code} = mlp(64)`),
  `compress I(${first}; A)`,
  `compress I(${second}; B)`,
  "keep 64 * I(A; B) by infonce",
];

/** A code that has to reconstruct what it reads. */
const reconstructed = (streams: readonly string[], width: number, weight: number): string[] => [
  `latent Z : gaussian(${width}) from ${streams.join(", ")}`,
  `compress I(${streams.join(", ")}; Z)`,
  ...streams.map((stream) => `keep ${weight} * I(${stream}; Z)`),
];

const pictures = "modality picture : image(20, 20, 3)";
const captions = "modality caption : text(7, 25)";
const tables = ["modality chemistry : vector(12)", "modality cells : counts(8)"];
const sounds = "modality sound : audio(32, 32)";
const digits = ["modality X : image(28, 28)", "modality Y : image(28, 28)"];

const designs: Record<Plain["design"], Parts> = {
  // A caption never mentions the spot.
  "linked pictures": {
    source: "captioned-shapes",
    lines: [pictures, captions, ...linked("picture", "caption", 8)],
    train: "epochs = 14, optimizer = adam(2e-3)",
  },
  // The sign is in the chemistry alone.
  "linked tables": {
    source: "blood-panels",
    lines: [...tables, ...linked("chemistry", "cells", 4)],
    train: "epochs = 20, optimizer = adam(2e-3)",
  },
  // No picture shows the whistle.
  "linked sounds": {
    source: "sounding-digits",
    lines: ["modality picture : image(28, 28)", sounds, ...linked("picture", "sound", 8)],
    train: "epochs = 8, optimizer = adam(2e-3)",
  },
  "reconstructed pictures": {
    source: "captioned-shapes",
    lines: [pictures, ...reconstructed(["picture"], 16, 4)],
    train: "epochs = 12, optimizer = adam(2e-3)",
  },
  "reconstructed tables": {
    source: "blood-panels",
    lines: [...tables, ...reconstructed(["chemistry", "cells"], 8, 16)],
    train: "epochs = 30, optimizer = adam(2e-3)",
  },
  "reconstructed sounds": {
    source: "sounding-digits",
    lines: [sounds, ...reconstructed(["sound"], 16, 64)],
    train: "epochs = 10, optimizer = adam(2e-3)",
  },
  "reconstructed digits": {
    source: "noisy-digits",
    lines: [digits[0]!, ...reconstructed(["X"], 8, 4)],
    train: "epochs = 10, optimizer = adam(1e-3)",
  },
  "linked digits": {
    source: "noisy-digits",
    lines: [...digits, ...linked("X", "Y", 8)],
    train: "epochs = 10, optimizer = adam(1e-3)",
  },
  "linked factors": {
    source: "planted-factors",
    lines: ["modality X : vector(64)", "modality Y : vector(64)", ...linked("X", "Y", 4)],
    train: "epochs = 12, optimizer = adam(1e-3)",
  },
  // What each stream has for itself is kept by a code of its own.
  "shared and private neurons": {
    source: "neurons",
    lines: [
      "modality spikes : counts(40)",
      "modality movement : vector(6)",
      "latent Zs : gaussian(4) from spikes",
      "latent Zm : gaussian(4) from movement",
      "latent Ws : gaussian(2) from spikes",
      "latent Wm : gaussian(2) from movement",
      ...["spikes; Zs", "movement; Zm", "spikes; Ws", "movement; Wm"].map((of) => `compress I(${of})`),
      "keep 16 * I(Zs; Zm) by infonce",
      "keep 0.64 * I(spikes; Zs, Ws)",
      "keep 3.2 * I(movement; Zm, Wm)",
    ],
    train: "epochs = 10, optimizer = adam(1e-3)",
  },
  "reconstructed signals": {
    source: "planted-signals",
    lines: ["modality S : signal(32, 4)", ...reconstructed(["S"], 4, 4)],
    train: "epochs = 10, optimizer = adam(1e-3)",
  },
  "reconstructed films": {
    source: "moving-shapes",
    lines: ["modality film : video(6, 16, 16)", ...reconstructed(["film"], 16, 4)],
    train: "epochs = 8, optimizer = adam(1e-3)",
  },
};
