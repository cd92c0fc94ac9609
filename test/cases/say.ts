/** What the product says of a spec: checked as a text, and previewed on data that the case brings. */
import { renderReport } from "../../cli/report";
import { createStyle } from "../../cli/terminal";
import { analyse } from "../../core/theory/analyse";
import { emptyRun, fold, type RunState } from "../../core/train/run-state";
import type { FromHost } from "../../core/train/protocol";
import { normal, uniform } from "../../core/random";
import { npy, npz, type NpyType } from "../data/files";
import { startHost } from "../trainer/session";

/** The messages of `check`, one a line: `code: message`. */
export const checked = (text: string): string =>
  analyse(text)
    .diagnostics.map(({ code, message }) => `${code}: ${message}`)
    .join("\n");

export interface Previewed {
  /** Errors that refuse it, one a line; empty where it trains. */
  refused: string;
  /** The report at its end. */
  report: string;
  /** Codes of what was found of the data before the first step, and of the training. */
  before: string[];
  found: string[];
}

export type Saved = [type: NpyType, shape: readonly number[], values: readonly number[]];

/** Trains to the end on `data.npz`, which holds these arrays. */
export async function previewed(text: string, arrays: Record<string, Saved>): Promise<Previewed> {
  const file = npz(Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, npy(...array)])));
  const host = startHost({ "data.npz": file });
  let run: RunState = emptyRun();
  let before: string[] | undefined;
  const codes = (): string[] => run.findings.map(({ code }) => code);
  host.channel.listen((message) => {
    run = fold(run, message);
    if (message.kind === "opened") before = codes();
  });
  host.open(text);
  const end = await host.until(
    (message): message is FromHost =>
      message.kind === "rejected" ||
      (message.kind === "phase" && ["finished", "failed"].includes(message.phase)),
  );
  await host.close();
  const refused = end.kind === "rejected" ? end.diagnostics.map(({ message }) => message).join("\n") : "";
  const report =
    run.summary === undefined ? "" : renderReport(run, 1, createStyle(false)).replace(/\s+/g, " ");
  return { refused, report, before: before ?? [], found: codes() };
}

/** Draws of the standard normal distribution, and from 0 to 1. */
export function normals(seed: number, count: number): number[] {
  const out = new Float32Array(count);
  normal(seed, "case", 0, out);
  return [...out];
}
export function uniforms(seed: number, count: number): number[] {
  const out = new Float32Array(count);
  uniform(seed, "case", 0, out);
  return [...out];
}
