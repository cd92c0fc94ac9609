/**
 * The first minutes of a person in a real VS Code: a fresh profile, an empty folder, nothing typed. Runs after
 * `npm run package`; pictures are kept in test/output/editor.
 */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { FrameLocator, Locator, Page } from "playwright-core";
import * as host from "./host";

let editor: host.VsCode;
let page: Page;

before(async () => {
  if (host.unavailable()) return;
  editor = await host.startVsCode({ "workbench.startupEditor": "welcomePage" }, true);
  page = editor.page;
});

after(async () => {
  await editor?.stop();
});

const picture = (name: string): Promise<void> => host.picture(editor, `first, ${name}`);
const part = (name: string, run: () => Promise<void>): void => host.part(() => editor, name, run);

const row = (text: string): Locator =>
  page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
const accept = (): Locator => page.locator(".quick-input-widget .monaco-button", { hasText: "OK" }).first();
const list = (title: string): Promise<void> =>
  page.locator(".quick-input-title", { hasText: title }).waitFor();
const panel = (): FrameLocator =>
  page.frameLocator("iframe.webview.ready:visible").last().frameLocator("#active-frame");

part("from the welcome page to a trained preview in at most eight clicks, nothing typed", async () => {
  let clicks = 0;
  const click = async (place: Locator): Promise<void> => {
    await place.click();
    clicks++;
  };
  await click(page.getByRole("button", { name: "Get Started with Bottleneck" }).first());
  await page.getByText("Write a spec by choosing").first().waitFor();
  await page.waitForTimeout(1500);
  await picture("walkthrough");
  await click(page.getByRole("button", { name: "New Spec" }).first());
  await list("which data?");
  await picture("data");
  await click(row("noisy-digits"));
  await list("which streams?");
  await click(accept());
  await list("what must survive");
  await picture("wants");
  await click(accept());
  await click(page.locator(".codelens-decoration a", { hasText: "Preview" }).first());
  await panel()
    .getByText(/^finished/)
    .first()
    .waitFor({ timeout: 120_000 });
  await panel()
    .getByText(/Zx and Zy keep digit/)
    .first()
    .waitFor();
  await page.locator(".statusbar-item", { hasText: /VSIB · finished/ }).waitFor();
  await picture("trained");
  assert.ok(clicks <= 8, `${clicks} clicks`);
  assert.equal(await page.locator(".squiggly-error, .squiggly-warning").count(), 0);
});

part("an example of the package opens as a copy", async () => {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(">Bottleneck: Open Example");
  await row("Open Example").click();
  await list("Open Example");
  await picture("examples");
  assert.equal((await page.locator(".quick-input-list .monaco-list-row").count()) >= 8, true);
  await row("What do two noisy views of one digit share?").click();
  await page.locator(".tab.active", { hasText: /Untitled-2/ }).waitFor();
  await page.locator(".view-lines", { hasText: "NoisyDigits" }).first().waitFor();
});

part("the extension's own page begins with a spec in colours", async () => {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(">Extensions: Show Installed Extensions");
  await row("Show Installed Extensions").click();
  await page
    .locator(".extensions-list .monaco-list-row", { hasText: "Loss design for multimodal" })
    .first()
    .click();
  const code = panel().locator("pre").first();
  await code.getByText("SharedDigit").waitFor();
  const colours = await code
    .locator("span")
    .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).color));
  assert.ok(new Set(colours).size >= 3, "words, names and comments differ");
  await picture("extension page");
});
