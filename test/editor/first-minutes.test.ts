/**
 * The first minutes of a person in a real VS Code: a fresh profile, an empty folder, nothing typed. Runs after
 * `npm run package`; pictures are kept in test/output/editor.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { FrameLocator, Locator, Page } from "playwright-core";
import * as host from "./host";

let editor: host.VsCode;
let page: Page;

before(async () => {
  if (host.unavailable()) return;
  editor = await host.startVsCode({ "workbench.startupEditor": "welcomePage" }, { empty: true });
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
const command = (title: string): Promise<void> => host.command(page, title);

/** Chooses from a list by what is written into it. */
async function choose(title: string): Promise<void> {
  await page.locator(".quick-input-widget input").fill(title);
  await row(title).click();
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

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
  assert.match(
    readFileSync(join(editor.workspace, "noisy-digits.bottleneck"), "utf8"),
    /^\s*want shared\(X, Y\)/m,
    "it is saved in the open folder",
  );
  assert.equal(await page.locator(".squiggly-error, .squiggly-warning").count(), 0);
});

part("an example of the package opens as a copy", async () => {
  await command("Bottleneck: Open Example");
  await list("Open Example");
  await picture("examples");
  assert.equal((await page.locator(".quick-input-list .monaco-list-row").count()) >= 8, true);
  await row("What do two noisy views of one digit share?").click();
  await page.locator(".tab.active", { hasText: /Untitled-1/ }).waitFor();
  await page.locator(".view-lines", { hasText: "NoisyDigits" }).first().waitFor();
});

part("an empty file offers ways to begin, and is filled by them", async () => {
  writeFileSync(join(editor.workspace, "empty.bottleneck"), "");
  await page.keyboard.press("Control+Shift+E");
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "empty" }).dblclick();
  await page.locator(".tab.active", { hasText: "empty.bottleneck" }).waitFor();
  const lens = (title: string): Locator => page.locator(".codelens-decoration a", { hasText: title });
  await lens("Show the Language").first().waitFor();
  await picture("empty file");
  await lens("Open Example").first().click();
  await list("Open Example");
  await row("What do two noisy views of one digit share?").click();
  await page.locator(".view-lines", { hasText: "NoisyDigits" }).first().waitFor();
  await page.locator(".tab.active", { hasText: "empty.bottleneck" }).waitFor();
});

part("each step of the walkthrough shows its picture, in the colours of the theme", async () => {
  await command("Welcome: Open Walkthrough");
  await choose("Get Started with Bottleneck");
  await command("View: Toggle Maximize Editor Group");
  // Its page takes the focus when it is loaded.
  const drawn = page.frameLocator("iframe.webview.ready:visible").last().frameLocator("#active-frame");
  await page.getByText("Write a spec by choosing").first().click();
  await drawn.locator("svg text").first().waitFor();
  for (const theme of ["Dark Modern", "Dark High Contrast"]) {
    await command("Preferences: Color Theme");
    await choose(theme);
    for (const step of ["Write a spec by choosing", "Read the loss", "Export to PyTorch"]) {
      await page.getByText(step).first().click();
      await drawn.locator("svg text").first().waitFor();
      await picture(`${theme}, ${step}`);
    }
    await page.getByText("Train a preview").first().click();
    const moving = page.locator(".getting-started-media img").first();
    await moving.waitFor();
    assert.ok((await moving.evaluate((image) => (image as HTMLImageElement).naturalWidth)) > 0);
    await picture(`${theme}, Train a preview`);
  }
  await command("View: Toggle Maximize Editor Group");
});

part("the extension's own page begins with a spec in colours", async () => {
  await command("Extensions: Show Installed Extensions");
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
