/** An example trains on WebGPU in the panel of a real VS Code, on a software adapter; the device is lost, and the training goes on. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { FrameLocator } from "playwright-core";
import { SOFTWARE } from "../executors/gpu";
import * as host from "./host";

let editor: host.VsCode;

before(async () => {
  if (host.unavailable()) return;
  editor = await host.startVsCode(
    { "bottleneck.preview.threads": 1, "bottleneck.preview.executor": "webgpu" },
    { browserFlags: SOFTWARE },
  );
  // Smaller and longer: a software adapter is slow, and a busy machine gets to losing it late.
  const example = join(editor.workspace, "vib.bottleneck");
  writeFileSync(
    example,
    readFileSync(example, "utf8").replace(/train \{[^}]*\}/, "train { epochs = 5000, batch = 32 }"),
  );
});

after(async () => {
  await editor?.stop();
});

const panel = (): FrameLocator =>
  editor.page.frameLocator("iframe.webview.ready:visible").last().frameLocator("#active-frame");

/** What trains, from the panel's foot. */
const engine = (start: string) => panel().locator("footer > span", { hasText: new RegExp(`^${start}`) });

async function steps(): Promise<number> {
  const line = await panel()
    .getByText(/step [\d,]+ of/)
    .first()
    .textContent();
  return Number(/step ([\d,]+) of/.exec(line ?? "")![1]!.replaceAll(",", ""));
}

async function stepAfter(step: number): Promise<number> {
  const end = Date.now() + 90_000;
  while (Date.now() < end) {
    const now = await steps();
    if (now > step) return now;
    await editor.page.waitForTimeout(250);
  }
  throw new Error(`no step after ${step}`);
}

host.part(
  () => editor,
  "an example trains on WebGPU in the panel, loses the device, and goes on",
  async () => {
    const { page, browser } = editor;
    const row = page.locator(".explorer-folders-view .monaco-list-row", { hasText: "vib.bottleneck" });
    await row.waitFor({ timeout: 60_000 });
    await row.dblclick();
    const lens = page.locator(".codelens-decoration a", { hasText: "Preview" }).first();
    await lens.waitFor({ timeout: 60_000 });
    await lens.click();
    // WebAssembly trains until the page is ready to take over.
    await engine("wasm").waitFor({ timeout: 90_000 });
    await engine("webgpu, ").waitFor({ timeout: 90_000 });
    assert.deepEqual(editor.trainers(), [], "the process has handed over its run, and ended");
    const before = await stepAfter((await steps()) + 5);
    await host.picture(editor, "webgpu");
    await (await browser.newBrowserCDPSession()).send("Browser.crashGpuProcess");
    await engine("wasm").waitFor({ timeout: 90_000 });
    await stepAfter(before);
    assert.equal(editor.trainers().length, 1);
    await panel().getByText("Executors", { exact: true }).click();
    const gpu = panel().locator("table.executors tr", { hasText: "webgpu" });
    // The next trainer says what it has a moment after its first step.
    await gpu.filter({ hasText: "in the panel: the GPU was lost" }).waitFor();
    assert.match((await gpu.textContent()) ?? "", /not available.*in the panel: the GPU was lost/);
    assert.deepEqual(editor.violations, []);
  },
);
