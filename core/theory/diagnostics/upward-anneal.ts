import { quoted } from "../../language/text";
import { isCompressed, links, rebuildings } from "../wants/duties";
import { knobsOf } from "../terms/scalar";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  knob beta = 32 in 0.1 .. 100 log
  anneal beta from 0.1 over 10 epochs
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy)
}
`;

export const upwardAnneal: Check = {
  code: "upward-anneal",
  severity: "warning",
  doc: "A link between two codes that have a rate and are not decoded has a local minimum at zero information for every beta, and its optimum does not grow from there: it jumps. (For scalar Gaussians of correlation 0.7, a second minimum appears at beta 7 and becomes the lower one at 8.6.) If beta rises slowly from a small value, the codes stay empty. Start with a high beta; to draw a curve over beta, lower it. With decoders, or with one code and a target, raising beta works.",
  example,
  fixed: edited(example, [["anneal beta from 0.1 over 10 epochs", ""]]),
  check(spec, derived, tree) {
    const decoded = new Set(
      rebuildings(derived).flatMap(({ decoding }) => decoding.read.map(({ name }) => name)),
    );
    return links(derived).flatMap(({ sides, effectiveWeight }) => {
      const codes = sides.flat().map(({ name }) => name);
      if (codes.some((code) => decoded.has(code) || !isCompressed(derived, code))) return [];
      const knob = spec.knobs.find(
        ({ name, value, anneal }) => anneal && anneal.from < value && knobsOf(effectiveWeight).includes(name),
      );
      if (knob === undefined) return [];
      const statement = tree.statements.find(
        (candidate) => candidate.kind === "anneal" && candidate.name.text === knob.name,
      );
      const message = `\`${knob.name}\` rises from ${knob.anneal!.from}, but only the link between ${quoted(codes)} is kept. Empty codes are a minimum for every \`${knob.name}\`, so a slow rise leaves them empty. Start at ${knob.value}, or start higher and lower it.`;
      const more = statement ? fix("Remove the schedule", statement.range, "") : {};
      return [report(upwardAnneal, statement?.range ?? knob.range, message, more)];
    });
  },
};
