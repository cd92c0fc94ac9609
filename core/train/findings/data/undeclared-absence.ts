import { rounded } from "../../../language/number-text";
import { missingText } from "../../../theory/change";
import { usedRows, type DataRule } from "./rule";

const spec = (line: string): string => `spec S {
  modality X : vector(2)
  ${line}
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const X = {
  shape: [2],
  values: Array.from({ length: 160 }, (_, i) => ((i >> 1) % 5 === 0 ? NaN : Math.sin(i))),
};

export const undeclaredAbsence: DataRule = {
  code: "undeclared-absence",
  severity: "warning",
  seen: "Samples lack a modality, or the value of a target, and the spec does not say that it can be missing.",
  why: "The preview trains each term on the samples that have what it reads, as `missing` says. The text is without it, so the loss that the editor shows and exports is that of complete data.",
  change: "Write `missing STREAM rate RATE` with the share of such samples.",
  find: ({ streams, splits, spec: { streams: declared, missing } }) => {
    const used = usedRows(splits);
    return streams.flatMap(({ stream: { name, absent } }) => {
      const { role } = declared.find((one) => one.name === name)!;
      if (!absent || role === "observe" || missing.some(({ stream }) => stream === name)) return [];
      const count = used.reduce((sum, row) => sum + absent[row]!, 0);
      if (count === 0) return [];
      const fix = { kind: "missing" as const, stream: name, rate: Number(rounded(count / used.length)) };
      return [
        {
          about: name,
          message: `\`${name}\` is ${role === "target" ? "unknown in" : "absent from"} ${count} of ${used.length} samples, and the spec does not say so. Write \`${missingText(fix)}\`: exports need it too.`,
          fix,
        },
      ];
    });
  },
  example: { spec: spec(""), fields: { X } },
  healthy: { spec: spec("missing X rate 0.2"), fields: { X } },
};
