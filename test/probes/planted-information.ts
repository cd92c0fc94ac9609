/**
 * Codes whose information about a label is known: class by class, the density of the code is written down, and an oracle
 * sums or averages it. Densities and draws are this file's own and read nothing of the laws that are judged. Of each kind,
 * every second strength is for tuning a method, and figures are given on the others.
 */
import type { FusionName, LawName } from "../../core/theory/spec";
import { RandomStream } from "../../core/random";
import {
  categoricalLaw,
  deterministicLaw,
  gaussianLaw,
  sphereLaw,
  type Centre,
  type KnownLaw,
} from "./known-laws";

/** What an encoder says of one row: equally likely components, each a distribution of the law. */
interface PlantedRow {
  label: number;
  components: number[][];
  /** A draw of the code. */
  draw: number[];
}

export interface Plant {
  /** `two classes on a line, 3`. */
  name: string;
  law: PlantedLaw;
  fusion: FusionName;
  /** Share of each class. */
  shares: readonly number[];
  size: number;
  /** One row: the label, what the encoder says, and a draw. */
  row(draws: RandomStream): PlantedRow;
  /** log q(z) of a component as an encoder gives it, up to a constant of the law; of a law with noise. */
  density(z: readonly number[], said: readonly number[]): number;
  /** I(label; code) in nats, with the standard error of the oracle: 0 where it is an exact sum. */
  truth(): { value: number; error: number };
}

/** Draws of the oracle that averages. */
const ORACLE_DRAWS = 20_000;

const knownLaws = {
  gaussian: gaussianLaw,
  vmf: sphereLaw,
  categorical: categoricalLaw,
  deterministic: deterministicLaw,
} satisfies Partial<Record<LawName, KnownLaw>>;
type PlantedLaw = keyof typeof knownLaws;

/** How a code is made from a class: for each component of a mixture, the centres among which a row takes one. */
interface Recipe {
  law: PlantedLaw;
  fusion?: FusionName;
  shares: readonly number[];
  /** Centres of a class, component by component: [components][centres]. */
  centres(label: number): Centre[][];
}

function choose(shares: readonly number[], draws: RandomStream): number {
  let left = draws.uniform();
  for (const [label, share] of shares.entries()) if ((left -= share) < 0) return label;
  return shares.length - 1;
}

const logSumExp = (values: readonly number[]): number => {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
};

function plantOf(name: string, recipe: Recipe): Plant {
  const { law, fusion = "concat", shares } = recipe;
  const known: KnownLaw = knownLaws[law];
  const byClass = shares.map((_, label) => recipe.centres(label));
  const row = (draws: RandomStream): PlantedRow => {
    const label = choose(shares, draws);
    const components = byClass[label]!.map((centres) =>
      known.near(centres[draws.integer(centres.length)]!, draws),
    );
    return { label, components, draw: known.draw(components[draws.integer(components.length)]!, draws) };
  };
  const density = (z: readonly number[], label: number): number => {
    const all = byClass[label]!.flatMap((centres) =>
      centres.map((centre) => known.logDensityAround(z, centre) - Math.log(centres.length)),
    );
    return logSumExp(all) - Math.log(byClass[label]!.length);
  };
  const told = (z: readonly number[], label: number): number =>
    density(z, label) - logSumExp(shares.map((share, other) => Math.log(share) + density(z, other)));
  const truth = (): { value: number; error: number } => {
    const values = known.values?.(byClass[0]![0]![0]!.at.length);
    if (values) {
      const sum = values.flatMap((z) =>
        shares.map((share, label) => share * Math.exp(density(z, label)) * told(z, label)),
      );
      return { value: sum.reduce((total, each) => total + each, 0), error: 0 };
    }
    const draws = new RandomStream(77, `oracle of ${name}`, 0);
    const found = Float64Array.from({ length: ORACLE_DRAWS }, () => {
      const { label, draw } = row(draws);
      return told(draw, label);
    });
    const value = found.reduce((total, each) => total + each, 0) / found.length;
    const square = found.reduce((total, each) => total + (each - value) ** 2, 0);
    return { value, error: Math.sqrt(square) / found.length };
  };
  return {
    name,
    law,
    fusion,
    shares,
    size: known.sizeOf(byClass[0]![0]![0]!.at.length),
    row,
    truth,
    density: (z, said) => known.logDensity(z, said),
  };
}

// --- The kinds -----------------------------------------------------------------------------------------------------

const even = (classes: number): number[] => Array.from({ length: classes }, () => 1 / classes);

/** Places that stay the same whatever the strength: normal numbers of a name. */
function places(name: string, count: number, size: number): number[][] {
  const draws = new RandomStream(5, name, 0);
  return Array.from({ length: count }, () => Array.from({ length: size }, () => draws.normal()));
}

const scaled = (at: readonly number[], by: number): number[] => at.map((value) => value * by);
const centre = (at: number[], wander = 0, width = 0): Centre => ({ at, wander, width });

/** The product of two Gaussian experts as one centre: precisions add, and what wanders in each wanders less in both. */
function product(a: Centre, b: Centre): Centre {
  const [p, q] = [a.width ** -2, b.width ** -2];
  const at = a.at.map((value, i) => (value * p + b.at[i]! * q) / (p + q));
  return centre(at, Math.hypot(a.wander * p, b.wander * q) / (p + q), (p + q) ** -0.5);
}

