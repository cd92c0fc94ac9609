import {
  batchSize,
  constant,
  log,
  logSumExp,
  mean,
  mul,
  sub,
  sum,
  type Expr,
} from "../../program/expression";
import type { Bound } from "../bound";
import { informationText } from "../terms/print";
import { asArguments } from "../laws/arguments";
import { logDensity } from "../laws/gaussian";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import { latentOf } from "../terms/roles";
import type { BoundRequest, Spec, Term } from "../spec";
import { codeOf, logDensities, ownDensity, refusesDensity, refusesOwn, type OwnDensity } from "./density";

/** Samples of the data: as asked, else as the data are. */
function samplesOf(request: BoundRequest | undefined, spec: Spec): number | undefined {
  const samples = request?.options.samples ?? spec.data?.options.samples;
  return typeof samples === "number" ? samples : undefined;
}

function refuses(term: Term, spec: Spec): string | undefined {
  const { information } = term;
  if (information.kind === "functional") {
    const text = informationText(information);
    if (information.of.length > 1)
      return `\`mws\` compares the coordinates of a single code, but \`${text}\` has several. Use \`density-ratio\`.`;
    if (information.functional === "H")
      return `\`mws\` serves \`I\`, \`TC\` and \`gap\`, not \`${text}\`. For a \`categorical\` code use \`cross-entropy\`; for another code compress \`I\`.`;
    const fault = refusesDensity("mws", information.of[0]!, spec);
    if (fault !== undefined) return fault;
    const prior = latentOf(spec, information.of[0]!)?.prior.name;
    if (information.functional === "gap" && prior !== "standard" && prior !== "learned")
      return `\`gap\` by \`mws\` needs a Gaussian prior, and the prior of \`${information.of[0]!.name}\` is \`${prior}\`. Use \`mmd\`, or a \`standard\` or \`learned\` prior.`;
  } else {
    const fault = refusesOwn("mws", term, spec);
    if (fault !== undefined) return fault;
  }
  const asked = term.bound?.options.samples;
  const { batch } = spec.training;
  if (typeof asked === "number" && asked < batch)
    return `\`samples\` of \`mws\` is ${asked}, but a batch has ${batch} rows. It is the number of training samples, so at least a batch.`;
  return samplesOf(term.bound, spec) === undefined
    ? "`mws` needs the number of training samples. Write `by mws(samples = 8000)`, or set `samples` in the spec's `data`."
    : undefined;
}

/** Which of the four values is meant, each as a number that shapes the expression. */
type Choice = Partial<Record<"total" | "gap" | "each", Expr>>;

/** The code, the number of training samples, which value is asked for, and a prior that is not standard. */
type Arguments = OwnDensity & { samples: Expr } & Choice &
  Partial<Record<"priorMean" | "priorLogVariance", Expr>>;

/** The value that a term asks for: its rate where nothing else is. */
function choiceOf({ information }: Term): Choice {
  if (information.kind === "information") return {};
  if (information.functional === "TC") return { total: constant(1) };
  return { gap: constant(1), ...(information.each ? { each: constant(1) } : {}) };
}

