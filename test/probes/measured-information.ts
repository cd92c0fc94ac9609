/** Planted codes as a preview measures them: the densities of their laws come from the expressions that are trained. */
import { input, type Expr } from "../../core/program/expression";
import { lawOf } from "../../core/theory/laws/index";
import type { Density } from "../../core/theory/laws/law";
import {
  gainsOf,
  informationOf,
  surprises,
  type Between,
  type Component,
  type Densities,
} from "../../core/train/probes/index";
import { RandomStream } from "../../core/random";
import { evaluate } from "../program/evaluate";
import type { Plant } from "./planted-information";

/** Rows that probes learn from, and rows that are judged. */
export const SEEN = 4000;
export const JUDGED = 1000;

type Row = ReturnType<Plant["row"]>;

/** One component of every row, by the law's own expressions. */
async function componentOf(
  density: Density,
  size: number,
  said: readonly number[][],
  draws: readonly number[][],
): Promise<Component> {
  // Every law's parameters but its last are as wide as the code.
  const wide = density.parameters.length;
  const widthOf = (i: number): number => (i === 0 ? size : said[0]!.length - size);
  const inputs = density.parameters.map((name, i): [string, Expr] => [name, input(name, ["N", widthOf(i)])]);
  const z = input("z", ["N", size]);
  const q = Object.fromEntries(inputs);
  const data = Object.fromEntries(
    density.parameters.map((name, i) => [
      name,
      said.flatMap((row) => (i === 0 ? row.slice(0, size) : row.slice(size))),
    ]),
  );
  if (wide > 2) throw new Error("a law of three parameters");
  const found = await evaluate(
    { natural: density.natural(q), own: density.statistic(z), density: density.logDensity(z, q) },
    { ...data, z: draws.flat() },
    { batch: said.length },
  );
  const of = (name: string): Float32Array => Float32Array.from(found[name]!);
  return { natural: of("natural"), own: of("own"), density: of("density") };
}

/** Densities of these rows; undefined for a law without noise. */
export async function densitiesOf(plant: Plant, rows: readonly Row[]): Promise<Densities | undefined> {
  const { density } = lawOf(plant.law);
  if (density === undefined) return undefined;
  const draws = rows.map(({ draw }) => draw);
  const components: Component[] = [];
  for (let c = 0; c < rows[0]!.components.length; c++)
    components.push(
      await componentOf(
        density,
        plant.size,
        rows.map((row) => row.components[c]!),
        draws,
      ),
    );
  return { components, statistics: [components[0]!.own] };
}

/** The information interval of a plant's code about its label, as the last round of a preview gives it, less the rate's limit. */
export async function intervalOf(
  plant: Plant,
  seed: number,
  seenRows = SEEN,
  judgedRows = JUDGED,
): Promise<Between> {
  const draws = new RandomStream(seed, plant.name, 0);
  const rows = Array.from({ length: seenRows + judgedRows }, () => plant.row(draws));
  const [seen, judged] = [rows.slice(0, seenRows), rows.slice(seenRows)];
  const codesOf = (of: readonly Row[]): Float32Array => Float32Array.from(of.flatMap(({ draw }) => draw));
  const labelsOf = (of: readonly Row[]): Int32Array => Int32Array.from(of, ({ label }) => label);
  const truth = labelsOf(judged);
  const classes = plant.shares.length;
  const gains = gainsOf(
    { seen: codesOf(seen), seenTruth: labelsOf(seen), judged: [codesOf(judged)], truth },
    classes,
  );
  const counts = new Float64Array(classes);
  for (const label of truth) counts[label]!++;
  const densities = await densitiesOf(plant, judged);
  return informationOf({
    gains,
    counts,
    ...(densities && { surprises: surprises(densities, [{ truth, classes }])[0]! }),
  });
}
