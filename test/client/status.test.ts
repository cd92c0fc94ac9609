/** The status bar's item: its text, and the spec that it is about. */
import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";
import type { PanelTarget } from "../../client/panel";
import { statusText } from "../../client/status-text";
import { emptyRun, fold, type RunState } from "../../core/train/run-state";
import type { SpecsAnswer } from "../../services/protocol";
import { session } from "../panel/session";
import { editors, statusItems } from "./vscode";

const fake = new URL("./vscode.ts", import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === "vscode" ? { url: ${JSON.stringify(fake)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const { Status } = await import("../../client/status");

const method = "DVSIB, InfoNCE instead of MINE, I(X; Zx) and I(Y; Zy) with separate weights";
const run = (step: number): RunState => session(step).reduce(fold, emptyRun());

test("without a preview it offers one; with one it says method, phase and findings", () => {
  assert.deepEqual(statusText({ name: "A" }), { text: "$(play) A", tooltip: "A\nClick to preview it." });
  assert.equal(
    statusText({ name: "A", method }).text,
    "$(play) DVSIB, InfoNCE instead of MINE, I(X; Zx) and I(…",
  );

  const training = { ...run(310), findings: [], rejected: [] };
  const { step, steps } = training.progress!;
  assert.deepEqual([step, steps], [310, 620]);
  assert.deepEqual(statusText({ name: "A", method: "VIB" }, training), {
    text: "$(pulse) VIB · training 50 %",
    tooltip: "A: VIB\ntraining 50 %\nClick to show the preview.",
  });

  const finding = { code: "collapsed", severity: "warning", message: "Zx is empty." } as const;
  const failed: RunState = {
    ...training,
    phase: "failed",
    phaseDetail: "the loss is NaN",
    findings: [finding],
  };
  const { text, tooltip } = statusText({ name: "A", method: "VIB" }, failed);
  assert.equal(text, "$(error) VIB · stopped · 1 finding");
  assert.match(tooltip, /stopped: the loss is NaN\n• Zx is empty\./);
  const many = statusText({ name: "A" }, { ...failed, findings: Array(7).fill(finding) });
  assert.match(many.text, /7 findings$/);
  assert.match(many.tooltip, /and 2 more/);
});

const editor = (uri: string, line: number, languageId = "bottleneck") => ({
  document: { uri: { toString: () => uri }, languageId },
  selection: { active: { line } },
});
const lines = (start: number, end: number) => ({
  start: { line: start, character: 0 },
  end: { line: end, character: 1 },
});
const specs: SpecsAnswer = [
  { name: "A", range: lines(0, 9), method: "VIB" },
  { name: "B", range: lines(11, 20) },
];
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));

test("it is about the spec at the cursor, stays while a panel is in use, and goes with the text", async () => {
  const runs = new Map<string, RunState>();
  const client = { sendRequest: async () => specs, onDidChangeState: () => ({ dispose: () => undefined }) };
  const status = new Status(client as never, ({ spec }: PanelTarget) => runs.get(spec!));
  const [item] = statusItems;
  const use = async (active: unknown, visible: unknown[]): Promise<void> => {
    Object.assign(editors, { active, visible });
    editors.changed.happen(undefined);
    await quiet();
  };
  await quiet();
  assert.equal(item!.visible, false, "no text is in use");

  const here = editor("file:///a", 12);
  await use(here, [here]);
  assert.deepEqual([item!.visible, item!.text], [true, "$(play) B"]);
  assert.deepEqual((item!.command as { arguments: unknown }).arguments, ["file:///a", "B"]);

  runs.set("B", { ...run(310), findings: [] });
  status.changed({ uri: "file:///a", spec: "B" });
  assert.equal(item!.text, "$(pulse) B · training 50 %");
  // Another spec's run is not this one's.
  runs.set("B", { ...run(620), findings: [] });
  status.changed({ uri: "file:///a", spec: "A" });
  assert.equal(item!.text, "$(pulse) B · training 50 %");

  await use(undefined, [here]);
  assert.equal(item!.visible, true, "the panel is in use, and the text is beside it");
  runs.delete("B");
  status.changed({ uri: "file:///a", spec: "B" });
  assert.equal(item!.text, "$(play) B");

  const other = editor("file:///b.py", 0, "python");
  await use(other, [other]);
  assert.equal(item!.visible, false);
  status.dispose();
});
