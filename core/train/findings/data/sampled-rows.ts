import { sampledText } from "../../../data/taken";
import type { DataRule } from "./rule";

const spec = `spec S {
  modality X : vector(2)
  latent Z : gaussian(1) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const fields = { X: { shape: [2], values: Array.from({ length: 40 }, (_, i) => Math.sin(i)) } };

export const sampledRows: DataRule = {
  code: "sampled-rows",
  severity: "information",
  seen: "The file has more rows than are held in memory, and `samples` is not written.",
  why: "A preview needs no more: its values change little beyond some ten thousand rows.",
  change: "Write `samples` to choose how many rows are read.",
  find(data) {
    const text = sampledText(data);
    const [first] = data.streams;
    if (text === undefined || first === undefined) return [];
    return [{ about: first.stream.name, message: `${text} Write \`samples\` to choose how many.` }];
  },
  example: { spec, fields, sampled: { of: 2_000_000 } },
  healthy: { spec, fields },
};
