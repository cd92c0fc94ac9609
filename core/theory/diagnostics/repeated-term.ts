import { edited, removal, report } from "../faults/rule";
import type { Term } from "../spec";
import { informationText } from "../terms/print";
import type { Check } from "./check";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
  keep I(X; Z)
}
`;

export const repeatedTerm: Check = {
  code: "repeated-term",
  severity: "warning",
  unnecessary: true,
  doc: "A term that is written twice with the same bound counts twice. Usually a line was copied and not changed. Remove one of the two, or write one of them with the weight that both have together.",
  example,
  fixed: edited(example, [["  keep I(X; Z)\n  keep I(X; Z)\n", "  keep I(X; Z)\n"]]),
  check({ terms }) {
    const first = new Map<string, Term>();
    return terms.flatMap((term) => {
      const key = keyOf(term);
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, term);
        return [];
      }
      const text = informationText(term.information);
      const message = `\`${text}\` is written twice, so it counts twice. Remove one of the two, or change what it names.`;
      const related = [{ message: `\`${text}\` is first written here.`, range: earlier.range }];
      return [report(repeatedTerm, term.range, message, { related, ...removal(term.removal) })];
    });
  },
};

/** What two terms have in common that say the same: side, information and bound. A drawn term is one of several. */
function keyOf({ side, information, bound, target, drawn }: Term): string {
  const asked = bound && { ...bound, range: undefined };
  return JSON.stringify([side, informationText(information), asked, target, drawn]);
}
