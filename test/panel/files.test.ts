/** What the panel saves and opens: the report of a run, exports, weights that were trained elsewhere. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ToEditor } from "../../core/train/page-protocol";
import type { ToHost } from "../../core/train/protocol";
import { browser, pictures, skip } from "./browser";
import { openPanel, soon } from "./page";
import { session } from "./session";

type Sent = ToHost | ToEditor;

test("the report of a run is saved as one page, which shows what the panel does", { skip }, async () => {
  const panel = await openPanel(browser);
  const { page } = panel;
  const [opened] = session(0).filter(({ kind }) => kind === "opened");
  panel.send([opened!]);
  const button = page.getByRole("button", { name: "Save report" });
  await button.waitFor();
  assert.ok(await button.isDisabled(), "there is nothing to report yet");
  assert.equal(await page.getByRole("button", { name: "Export…" }).count(), 0, "there is no editor to ask");
  panel.send(session());
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  assert.equal(file.suggestedFilename(), "NoisyDigits.html");
  const path = join(pictures, "report.html");
  await file.saveAs(path);
  const report = await browser.newPage();
  await report.setContent(readFileSync(path, "utf8"));
  for (const title of ["Loss", "Training", "Graphs", "Terms", "Verdicts", "Settings"])
    assert.ok(await report.getByRole("heading", { name: title, exact: false }).first().isVisible(), title);
  assert.ok(await report.getByRole("cell", { name: "Knob beta" }).isVisible());
  assert.ok(await report.getByRole("cell", { name: "620 of 620", exact: true }).isVisible());
  await report.close();
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

test("in an editor the report and exports are saved where a person says", { skip }, async () => {
  const panel = await openPanel(browser, { editor: true });
  panel.send(session());
  const last = (): Sent => panel.sent.at(-1) as Sent;
  const click = (name: string): Promise<void> => panel.page.getByRole("button", { name }).click();
  await click("Save report");
  await soon(panel.page, () => panel.sent.length, 1);
  const saved = last();
  assert.ok(saved.kind === "saveText" && saved.name === "NoisyDigits.html");
  assert.match(saved.text, /^<!doctype html>/);
  await click("Export…");
  await soon(panel.page, last, { kind: "export" });
  await panel.close();
});

test("a file of weights is handed to the trainer, and the same file again", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session());
  const { page, sent } = panel;
  for (const bytes of [
    [1, 2, 3],
    [1, 2, 3, 4],
  ]) {
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Open weights" }).click(),
    ]);
    await chooser.setFiles({ name: "model.safetensors", mimeType: "", buffer: Buffer.from(bytes) });
    const last = (): Partial<Extract<ToHost, { kind: "judge" }>> => sent.at(-1) ?? {};
    await soon(page, () => [...(last().weights ?? [])], bytes);
    assert.equal(last().kind, "judge");
    assert.equal(last().name, "model.safetensors");
  }
  assert.deepEqual(panel.errors, []);
  await panel.close();
});
