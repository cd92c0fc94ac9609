import {
  add,
  concat,
  gather,
  mean,
  neg,
  reshape,
  slice,
  softplus,
  stop,
  sub,
  type Expr,
} from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower, proofNames } from "../terms/names";
import { informationText, variableText } from "../terms/print";
import { latentOf } from "../terms/roles";
import type { Spec, Term } from "../spec";

function refuses({ information }: Term, spec: Spec): string | undefined {
  if (information.kind !== "functional" || information.functional !== "TC")
    return "`density-ratio` compares codes with shuffled ones, so it only serves `TC(Z)` or `TC(Z1, Z2)`.";
  const stream = information.of.find((code) => latentOf(spec, code) === undefined);
  if (stream) return `\`${informationText(information)}\` needs latents, and \`${stream.name}\` is a stream.`;
  const [code] = information.of;
  const law = latentOf(spec, code!)!.law.name;
  if (information.of.length === 1 && (law === "categorical" || law === "vmf" || law === "sphere"))
    return `The coordinates of \`${code!.name}\` are parts of one \`${law}\` value and cannot be independent. Compress the \`TC\` of several codes, as in \`TC(Z, W)\`.`;
  return undefined;
}

export const densityRatio: Bound<Record<"live" | "held" | "shuffled", Expr>> = {
  id: "density-ratio",
  title: "Density ratio",
  side: "estimate",
  serves: ["compress"],
  reads: "information",
  family: "density-ratio",
  adversarial: true,
  doc: "The mean log-odds by which a network classifies codes as unshuffled rather than shuffled part by part. The network is trained at the same time, only for this classification.",
  gap: "The mean error of the network's log-odds, which has either sign while the network adapts. With the best network the value is the total correlation.",
  needs: "a network that adapts as fast as the codes change",
  breaks: "`density-ratio` relies on a trained network, whose log-odds can be too high or too low",
  citation: "Kim and Mnih 2018, FactorVAE; Sugiyama, Suzuki, Kanamori 2012",
  example: "compress TC(Z) by density-ratio",
  symbol: ({ left }) => `DR(${left})`,
  symbolLatex: ({ left }) => `\\mathrm{DR}(${latexNames(left)})`,
  formula: ({ left }) =>
    `DR(${left}) = ⟨T(${lower(left)})⟩, T trained to minimise ⟨softplus(−T(${lower(left)}))⟩ + ⟨softplus(T(${lower(left)}′))⟩, ${lower(left)}′ shuffled part by part`,
  latex: ({ left }) => {
    const z = lower(latexNames(left));
    return `\\left\\langle T(${z}) \\right\\rangle, \\quad T = \\arg\\min_T \\left\\langle \\log(1 + e^{-T(${z})}) \\right\\rangle + \\left\\langle \\log(1 + e^{T(${z}')}) \\right\\rangle`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    const codes = tex.a.split(", ");
    const apart = codes.length > 1 ? codes.map((code) => `q(${code})`).join(" ") : `\\prod_k q(${tex.a}_k)`;
    return {
      formula: `DR(${text.A}) = TC(${text.A}) + ⟨T(${text.a}) − T*(${text.a})⟩, T* = log of the codes' density over that of shuffled ones`,
      latex: `\\mathrm{DR}(${tex.A}) = \\mathrm{TC}(${tex.A}) + \\langle T(${tex.a}) - T^{*}(${tex.a}) \\rangle, \\quad T^{*} = \\log \\frac{q(${tex.a})}{${apart}}`,
      by: "T* is the best network for the logistic loss, and its mean is the total correlation. The error of another network can have either sign.",
    };
  },
  options: [],
  refuses,
  arguments({ information }, model) {
    const codes = information.kind === "functional" ? information.of : [];
    const samples = codes.map((code) => model.code(code).sample);
    const size = latentOf(model.spec, codes[0]!)!.law.size;
    const parts =
      samples.length > 1
        ? samples
        : Array.from({ length: size }, (_, coordinate) => slice(samples[0]!, -1, coordinate, 1));
    const name = codes.map(variableText).join("+");
    const whole = concat(samples);
    const shuffled = parts.map((part, i) => gather(part, model.permutation(`${name}/${i + 1}`)));
    const score = (x: Expr): Expr =>
      reshape(
        model.critic(
          `${name}-shuffled`,
          codes.map((code) => code.name),
          x,
          1,
        ),
        ["N"],
      );
    return { live: score(whole), held: score(stop(whole)), shuffled: score(stop(concat(shuffled))) };
  },
  value({ live, held, shuffled }) {
    // The same scores with and without the codes' gradient: their difference is zero, and moves the codes alone.
    const codes = sub(mean(live), mean(held));
    const loss = add(mean(softplus(neg(held))), mean(softplus(shuffled)));
    const network = sub(loss, stop(loss));
    return add(stop(mean(held)), add(codes, network));
  },
};
