import {
  add,
  binary,
  concat,
  constant,
  div,
  labelled,
  mul,
  parameter,
  slice,
  softplus,
  square,
  sub,
  sum,
  type Expr,
} from "../../program/expression";
import { meanOfThere, total } from "./there";
import { cosine, drawCosine, held } from "./cosine";
import type { Density, Distribution, Law } from "./law";
import { norm, unit } from "./unit";

/** Keeps the reflection of a mean direction that is the first axis itself from dividing by zero. */
const SMALLEST_SQUARED_DISTANCE = 1e-12;

type VonMisesFisher = Record<"direction" | "concentration", Expr>;

const sizeOf = (direction: Expr): number => direction.shape.at(-1) as number;

/** kappa mu: the parameters in which products and averages of von Mises-Fisher laws are sums. */
const natural = (q: Distribution): Expr => mul(q.concentration!, q.direction!);
const ofNatural = (x: Expr): Distribution => ({ direction: unit(x), concentration: norm(x) });

const density: Density = {
  parameters: ["direction", "concentration"],
  uniform: true,
  // Its coordinates depend on each other, so an expert is raised to one power as a whole.
  powers: () => [],
  /** kappa E[w] + log C(kappa) - log C_r, in differences that stay small at any concentration. */
  independent: false,
  divergence(q, r) {
    const { direction, concentration } = q as VonMisesFisher;
    const own = held(concentration);
    const size = sizeOf(direction);
    const { lack, logNorm } = cosine(size, own);
    const inner = add(mul(own, lack), logNorm);
    if (r === undefined) return sub(cosine(size).logNorm, inner);
    const other = held(r.concentration!);
    const turned = sum(mul(direction, r.direction!), -1, true);
    const missed = mul(other, sub(1, mul(turned, sub(1, lack))));
    return add(sub(cosine(size, other).logNorm, inner), missed);
  },
  /** kappa (mu . z - 1) = -kappa |z - mu|^2 / 2 on the sphere, less the normaliser relative to w = 1. */
  logDensity(z, q) {
    const { direction, concentration } = q as VonMisesFisher;
    const own = held(concentration);
    const distance = sum(square(sub(z, direction)), -1);
    const { logNorm } = cosine(sizeOf(direction), own);
    return sub(mul(mul(-0.5, sum(own, -1)), distance), sum(logNorm, -1));
  },
  natural: ({ direction, concentration }) => mul(held(concentration!), direction!),
  statistic: (z) => z,
  trained(name, size, count) {
    const rows = count === undefined ? [] : [count];
    return {
      direction: unit(parameter(`${name}.direction`, [...rows, size], { kind: "uniform", fanIn: 1 })),
      concentration: softplus(
        parameter(`${name}.concentration`, [...rows, 1], { kind: "constant", value: 0 }),
      ),
    };
  },
  /** exp(kappa mu . z) multiply: what stands before z adds, and a power multiplies it. The uniform prior adds nothing. */
  product: (experts) =>
    ofNatural(
      total(
        experts.map(({ says, weight }) =>
          weight === undefined ? natural(says) : mul(weight, natural(says)),
        ),
      ),
    ),
  formula: {
    standard: "⟨κ E[μᵀz] + log C(κ) − log C(0)⟩ for the uniform prior",
    given: "⟨(κ μ − κ_Q μ_Q)ᵀ E[z] + log C(κ) − log C(κ_Q)⟩",
  },
};

/**
 * A von Mises-Fisher code on the unit sphere of R^k: around the first axis a cosine and a direction across it, then the
 * reflection that takes the first axis to the mean direction.
 * Davidson, Falorsi, De Cao, Kipf, Tomczak 2018, "Hyperspherical Variational Auto-Encoders", algorithm 1; the cosine is
 * drawn by its inverse distribution function in place of rejection.
 */
export const vmf: Law = {
  name: "vmf",
  doc: "A von Mises-Fisher distribution. The encoder gives a direction and a concentration from 0 (uniform) to 10000; larger values are cut to 10000. The default prior is uniform on the sphere. Probes read the mean direction.",
  citation: "Davidson, Falorsi, De Cao, Kipf, Tomczak 2018, Hyperspherical Variational Auto-Encoders",
  deterministic: false,
  least: { size: 2, because: "the unit sphere in one dimension has only two points" },
  handed: "(unit direction, concentration), [N, k] and [N, 1]",
  outputs: (size) => size + 1,
  read: (output, size) => ({
    direction: unit(slice(output, -1, 0, size)),
    concentration: softplus(slice(output, -1, size, 1)),
  }),
  draw(distribution, noise) {
    const { direction, concentration } = distribution as VonMisesFisher;
    const size = sizeOf(direction);
    const normal = noise(size + 1);
    const { cosine: along, sine } = drawCosine(size, held(concentration), slice(normal, -1, 0, 2));
    const across = labelled("across", mul(sine, unit(slice(normal, -1, 2, size - 1))));
    // z - 2 u (u . z) / (u . u) with u = e1 - mu, in its first coordinate and the others.
    const lack = labelled("lack", sub(1, slice(direction, -1, 0, 1)));
    const others = labelled("others", slice(direction, -1, 1, size - 1));
    const length = add(square(lack), sum(square(others), -1, true));
    const projected = sub(mul(lack, along), sum(mul(others, across), -1, true));
    const twice = labelled("twice", div(mul(2, projected), binary("max", length, SMALLEST_SQUARED_DISTANCE)));
    const sample = concat([sub(along, mul(twice, lack)), add(across, mul(twice, others))]);
    return { mean: direction, sample };
  },
  standard: (size, noise) => ({ mean: constant(0, ["N", size]), sample: unit(noise(size)) }),
  average: (experts) =>
    ofNatural(meanOfThere(experts.map(({ says, there }) => ({ value: natural(says), there })))),
  density,
};
