import { exp, mean, mul, neg, square, sub, sum } from "../../program/expression";
import type { Bound } from "../bound";
import { logDensity } from "../laws/gaussian";
import { indexed, latexNames, lower } from "../terms/names";
import { ownDensity, refusesOwn, type OwnDensity } from "./density";
import { rateProof } from "./rate";

export const club: Bound<OwnDensity> = {
  id: "club",
  title: "CLUB",
  side: "upper",
  serves: ["compress"],
  reads: "information",
  family: "contrastive-upper",
  doc: "The log-density of a code given its own input, minus the mean over all inputs of the batch, both by the encoder.",
  gap: "KL(p(x) p(z) ‖ p(x, z)): it is zero only for independent codes, and very large for codes with little noise. A batch of N also compares each pair with itself, which lowers the value by 1/N.",
  needs:
    "the code's true density, which the encoder gives; with a badly fitted density instead, the value can be below the information",
  citation: "Cheng et al. 2020, CLUB",
  example: "compress I(X; Z) by club",
  symbol: ({ left, right }) => `CLUB(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{CLUB}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `CLUB(${left}; ${right}) = ⟨log q(${indexed(lower(right), "ᵢ")}|${indexed(lower(left), "ᵢ")})⟩ − ⟨log q(${indexed(lower(right), "ⱼ")}|${indexed(lower(left), "ᵢ")})⟩ over all i, j`,
  latex: ({ left, right }) => {
    const [x, z] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} \\log q(${indexed(z, "_i")} \\mid ${indexed(x, "_i")}) - \\frac{1}{N^2} \\sum_{i,j=1}^{N} \\log q(${indexed(z, "_j")} \\mid ${indexed(x, "_i")})`;
  },
  proof(term, spec) {
    const { text, tex, start, startTex, first } = rateProof(term, spec);
    const [{ a, b }, { a: ta, b: tb }] = [text, tex];
    return {
      formula: `${start} = ⟨log q(${b}|${a})⟩ − ⟨log q(${b}′|${a})⟩ − KL(p(${a}) q(${b}) ‖ p(${a}) q(${b}|${a})) ≤ ⟨log q(${b}|${a})⟩ − ⟨log q(${b}′|${a})⟩`,
      latex: `${startTex} = \\langle \\log q(${tb} \\mid ${ta}) \\rangle - \\langle \\log q(${tb}' \\mid ${ta}) \\rangle - D_{\\mathrm{KL}}(p(${ta}) q(${tb}) \\,\\|\\, p(${ta}) q(${tb} \\mid ${ta})) \\le \\langle \\log q(${tb} \\mid ${ta}) \\rangle - \\langle \\log q(${tb}' \\mid ${ta}) \\rangle`,
      by: `${first}Gibbs' inequality, where ${b}′ is the code of another input: the divergence of independent pairs from true ones is dropped. This needs q to be the code's true density.`,
    };
  },
  options: [],
  refuses: (term, spec) => refusesOwn("club", term, spec),
  arguments: ownDensity,
  value({ mean: mu, logVariance, sample }) {
    const own = mean(sum(logDensity(sample, mu, logVariance), 1));
    // Over the batch a Gaussian's mean log-density is that at the batch's mean, less half the spread in its own units.
    const [first, second] = [mean(sample, 0, true), mean(square(sample), 0, true)];
    const spread = sub(second, square(first));
    const centred = logDensity(first, mu, logVariance);
    const any = sub(centred, mul(0.5, mul(spread, exp(neg(logVariance)))));
    return sub(own, mean(sum(any, 1)));
  },
};
