import { sampledText } from "../../../data/taken";
import { healthy } from "./healthy";
import type { DataRule } from "./rule";

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
  example: { ...healthy, sampled: { of: 2_000_000 } },
  healthy,
};