interface Kind {
  name: string;
  /** From the weakest to the strongest, each about as far from the next. */
  strengths: readonly number[];
  recipe(strength: number): Recipe;
}

const four = places("four classes", 8, 3);
const ten = places("ten classes", 20, 4);
const values = places("eight values", 8, 8);
const eight = places("eight wide", 4, 8);

const kinds: readonly Kind[] = [
  {
    name: "two classes on a line",
    strengths: [0.35, 0.5, 0.65, 0.8, 1, 1.2, 1.5, 1.8],
    recipe: (strength) => ({
      law: "gaussian",
      shares: even(2),
      centres: (label) => [[centre([label ? strength : -strength, 0], 0.5, 0.8)]],
    }),
  },
  {
    name: "ten classes",
    strengths: [0.3, 0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.45],
    recipe: (strength) => ({
      law: "gaussian",
      shares: even(10),
      centres: (label) => [[centre(scaled(ten[label]!, strength), 0.4, 0.7)]],
    }),
  },
  {
    name: "crossed classes",
    strengths: [0.8, 0.95, 1.1, 1.25, 1.4, 1.6, 1.9, 2.3],
    recipe: (strength) => ({
      law: "gaussian",
      shares: even(2),
      centres: (label) => [
        [1, -1].map((sign) => centre(scaled([sign, label ? sign : -sign], strength), 0.4, 0.8)),
      ],
    }),
  },
  {
    name: "uneven shares",
    strengths: [0.7, 0.9, 1.1, 1.35, 1.6, 1.9, 2.3, 2.8],
    recipe: (strength) => ({
      law: "gaussian",
      shares: [0.8, 0.12, 0.08],
      centres: (label) => [
        [
          centre(
            scaled(
              [
                [0, 0],
                [1, 0],
                [0, 1],
              ][label]!,
              strength,
            ),
            0.4,
            0.7,
          ),
        ],
      ],
    }),
  },
  {
    name: "told by the noise alone",
    strengths: [1.35, 1.5, 1.7, 1.9, 2.2, 2.6, 3.2, 4],
    recipe: (strength) => ({
      law: "gaussian",
      shares: even(2),
      centres: (label) => [[centre([0, 0, 0], 0.3, label ? strength : 1)]],
    }),
  },
  {
    name: "eight wide, with little noise",
    strengths: [0.12, 0.17, 0.23, 0.3, 0.4, 0.5, 0.65, 0.8],
    recipe: (strength) => ({
      law: "gaussian",
      shares: even(4),
      centres: (label) => [[centre(scaled(eight[label]!, strength), 0.7, 0.3)]],
    }),
  },
  {
    name: "four directions",
    strengths: [1.15, 1.4, 2, 2.5, 3.5, 5, 8, 14],
    recipe: (strength) => ({
      law: "vmf",
      shares: even(4),
      centres: (label) => [[four[label]!, four[label + 4]!].map((at) => centre(at, 0, strength))],
    }),
  },
  {
    name: "eight values",
    strengths: [0.62, 0.7, 0.8, 0.95, 1.2, 1.6, 2.1, 3],
    recipe: (strength) => ({
      law: "categorical",
      shares: even(4),
      centres: (label) => [[0, 4].map((at) => centre(scaled(values[label + at]!, strength)))],
    }),
  },
  {
    name: "a function of the input",
    strengths: [0.3, 0.45, 0.6, 0.8, 1, 1.3, 1.6, 2],
    recipe: (strength) => ({
      law: "deterministic",
      shares: even(4),
      centres: (label) => [[centre(scaled(four[label]!, strength), 0.9)]],
    }),
  },
  {
    name: "a product of experts",
    strengths: [0.3, 0.4, 0.55, 0.7, 0.9, 1.1, 1.4, 1.8],
    recipe: (strength) => ({
      law: "gaussian",
      fusion: "poe",
      shares: even(4),
      centres: (label) => [
        [
          product(
            centre(scaled(four[label]!, strength), 0.5, 1),
            centre(scaled(four[label + 4]!, strength), 0.5, 0.8),
          ),
        ],
      ],
    }),
  },
  {
    name: "a mixture of experts",
    strengths: [0.35, 0.45, 0.6, 0.8, 1, 1.3, 1.7, 2.2],
    recipe: (strength) => ({
      law: "gaussian",
      fusion: "moe",
      shares: even(4),
      centres: (label) =>
        [four[label]!, four[label + 4]!].map((at) => [centre(scaled(at, strength), 0.4, 0.6)]),
    }),
  },
  {
    name: "a mixture of products",
    strengths: [0.3, 0.4, 0.55, 0.7, 0.9, 1.1, 1.4, 1.7],
    recipe: (strength) => ({
      law: "gaussian",
      fusion: "mopoe",
      shares: even(10),
      centres: (label) => {
        const [a, b] = [ten[label]!, ten[label + 10]!].map((at) =>
          centre(scaled(at, strength), 0.3, 0.7),
        ) as [Centre, Centre];
        return [[a], [b], [product(a, b)]];
      },
    }),
  },
];

const plantsAt = (parity: number): Plant[] =>
  kinds.flatMap(({ name, strengths, recipe }) =>
    strengths.flatMap((strength, i) =>
      i % 2 === parity ? [plantOf(`${name}, ${strength}`, recipe(strength))] : [],
    ),
  );

/** For setting what a method leaves open. */
export const tuningPlants = (): Plant[] => plantsAt(0);
/** For figures. */
export const toldPlants = (): Plant[] => plantsAt(1);
