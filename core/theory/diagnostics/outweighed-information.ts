import { count } from "../../language/text";
import { links, rebuildings, type Rebuilding } from "../wants/duties";
import { rowsOf } from "../derivation/rows";
import { informationText } from "../terms/print";
import { evaluate, knobValues } from "../terms/scalar";
import type { Stream } from "../spec";
import { writtenKnob, writtenTermAt } from "./places";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";
import { rounded } from "../../language/number-text";

const example = `spec A {
  modality X : image(28, 28)
  modality Y : image(28, 28)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy)
  keep I(X; Zx)
}
`;

export const outweighedInformation: Check = {
  code: "outweighed-information",
  severity: "warning",
  doc: "A link between codes is worth few nats: at most log N for a contrastive bound with N rows in a batch, and at most log K if the codes share one of K classes. A reconstruction is a sum over every value of its stream and is worth many nats. With equal weights the reconstruction decides what the codes contain, and the shared information is lost: on noisy digits, a weight of 1 lowers the accuracy of the digit from 0.83 to 0.56. Lower the weight of the reconstruction.",
  example,
  fixed: edited(example, [["keep I(X; Zx)", "keep 0.02 * I(X; Zx)"]]),
  check(spec, derived, tree) {
    const knobs = knobValues(spec.knobs);
    const weigh = (of: (typeof derived.terms)[number]): number => evaluate(of.term.weight, knobs);
    const link = links(derived).find(({ bound }) => bound.ceiling === "log N");
    if (link === undefined || weigh(link) === 0) return [];
    const rows = rowsOf(link, spec, spec.training.batch);
    const ceiling = Math.log(rows);
    // No term decides what a frozen code contains.
    const trained = spec.latents.filter(({ frozen }) => !frozen).map(({ name }) => name);
    const codes = new Set(
      link.sides
        .flat()
        .map(({ name }) => name)
        .filter((name) => trained.includes(name)),
    );
    const label = spec.streams.find(({ role, kind }) => role === "observe" && kind.name === "label");
    return rebuildings(derived)
      .filter(({ decoding }) => decoding.read.some(({ name }) => codes.has(name)))
      .filter((one) => weigh(one) >= weigh(link) && worth(one) > ceiling)
      .map((one) => {
        const { term, decoding } = one;
        const stream = decoding.streams[0]!;
        const classes = label
          ? `, and a shared factor such as \`${label.name}\` at most log ${label.width} = ${rounded(Math.log(label.width))} nats`
          : "";
        const message = `\`${informationText(term.information)}\` is a sum over ${count(stream.size, "value")} and can earn about ${rounded(worth(one))} nats; \`${informationText(link.term.information)}\` can earn at most log ${rows} = ${rounded(ceiling)} nats${classes}. With this weight the reconstruction decides what the codes contain. Lower its weight.`;
        const less = Number(((0.4 * weigh(link) * ceiling) / worth(one)).toPrecision(1));
        const written = writtenTermAt(tree, term.range);
        const knob = written?.weight?.kind === "name" ? written.weight.text : undefined;
        const declared = spec.knobs.find(({ name }) => name === knob);
        const value = knob === undefined ? undefined : writtenKnob(tree, knob)?.value.range;
        if (written && written.weight === undefined) {
          const { start } = term.range;
          const more = fix(`Set the weight to ${less}`, { start, end: start }, `${less} * `);
          return report(outweighedInformation, term.range, message, more);
        }
        const more =
          value && declared && declared.from <= less
            ? fix(`Set \`${knob}\` to ${less}`, value, String(less))
            : {};
        return report(outweighedInformation, term.range, message, more);
      });
  },
};

/**
 * About how many nats a reconstruction can gain over none: half the variance of each value under unit noise, which is at
 * most 1/4 between 0 and 1 and taken as 1 elsewhere; the classes' entropy for what is counted in classes.
 */
function worth({ bound, decoding }: Rebuilding): number {
  const { kind, size, width } = decoding.streams[0]! satisfies Stream;
  if (kind.name === "label" || kind.name === "text") return size * Math.log(width);
  if (bound.id === "bernoulli") return size * Math.LN2;
  return kind.name === "image" || kind.name === "audio" || kind.name === "video" ? size / 8 : size / 2;
}
