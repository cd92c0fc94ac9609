import { rebuildings, type Rebuilding } from "../wants/duties";
import { informationText } from "../terms/print";
import { knobsOf } from "../terms/scalar";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  modality V : vector(4)
  latent Z : gaussian(2) from X, Y, V
  knob w = 0.1 in 0.01 .. 1 log
  compress I(X, Y, V; Z)
  keep w * I(X; Z)
  keep w * I(Y; Z)
  keep I(V; Z)
}
`;

export const unweightedTerm: Check = {
  code: "unweighted-term",
  severity: "warning",
  doc: "All reconstructions except one have the same knob as their weight. The exception keeps its full weight whatever the knob's value, and at a small value it outweighs all the others together. Multiply it by the knob too, or give it a knob of its own.",
  example,
  fixed: edited(example, [["keep I(V; Z)", "keep w * I(V; Z)"]]),
  check(spec, derived) {
    const all = rebuildings(derived).filter(({ decoding }) => decoding.streams[0]!.role === "modality");
    const carries =
      (knob: string) =>
      ({ term }: Rebuilding): boolean =>
        knobsOf(term.weight).includes(knob);
    return spec.knobs.flatMap(({ name }) => {
      const bare = all.filter(({ term }) => term.weight.kind === "number" && term.weight.value === 1);
      const [odd] = bare;
      if (odd === undefined || bare.length > 1 || all.length < 3) return [];
      if (!all.filter((one) => one !== odd).every(carries(name))) return [];
      const text = informationText(odd.term.information);
      const message = `\`${text}\` has no weight, while the other ${all.length - 1} reconstructions have \`${name}\`. Write \`${name} * ${text}\`.`;
      const { start } = odd.term.range;
      return [
        report(
          unweightedTerm,
          odd.term.range,
          message,
          fix(`Multiply it by \`${name}\``, { start, end: start }, `${name} * `),
        ),
      ];
    });
  },
};
