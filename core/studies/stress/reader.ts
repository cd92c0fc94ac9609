/** A network without any bottleneck that predicts a factor from some streams: what their information allows at most. */
import type { Statement } from "../../language/tree";
import { textWith, type Written } from "./statements";
import { without } from "./without";
import { analyse } from "../../theory/analyse";

/** Name of its code. */
export const READER = "Reader";
const WIDTH = 16;

/** The spec of a reader of `streams` for `factor`; undefined where there is none without errors. */
export function readerText(written: Written, streams: readonly string[], factor: string): string | undefined {
  const { spec } = written.derived;
  const others = spec.streams.filter(({ name, role }) => role === "modality" && !streams.includes(name));
  const sources = new Set(
    spec.streams.flatMap(({ name, derived }) => (derived && streams.includes(name) ? [derived.of] : [])),
  );
  const gone = others.map(({ name }) => name).filter((name) => !sources.has(name));
  const statements = without(written.statements, gone).flatMap((one): Statement[] => {
    if (one.kind === "data" || one.kind === "train") return [one];
    if (one.kind !== "stream") return [];
    if (one.name.text === factor) return [{ ...one, role: "target" }];
    return one.role === "modality" ? [one] : [];
  });
  const text = textWith(written, statements);
  const lines = [
    `latent ${READER} : deterministic(${WIDTH}) from ${streams.join(", ")}`,
    `keep I(${factor}; ${READER})`,
  ];
  const whole = text.replace(/\}\s*$/, `${lines.map((line) => `  ${line}\n`).join("")}}\n`);
  return analyse(whole).specs[0]?.valid ? whole : undefined;
}
