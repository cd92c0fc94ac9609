/** Studies reached from the text, in an editor that is a fake: the preview is opened at them, and an untrusted workspace is told why not. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { dialogue, files, panels, workspace } from "./vscode";
import { soon, target, window } from "./window";
// After the fake editor is in place.
const { openStudies } = await import("../../client/studies");

afterEach(() => {
  workspace.isTrusted = true;
  for (const list of [panels, dialogue.said]) list.length = 0;
  files.clear();
});

const shown = (panel: { told: unknown[] }): unknown[] =>
  panel.told.filter((message) => (message as { kind: string }).kind === "showPage");
const studies = { kind: "showPage", page: "studies" };

test("a new preview shows its studies once its page listens, and one that is open at once", async () => {
  const { previews, trainers } = window();
  openStudies(previews, target);
  await soon();
  const [panel] = panels;
  assert.deepEqual(shown(panel!), [], "a page that has not loaded loses what it is told");
  panel!.say({ kind: "ready" });
  await soon();
  assert.deepEqual(shown(panel!), [studies]);
  openStudies(previews, target);
  await soon();
  assert.deepEqual(shown(panel!), [studies, studies]);
  assert.deepEqual([panels.length, trainers.length], [1, 1], "it is the spec's only preview");
  previews.dispose();
});

test("a preview that is opened as such shows the page that it shows", async () => {
  const { previews } = window();
  previews.show(target);
  panels[0]!.say({ kind: "ready" });
  await soon();
  assert.deepEqual(shown(panels[0]!), []);
  previews.dispose();
});

test("an untrusted workspace is told why studies do not run, and nothing is opened", async () => {
  workspace.isTrusted = false;
  const { previews } = window();
  openStudies(previews, target);
  await soon();
  assert.deepEqual(panels, []);
  assert.deepEqual(dialogue.said, [
    "Bottleneck: Studies run only in a trusted workspace. Trust this workspace to run them.",
  ]);
});