export const mws: Bound<Arguments> = {
  id: "mws",
  title: "Minibatch-weighted sampling",
  side: "estimate",
  serves: ["compress"],
  reads: "information",
  family: "minibatch-weighted",
  doc: "Estimates from the encoder's density. The code's marginal q(z) is estimated from the batch, weighted for the number of samples in the data.",
  gap: "The batch causes a bias: if codes are far apart, only a code's own input contributes to its marginal, and q(z) is too small. I is then too large, gap too small, and TC can be either.",
  needs: "the size of the training data",
  breaks:
    "`mws` estimates the code's marginal from a minibatch, and on average too small: `I` is then too large, `gap` too small, and `TC` can be either",
  citation: "Chen, Li, Grosse, Duvenaud 2018",
  example: "compress TC(Z) by mws(samples = 8000)",
  symbol: ({ left, right }) => (right ? `MWS(${left}; ${right})` : `MWS(${left})`),
  symbolLatex: ({ left, right }) =>
    `\\mathrm{MWS}(${latexNames(left)}${right ? `; ${latexNames(right)}` : ""})`,
  short: ({ left, right, functional }) =>
    `MWS(${right ? `${left}; ${right}` : `${functional ?? ""} ${left}`})`,
  formula: ({ left, right }) => {
    const z = lower(right || left);
    return `from log q̂(${z}ᵢ) = log 1/(N·M) Σⱼ q(${z}ᵢ|xⱼ), M the samples of the data: ⟨log q(${z}|x) − log q̂(${z})⟩ for I, ⟨log q̂(${z}) − Σ log q̂(${z}ₖ)⟩ for TC, ⟨log q̂(${z}) − log r(${z})⟩ for gap`;
  },
  latex: ({ left, right }) => {
    const z = lower(latexNames(right || left));
    return `\\log \\hat{q}(${indexed(z, "_i")}) = \\log \\frac{1}{N M} \\sum_{j=1}^{N} q(${indexed(z, "_i")} \\mid x_j)`;
  },
  proof(term, spec) {
    const { information } = term;
    const { text, tex } = proofNames(term, spec);
    const [z, t] = [text.b || text.a, tex.b || tex.a];
    const is = information.kind === "information" ? "I" : information.functional === "TC" ? "TC" : "gap";
    const [formula, latex, so] = {
      I: [
        `⟨log q(${z}|x) − log q̂(${z})⟩ ≥ ⟨log q(${z}|x) − log q(${z})⟩`,
        `\\langle \\log q(${t} \\mid x) - \\log \\hat{q}(${t}) \\rangle \\ge \\langle \\log q(${t} \\mid x) - \\log q(${t}) \\rangle`,
        `So the value is at least the information that a code carries about which of the M samples it comes from. It is never above log N·M, while the information about inputs outside those samples can be.`,
      ],
      TC: [
        `⟨log q̂(${z}) − Σ log q̂(${z}ₖ)⟩ and ⟨log q(${z}) − Σ log q(${z}ₖ)⟩`,
        `\\langle \\log \\hat{q}(${t}) - \\textstyle\\sum_k \\log \\hat{q}(${t}_k) \\rangle \\text{ and } \\langle \\log q(${t}) - \\textstyle\\sum_k \\log q(${t}_k) \\rangle`,
        "Both logarithms are too small, so their difference can be too small or too large.",
      ],
      gap: [
        `⟨log q̂(${z}) − log r(${z})⟩ ≤ ⟨log q(${z}) − log r(${z})⟩`,
        `\\langle \\log \\hat{q}(${t}) - \\log r(${t}) \\rangle \\le \\langle \\log q(${t}) - \\log r(${t}) \\rangle`,
        `So the value is below the gap, while a compressed term needs an upper bound.`,
      ],
    }[is] as [string, string, string];
    return {
      formula: `⟨q̂(${z}ᵢ)⟩ = (q(${z}ᵢ|xᵢ) + (N − 1) q(${z}ᵢ))/(N·M) ≤ q(${z}ᵢ): ${formula}`,
      latex: `\\langle \\hat{q}(${t}_i) \\rangle = \\frac{q(${t}_i \\mid x_i) + (N-1) \\, q(${t}_i)}{N M} \\le q(${t}_i): \\quad ${latex}`,
      by: `Jensen's inequality, and q(z|x) is at most M times the mean q(z) over the M samples. ${so}`,
    };
  },
  options: [
    {
      name: "samples",
      doc: "The number of training samples.",
      number: true,
      default: "`samples` of the data",
    },
  ],
  refuses,
  arguments(term, model, request) {
    const prior =
      term.information.kind === "functional" ? model.prior(codeOf(term, model.spec)!.name) : undefined;
    return {
      ...ownDensity(term, model),
      samples: constant(samplesOf(request, model.spec)!),
      ...choiceOf(term),
      ...(prior ? asArguments("prior", prior.distribution) : {}),
    };
  },
  value({ mean: mu, logVariance, sample, samples, total, gap, each, ...prior }) {
    const { priorMean = constant(0), priorLogVariance = constant(0) } = prior;
    const densities = logDensities({ mean: mu, logVariance, sample });
    const norm = log(mul(batchSize(), samples));
    const whole = sub(logSumExp(sum(densities, 2), 0), norm);
    const coordinates = sum(sub(logSumExp(densities, 0), norm), 1);
    if (total !== undefined) return mean(sub(whole, coordinates));
    if (gap === undefined) return mean(sub(sum(logDensity(sample, mu, logVariance), 1), whole));
    const ofPrior = sum(logDensity(sample, priorMean, priorLogVariance), 1);
    return mean(sub(each === undefined ? whole : coordinates, ofPrior));
  },
};
