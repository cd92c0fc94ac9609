import { add, mean, mul, neg, reshape, softplus, stop, sub, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower, proofNames } from "../terms/names";
import { refusesGap, samplesAndDraws } from "./mmd";

/** x, with its gradient turned over. */
const reversed = (x: Expr): Expr => sub(mul(2, stop(x)), x);

export const adversary: Bound<Record<"codes" | "draws", Expr>> = {
  id: "adversary",
  title: "Adversary",
  side: "proxy",
  serves: ["compress"],
  reads: "proxy",
  family: "adversary",
  adversarial: true,
  doc: "How well a network distinguishes codes from samples of the prior: 2 log 2 minus its logistic loss. The network is trained to distinguish them, and the codes are trained to make that impossible.",
  gap: "With the best network the value is twice the Jensen-Shannon divergence between codes and prior, which is below the gap. With an untrained network it is 0.",
  ceiling: "2 log 2",
  most: () => 2 * Math.log(2),
  needs: "a network that adapts as fast as the codes change",
  citation: "Makhzani et al. 2015, Adversarial Autoencoders; Ganin et al. 2016, for the reversed gradient",
  example: "compress gap(Z) by adversary",
  symbol: ({ left }) => `ADV(${left})`,
  symbolLatex: ({ left }) => `\\mathrm{ADV}(${latexNames(left)})`,
  formula: ({ left }) =>
    `ADV(${left}) = 2 log 2 − ⟨softplus(T(${lower(left)}))⟩ − ⟨softplus(−T(r))⟩, r drawn from the prior; largest over T`,
  latex: ({ left }) => {
    const z = lower(latexNames(left));
    return `\\max_T \\; 2 \\log 2 - \\left\\langle \\log(1 + e^{T(${z})}) \\right\\rangle - \\left\\langle \\log(1 + e^{-T(r)}) \\right\\rangle, \\quad r \\sim r(${z})`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    return {
      formula: `⟨ADV(${text.A})⟩ ≤ 2 JSD(q(${text.a}), r(${text.a})) = gap(${text.A}) − 2 KL(m ‖ r(${text.a})), m = ½ q(${text.a}) + ½ r(${text.a})`,
      latex: `\\langle \\mathrm{ADV}(${tex.A}) \\rangle \\le 2 \\, \\mathrm{JSD}(q(${tex.a}), r(${tex.a})) = \\mathrm{gap}(${tex.A}) - 2 D_{\\mathrm{KL}}(m \\,\\|\\, r(${tex.a})), \\quad m = \\tfrac{1}{2} q(${tex.a}) + \\tfrac{1}{2} r(${tex.a})`,
      by: "The logistic loss is the dual of an f-divergence, so the value is below the gap, while a compressed term needs an upper bound. It is never above 2 log 2, however large the gap.",
    };
  },
  options: [],
  refuses: (term, spec) => refusesGap("adversary", term, spec),
  arguments(term, model) {
    const { sample, draw } = samplesAndDraws(term, model);
    const { name } = term.information.kind === "functional" ? term.information.of[0]! : { name: "" };
    const score = (x: Expr): Expr => reshape(model.critic(`${name}-prior`, [name], x, 1), ["N"]);
    const learned = model.prior(name) !== undefined;
    return { codes: score(reversed(sample)), draws: score(learned ? reversed(draw) : draw) };
  },
  value({ codes, draws }) {
    const loss = add(mean(softplus(codes)), mean(softplus(neg(draws))));
    // The loss is minimised by the network; through the reversed gradient the codes maximise it. The value is what
    // both then fight over.
    return add(loss, stop(sub(2 * Math.LN2, mul(2, loss))));
  },
};
