import { unmet } from "../wants/intents";
import { wantRemoval } from "./places";
import type { Check } from "./check";
import { fix, lineBelow, report, edited } from "../faults/rule";
import { unkept } from "./unkept-latent";
import { unpaid } from "./unpaid-latent";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  observe speaker : label(6)
  want shared(X, Y), forget(speaker) in Wx
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  latent Wx : gaussian(2) from X
  compress I(X; Zx)
  compress I(Y; Zy)
  compress I(X; Wx)
  keep I(Zx; Zy)
  keep I(X; Zx, Wx)
}
`;

export const unmetWant: Check = {
  code: "unmet-want",
  severity: "warning",
  doc: "A `want` states which information must survive or be forgotten, and the terms of this loss cannot achieve it. A code cannot carry more than its inputs contain; a code that is decoded alone must carry everything that its stream needs; and information that no term asks for is not kept. Change the graph or the terms, or remove the want.",
  example,
  fixed: edited(example, [
    ["want shared(X, Y), forget(speaker) in Wx", "want shared(X, Y), forget(speaker) in Zx"],
  ]),
  check(spec, derived, tree) {
    const reported = new Set([...unkept(derived), ...unpaid(derived)].map(({ name }) => name));
    return spec.wants.flatMap((want) => {
      const fault = unmet(want, derived);
      const codes = want.in.length > 0 ? want.in : spec.latents.map(({ name }) => name);
      // A code that no term keeps or compresses cannot meet a want; that is reported at the code.
      if (fault === undefined || codes.every((code) => reported.has(code))) return [];
      const { reason, remedy } = fault;
      const where = want.in.length > 0 ? ` in ${want.in.join(", ")}` : "";
      const verb = want.intent === "forget" ? "cannot be met" : "is not met";
      const message = `\`${want.intent}(${want.of.join(", ")})${where}\` ${verb}: ${reason}.`;
      const last = spec.terms.findLast(({ side }) => side === "keep");
      const added =
        remedy === undefined || last === undefined
          ? []
          : lineBelow(`Add \`${remedy}\``, last.removal, remedy).fixes;
      const place = wantRemoval(tree, want.range);
      const fixes = [...added, ...(place ? fix("Remove this want", place, "").fixes : [])];
      return [report(unmetWant, want.range, remedy ? `${message} Add \`${remedy}\`.` : message, { fixes })];
    });
  },
};
