import { add, binary, constant, diagonal, mean, neg, stop, sub, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption, type Scores } from "./between";
import { js } from "./js";
import { logMeanExpOfOthers } from "./pairs";

/** One of the values that the paper tries. */
const DEFAULT_CLIP = 5;

export const smile: Bound<Scores & { clip: Expr }> = {
  id: "smile",
  title: "SMILE",
  side: "estimate",
  serves: ["keep"],
  reads: "information",
  family: "donsker-varadhan",
  doc: "MINE with the exponentiated scores of shuffled pairs clipped to [e^−t, e^t]: less variance, but a bias. As in the authors' code, codes and critic train by the gradient of `js`, whose best critic is the same; the clipped value is only reported, because its own gradient stops at the clip and training by it diverges. A weight such as `beta` therefore multiplies the slope of `js`, not that of the value shown.",
  chance: 0,
  gap: "A smaller t clips more: less variance, more bias, in either direction.",
  needs: "a t that clips few scores of a trained critic",
  breaks: "`smile` clips the partition function, so its value can exceed the information",
  citation: "Song and Ermon 2020",
  example: "keep I(Zx; Zy) by smile(5)",
  symbol: ({ left, right }) => `SMILE(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{SMILE}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `SMILE(${left}; ${right}) = ⟨T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ᵢ")})⟩ − log ⟨clip(exp T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ⱼ")}), e⁻ᵗ, eᵗ)⟩ over j ≠ i`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} T(${indexed(u, "_i")}, ${indexed(v, "_i")}) - \\log \\frac{1}{N(N-1)} \\sum_{i \\neq j} \\mathrm{clip}\\left(e^{T(${indexed(u, "_i")}, ${indexed(v, "_j")})}, e^{-t}, e^{t}\\right)`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    const { a, b } = tex;
    const plain = `\\langle e^{T(${a}, ${b}')} \\rangle`;
    return {
      formula: `SMILE(${text.A}; ${text.B}) = ⟨T⟩ − log ⟨exp T′⟩ + log ⟨exp T′⟩/⟨clip(exp T′)⟩, where only ⟨T⟩ − log ⟨exp T′⟩ ≤ I(${text.A}; ${text.B})`,
      latex: `I_{\\mathrm{SMILE}}(${tex.A}; ${tex.B}) = \\langle T(${a}, ${b}) \\rangle - \\log ${plain} + \\log \\frac{${plain}}{\\langle \\mathrm{clip}(e^{T(${a}, ${b}')}) \\rangle}, \\quad \\langle T(${a}, ${b}) \\rangle - \\log ${plain} \\le I(${tex.A}; ${tex.B})`,
      by: "The Donsker-Varadhan inequality holds without the clipping. Clipping adds a positive amount where scores exceed t, and a negative amount where they are below −t.",
    };
  },
  options: [criticOption("dot, or separable when widths differ"), temperatureOption],
  positional: {
    name: "t",
    doc: "Scores of shuffled pairs are clipped to −t and t.",
    number: true,
    default: String(DEFAULT_CLIP),
  },
  refuses: (term, spec) => refusesPair("smile", term, spec, defaultCritic(term, spec)),
  arguments(term, model, request) {
    const clip = request?.arguments[0];
    return {
      scores: scorer(term, model, request, defaultCritic(term, model.spec)).pairs(),
      clip: constant(typeof clip === "number" ? clip : DEFAULT_CLIP),
    };
  },
  /** The clipped value, with the gradient of `js`: github.com/ermongroup/smile-mi-estimator, `smile_lower_bound`. */
  value({ scores, clip }) {
    const clipped = binary("min", binary("max", scores, neg(clip)), clip);
    const reported = sub(mean(diagonal(scores)), logMeanExpOfOthers(clipped));
    const trained = js.value({ scores });
    return add(trained, stop(sub(reported, trained)));
  },
};
