import type { StreamDescription } from "../train/data-description";

/** How the samples that lack a stream are counted: `absent from`, or `unknown in` of a label; undefined where none does. */
export function absentIn({
  kind,
  absent,
}: Pick<StreamDescription, "kind" | "absent">): { what: string; samples: number } | undefined {
  if (absent === undefined) return undefined;
  return {
    what: kind.startsWith("label") ? "unknown in" : "absent from",
    samples: absent.train + absent.validation + absent.test,
  };
}
