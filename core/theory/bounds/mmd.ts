import {
  add,
  batchSize,
  div,
  matmul,
  mean,
  mul,
  reshape,
  square,
  sub,
  sum,
  type Expr,
} from "../../program/expression";
import type { Bound } from "../bound";
import { widthOf } from "../critics/critic";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import type { Model } from "../model-interface";
import { latentOf } from "../terms/roles";
import { others } from "./pairs";
import type { Spec, Term } from "../spec";

/** Why a term is not the gap of one code. */
export function refusesGap(id: string, { information }: Term, spec: Spec): string | undefined {
  if (information.kind !== "functional" || information.functional !== "gap")
    return `\`${id}\` measures the distance of codes from their prior, so it only serves \`gap(Z)\`.`;
  if (information.each)
    return `\`${id}\` measures all coordinates together. Write \`gap(Z)\`, or use \`mws\`.`;
  const [code] = information.of;
  if (information.of.length !== 1 || latentOf(spec, code!) === undefined)
    return `\`${id}\` needs the gap of a single latent, as in \`gap(Z)\`.`;
  return undefined;
}

type SamplesAndDraws = Record<"sample" | "draw", Expr>;

/** The samples of a code, and as many draws from its prior, [N, k] each. */
export function samplesAndDraws({ information }: Term, model: Model): SamplesAndDraws {
  const [code] = information.kind === "functional" ? information.of : [];
  return { sample: model.code(code!).sample, draw: model.code({ name: code!.name, subset: [] }).sample };
}

/** C / (C + |x_i - y_j|^2) with C = 2 k, which is the expected squared distance of two standard normal draws: [N, N]. */
function kernel(x: Expr, y: Expr): Expr {
  const scale = 2 * widthOf(x);
  const squares = (z: Expr): Expr => sum(square(z), 1);
  const ends = add(reshape(squares(x), ["N", 1]), reshape(squares(y), [1, "N"]));
  const distances = sub(ends, mul(2, matmul(x, y, false, true)));
  return div(scale, add(scale, distances));
}

export const mmd: Bound<SamplesAndDraws> = {
  id: "mmd",
  title: "Maximum mean discrepancy",
  side: "proxy",
  serves: ["compress"],
  reads: "proxy",
  family: "mean-discrepancy",
  doc: "The squared distance between codes and samples of the prior, with an inverse multiquadratic kernel. It is 0 in expectation when both have the same distribution.",
  gap: "Its value is a kernel distance, not nats: it shows whether codes and prior differ, but not by how many nats.",
  needs: "independent samples in a batch",
  citation: "Gretton et al. 2012; Tolstikhin et al. 2018, Wasserstein Auto-Encoders",
  example: "compress gap(Z) by mmd",
  symbol: ({ left }) => `MMD(${left})`,
  symbolLatex: ({ left }) => `\\mathrm{MMD}^2(${latexNames(left)})`,
  formula: ({ left }) =>
    `MMD(${left}) = ⟨k(${indexed(lower(left), "ᵢ")}, ${indexed(lower(left), "ⱼ")})⟩ + ⟨k(rᵢ, rⱼ)⟩ over j ≠ i − 2 ⟨k(${indexed(lower(left), "ᵢ")}, rⱼ)⟩, r drawn from the prior, k = 2d/(2d + distance²)`,
  latex: ({ left }) => {
    const z = lower(latexNames(left));
    return `\\frac{1}{N(N-1)} \\sum_{i \\neq j} \\left[ k(${indexed(z, "_i")}, ${indexed(z, "_j")}) + k(r_i, r_j) \\right] - \\frac{2}{N^2} \\sum_{i,j} k(${indexed(z, "_i")}, r_j), \\quad k(a, b) = \\frac{2d}{2d + \\|a - b\\|^2}`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    return {
      formula: `⟨MMD(${text.A})⟩ ≤ ‖q(${text.a}) − r(${text.a})‖₁² ≤ 2 KL(q(${text.a}) ‖ r(${text.a})) = 2 gap(${text.A})`,
      latex: `\\langle \\mathrm{MMD}^2(${tex.A}) \\rangle \\le \\left\\| q(${tex.a}) - r(${tex.a}) \\right\\|_1^2 \\le 2 D_{\\mathrm{KL}}(q(${tex.a}) \\,\\|\\, r(${tex.a})) = 2 \\, \\mathrm{gap}(${tex.A})`,
      by: "The kernel is at most 1, and Pinsker's inequality. So half of the value is below the gap, while a compressed term needs an upper bound. The value never exceeds 2, however large the gap.",
    };
  },
  options: [],
  refuses: (term, spec) => refusesGap("mmd", term, spec),
  arguments: samplesAndDraws,
  value({ sample, draw }) {
    // A point is at distance 0 from itself: its kernel is 1 whatever the codes.
    const within = (x: Expr): Expr => div(sub(sum(kernel(x, x)), batchSize()), mul(batchSize(), others()));
    return sub(add(within(sample), within(draw)), mul(2, mean(kernel(sample, draw))));
  },
};
