/** What all codes carry together about factors, and without each of them. */
import type { Spec } from "../../theory/spec";
import type { Slices } from "../clock";
import { entropyOf, gainsOf, type Densities } from "../probes/index";
import { classedOf } from "./classed";
import { surprisesOf } from "./informed";
import { marginalRate } from "./marginal-rate";
import { only, type CodedRows } from "./coded-rows";
import type { InformedPair, Subjects, Together, Told } from "./subjects";

/**
 * For each factor, of specs with several codes: the evidence on all of them side by side, and what probes gain from all but one.
 * The same rows are judged each time, so differences are paired.
 */
export async function togetherOf(
  { seen, judged, factors }: Subjects["codes"],
  spec: Pick<Spec, "latents" | "terms">,
  slices: Slices,
): Promise<Together[]> {
  const names = spec.latents.map(({ name }) => name);
  if (names.length < 2) return [];
  const pairs = factors.flatMap((factor) => {
    const [learned, read] = [only(seen, names, factor), only(judged, names, factor)];
    if (read.rows.length === 0) return [];
    return { learned, read, classed: classedOf(factor, learned.rows, read.rows) };
  });
  const upper = surprisesOf(pairs, (rows) => jointDensities(rows, spec));
  await slices.breathe();
  const rates = names.map((name) => marginalRate(name, judged.rates, spec));
  const rate = rates.every((one) => one !== undefined) ? rates.reduce((sum, one) => sum + one, 0) : undefined;
  const found: Together[] = [];
  for (const [i, { learned, read, classed }] of pairs.entries()) {
    const { factor, classes, counts, seenTruth, truth } = classed;
    const gains = async (codes: readonly string[]): Promise<ReturnType<typeof gainsOf>> => {
      const own = gainsOf(
        {
          seen: sideBySide(learned.draws[0]!, codes, learned.rows.length),
          seenTruth,
          judged: read.draws.map((draws) => sideBySide(draws, codes, read.rows.length)),
          truth,
        },
        classes,
      );
      await slices.breathe();
      return own;
    };
    const surprise = upper[i];
    const all = {
      gains: await gains(names),
      ...(rate !== undefined && { rate }),
      ...(counts && { counts }),
      ...(counts && surprise && { surprises: surprise }),
    };
    const without: Together["without"] = [];
    for (const code of names)
      without.push({ code, gains: await gains(names.filter((other) => other !== code)) });
    found.push({ factor, all, entropy: entropyOf(truth, classes), without });
  }
  return found;
}

/** What bounds the information of all codes together about each factor: a single code is all of them. */
export function knownOf(
  { latents }: Pick<Spec, "latents">,
  informed: readonly InformedPair[],
  together: readonly Together[],
): Told[] {
  if (latents.length > 1) return together.map(({ factor, all }) => ({ factor, evidence: all }));
  return informed.filter(({ code }) => code === latents[0]?.name);
}

/** Codes of each row one after another, [rows, sum of their sizes]. */
function sideBySide(
  draws: Readonly<Record<string, Float32Array>>,
  codes: readonly string[],
  rows: number,
): Float32Array {
  const parts = codes.map((code) => draws[code]!);
  const width = parts.reduce((sum, part) => sum + part.length, 0) / rows;
  const out = new Float32Array(rows * width);
  let at = 0;
  for (const part of parts) {
    const own = part.length / rows;
    for (let row = 0; row < rows; row++) out.set(part.subarray(row * own, (row + 1) * own), row * width + at);
    at += own;
  }
  return out;
}

/**
 * The density of all codes: the product of theirs, as each is drawn by itself given the input. None where a code has no density
 * or is a mixture, or reads another code.
 */
function jointDensities(
  { densities, rows }: CodedRows,
  { latents }: Pick<Spec, "latents">,
): Densities | undefined {
  const names = latents.map(({ name }) => name);
  const apart = latents.every(({ from, given }) =>
    [...from, ...given].every((input) => !names.includes(input)),
  );
  const each = names.map((name) => densities[name]);
  if (!apart || each.some((one) => one?.components.length !== 1)) return undefined;
  const joined = (of: (one: Densities) => Float32Array): Float32Array =>
    sideBySide(Object.fromEntries(names.map((name, i) => [name, of(each[i]!)])), names, rows.length);
  const density = new Float32Array(rows.length);
  for (const one of each) one!.components[0]!.density.forEach((log, row) => (density[row]! += log));
  return {
    components: [
      {
        natural: joined(({ components }) => components[0]!.natural),
        own: joined(({ components }) => components[0]!.own),
        density,
      },
    ],
    statistics: [joined(({ statistics }) => statistics[0]!)],
  };
}
