import { writtenField } from "../../../data/declarations";
import { healthy } from "./healthy";
import type { DataRule } from "./rule";

export const splitGroups: DataRule = {
  code: "split-groups",
  severity: "warning",
  seen: "A column of the file, such as `subject` or `patient`, has the same value in several rows, and the split does not ask for it.",
  why: "Rows of one subject are more alike than rows of two. Where some of them are trained on and others held out, held-out values show how well subjects are known again, and a new subject fares worse.",
  change: "Write `groups = subject` in the settings of `data`: all rows of a subject are then in one split.",
  find({ grouped, streams: [first] }) {
    if (grouped === undefined || first === undefined) return [];
    const { field, groups, rows } = grouped;
    return [
      {
        about: first.stream.name,
        message: `The ${rows} samples have ${groups} different values of \`${field}\`, and the split ignores it: samples with one value may be both in training and held out. Write \`{ groups = ${writtenField(field)} }\` after the file to keep them in one split.`,
      },
    ];
  },
  example: { ...healthy, grouped: { field: "subject", groups: 4, rows: 20 } },
  healthy,
};
