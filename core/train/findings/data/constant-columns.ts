import { count } from "../../../language/text";
import type { DataRule } from "./rule";
import { columnText, sampled, sentence } from "./words";
import { rounded } from "../../../language/number-text";

const spec = `spec S {
  modality X : vector(2)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const constantColumns: DataRule = {
  code: "constant-columns",
  severity: "warning",
  seen: "A column of a stream, or a whole stream, has one value in all samples.",
  why: "A constant carries no information: no code can keep it, and no probe can judge it. Often the wrong field was read, or the file was filled only in part.",
  change: "Remove the column or the stream, or read another field.",
  find: ({ streams }) =>
    streams.flatMap((one) => {
      const { stream, columns, rows } = one;
      const constant = columns.filter(({ least, most }) => least === most);
      const [first] = constant;
      if (first === undefined || rows.all < 2) return [];
      const name = `\`${stream.name}\``;
      const value = stream.kind.name === "label" ? `class ${first.least}` : rounded(first.least, 4);
      const all = `all ${count(rows.looked, "sample")}`;
      const whole = constant.length === columns.length;
      const more =
        constant.length === 1 ? "" : `; ${constant.length} of its ${columns.length} columns never vary`;
      return [
        {
          about: stream.name,
          message: whole
            ? `${name} never varies: ${columns.length > 1 ? `column ${first.index}` : "it"} is ${value} in ${all}${sampled(one)}${columns.length > 1 ? ", and the other columns are constant as well" : ""}. It carries no information, and no probe can judge it. Read another field, or remove ${name}.`
            : `${sentence(columnText(one, first.index))} is constant: ${value} in ${all}${sampled(one)}${more}. Remove ${constant.length === 1 ? "it" : "them"}, or read another field.`,
        },
      ];
    }),
  example: { spec, fields: { X: { shape: [2], values: [0.3, 5, -1, 5, 0.8, 5] } } },
  healthy: { spec, fields: { X: { shape: [2], values: [0.3, 5, -1, 4, 0.8, 5] } } },
};
