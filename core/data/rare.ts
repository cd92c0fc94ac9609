/**
 * A rare feature that predicts a target: what generators with the setting `rare` have in common. In a share of the rows one
 * stream shows the feature, and there the outcome is one certain class, whatever the rest of the row shows. A code that
 * drops the feature is wrong about these rows, and hardly anywhere else.
 */
import { RandomStream } from "../random";
import type { Drawn } from "./dataset";
import type { Generator, MadeField } from "./generator";

type Option = Generator["options"][number];

/** The setting. Without it nothing is drawn, and no other number changes. */
export const rareOption = (feature: string): Option => ({
  name: "rare",
  doc: `Share of the samples with a rare feature: ${feature}. Above 0, the data also have the fields \`rare\` and \`outcome\`.`,
  whole: false,
  least: 0,
  most: 0.5,
  fallback: 0,
});

/** The two fields that the setting adds. @param stream the only one that shows the feature */
export const rareFields = (
  feature: string,
  outcome: { classes: number; doc: string },
  stream: string,
): MadeField[] => [
  {
    name: "rare",
    kind: "label(2)",
    role: "factor",
    doc: `whether the sample has the rare feature: ${feature}`,
    only: stream,
    needs: "rare",
  },
  { name: "outcome", kind: `label(${outcome.classes})`, role: "factor", doc: outcome.doc, needs: "rare" },
];

/** Which samples have the feature, [samples] of 0 and 1: sample `i` depends on the seed, the share and `i` alone. */
export function drawRare(seed: number, samples: number, share: number): Uint8Array {
  const rare = new Uint8Array(samples);
  if (share === 0) return rare;
  const draws = new RandomStream(seed, "data.rare", 0);
  for (let i = 0; i < samples; i++) {
    draws.rewind(i);
    rare[i] = draws.uniform() < share ? 1 : 0;
  }
  return rare;
}

/**
 * The two fields, drawn: the outcome is the ordinary class, and `exception` in the rows with the feature.
 * @param ordinary class of each sample
 */
export function drawnRare(
  rare: Uint8Array,
  ordinary: Uint8Array,
  { classes, exception }: { classes: number; exception: number },
): Record<"rare" | "outcome", Drawn> {
  return {
    rare: { shape: [], values: rare, classes: 2 },
    outcome: { shape: [], values: ordinary.map((own, i) => (rare[i] === 1 ? exception : own)), classes },
  };
}
