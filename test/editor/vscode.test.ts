/**
 * The packaged extension in a real VS Code: an example is opened, its loss is shown, it trains in the panel, a knob is
 * turned and the training follows. Pictures are kept in test/output/editor.
 */
import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { FrameLocator, Locator, Page } from "playwright-core";
import * as host from "./host";

const themes = { light: "Light Modern", "high-contrast": "Dark High Contrast", dark: "Dark Modern" };

let editor: host.VsCode;
let page: Page;

before(async () => {
  if (host.unavailable()) return;
  editor = await host.startVsCode({ "bottleneck.preview.threads": 1 });
  page = editor.page;
  // A run that is still under way when a busy machine gets to turning its knobs.
  const example = join(editor.workspace, "noisy-digits.bottleneck");
  writeFileSync(example, readFileSync(example, "utf8").replace("epochs = 10", "epochs = 60"));
});

after(async () => {
  await editor?.stop();
});

const picture = (name: string): Promise<void> => host.picture(editor, name);
const part = (name: string, run: () => Promise<void>): void => host.part(() => editor, name, run);

async function openFile(name: string): Promise<void> {
  const row = page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });
  // The explorer may miss that a file was written: then it is asked to look.
  await row.waitFor({ timeout: 10_000 }).catch(() => command("Refresh Explorer"));
  await row.waitFor({ timeout: 60_000 });
  await row.dblclick();
  await page.locator(".tab.active", { hasText: name }).waitFor();
  // The tab appears before the text, and commands of a text are offered once that is there.
  await page.locator(`.monaco-editor.focused[data-uri$="/${name}"]`).waitFor();
}

/** A spec that trains in a moment. */
const second =
  'spec Second {\n  data "noisy-digits" { samples = 300 }\n  modality X : image(28, 28)\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)\n  train { epochs = 2, batch = 50 }\n}\n';
/** Extends a spec of `base.bottleneck`. */
const extending =
  'use "./base.bottleneck"\n\nspec Third extends Second {\n  train { epochs = 50, batch = 50 }\n}\n';

/** The group of editors on the left: the text. */
const text = (): Locator => page.locator(".editor-group-container").first().locator(".view-lines");
const lens = (title: string): Locator => page.locator(".codelens-decoration a", { hasText: title }).first();

/** The page inside the panel that is shown. */
const panel = (): FrameLocator =>
  page.frameLocator("iframe.webview.ready:visible").last().frameLocator("#active-frame");

const command = (title: string): Promise<void> => host.command(page, title);

/** Steps done, from the panel's line of progress. */
async function steps(): Promise<number> {
  const line = await panel()
    .getByText(/step [\d,]+ of/)
    .first()
    .textContent();
  return Number(/step ([\d,]+) of/.exec(line ?? "")?.[1]?.replace(",", ""));
}

/** Waits until `value` fulfils `enough`, and returns it. */
async function until<T>(what: string, value: () => Promise<T>, enough: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 90_000;
  let last: T | undefined;
  while (Date.now() < end) {
    last = await value().catch(() => undefined);
    if (last !== undefined && enough(last)) return last;
    await page.waitForTimeout(250);
  }
  throw new Error(`Waited too long for ${what}; last seen: ${JSON.stringify(last)}`);
}

/** The value of a term now, in nats, from the table of terms. */
async function termValue(term: string): Promise<number> {
  const row = panel()
    .locator("tr", { has: page.getByRole("button", { name: term, exact: true }) })
    .first();
  const cells = await row.locator("td").allTextContents();
  const value = cells
    .map((cell) => /^[−-]?\d+(\.\d+)?/.exec(cell.trim())?.[0])
    .find((found) => found !== undefined);
  return Number(value?.replace("−", "-"));
}

/** The first chart's picture. */
const drawn = (): Promise<string> =>
  panel()
    .getByRole("img", { name: "information, nats" })
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

part("an example shows its derived loss, bounds, method and no findings", async () => {
  await openFile("noisy-digits.bottleneck");
  await lens("Preview").waitFor({ timeout: 60_000 });
  await lens("L = R(Zx) + R(Zy)").waitFor();
  await lens("DVSIB").waitFor();
  await text().getByText("by kl").first().waitFor();
  assert.equal(await text().getByText("by kl").count(), 2, "the bound chosen for each compressed term");
  assert.equal(await text().getByText("by gaussian").count(), 2, "the bound chosen for each reconstruction");
  assert.match(
    (await lens("L = R(Zx) + R(Zy)").textContent()) ?? "",
    /L\s=\sR\(Zx\)\s\+\sR\(Zy\)\s−\sβ\[NCE\(Zx;\sZy\)/,
  );
  assert.equal(await page.locator(".squiggly-error, .squiggly-warning").count(), 0);
});

part("a broken copy shows its error, and a fix that mends it", async () => {
  const example = readFileSync(join(editor.workspace, "noisy-digits.bottleneck"), "utf8");
  const file = join(editor.workspace, "broken.bottleneck");
  writeFileSync(file, example.replace("compress I(X; Zx)", "compress I(X; Zx) by infonce"));
  await openFile("broken.bottleneck");
  await page.locator(".squiggly-error").first().waitFor({ timeout: 30_000 });
  await command("Problems: Focus on Problems View");
  await page.locator(".markers-panel .monaco-list-row", { hasText: "infonce" }).first().waitFor();
  await picture("diagnostics");
  await page.locator(".markers-panel .monaco-list-row", { hasText: "infonce" }).first().dblclick();
  const fix = page.locator(".action-widget .monaco-list-row", { hasText: "kl" }).first();
  await until(
    "the fix",
    async () => {
      await page.keyboard.press("Control+.");
      await fix.waitFor({ timeout: 5000 });
      return true;
    },
    (shown) => shown,
  );
  await fix.click();
  await page.locator(".squiggly-error").first().waitFor({ state: "detached" });
  await page.keyboard.press("Control+S");
  await until(
    "the file",
    async () => readFileSync(file, "utf8"),
    (saved) => /compress I\(X; Zx\) by kl/.test(saved),
  );
  await command("View: Hide Panel");
});

part("definition of a method opens its text, which cannot be edited", async () => {
  writeFileSync(join(editor.workspace, "heir.bottleneck"), "spec Heir extends DVSIB {\n}\n");
  await openFile("heir.bottleneck");
  await page.locator(".codelens-decoration a", { hasText: "Preview" }).first().waitFor({ timeout: 60_000 });
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("End");
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("F12");
  await page.locator(".tab.active", { hasText: "dvsib.bottleneck" }).waitFor({ timeout: 60_000 });
  await page.getByText("spec DVSIB", { exact: false }).first().waitFor();
  await page.keyboard.type("x");
  await page.getByText("Cannot edit in read-only editor").first().waitFor();
  await command("View: Close Editor");
  await command("View: Close Editor");
});

part("the lens opens the panel beside the text, and it trains", async () => {
  await openFile("noisy-digits.bottleneck");
  await lens("Preview").click();
  await panel().getByText("L = R(Zx) + R(Zy)").first().waitFor({ timeout: 60_000 });
  await until("ten steps", steps, (done) => done >= 10);
  await text().getByText("by kl").first().waitFor();
  // The lens beside it shows the studies of the same spec, on the page that is open.
  await lens("Studies").click();
  await panel().getByRole("tab", { name: "Studies", selected: true }).waitFor();
  await panel().getByRole("button", { name: "Run study" }).waitFor();
  await panel().getByRole("tab", { name: "Preview" }).click();
});

part("the panel exports a project and saves the report of its run where the person says", async () => {
  const dialog = page.locator(".quick-input-widget");
  await panel().getByRole("button", { name: "Export…" }).click();
  await dialog.locator(".monaco-list-row", { hasText: "Training project" }).click();
  await dialog.getByRole("button", { name: "Export Here" }).click();
  await page.locator(".tab.active", { hasText: "train.py" }).waitFor();
  const project = join(editor.workspace, "noisydigits");
  for (const name of ["train.py", "project/config.py", "rows.npz"])
    assert.ok(statSync(join(project, name)).size > 0, name);
  assert.match(readFileSync(join(project, "project", "model.py"), "utf8"), /class NoisyDigits/);
  await command("View: Close Editor");

  await panel().getByRole("button", { name: "Save report" }).click();
  await dialog.getByRole("button", { name: "OK" }).click();
  const report = join(editor.workspace, "NoisyDigits.html");
  await until(
    "the report",
    async () => readFileSync(report, "utf8"),
    (saved) => saved.includes("</html>"),
  );
});

part("turning beta acts on the running training: the curves move, nothing starts again", async () => {
  await until(
    "some rate",
    () => termValue("I(X; Zx)"),
    (rate) => rate > 1.5,
  );
  const rate = await termValue("I(X; Zx)");
  const curve = await drawn();
  const done = await steps();
  const slider = panel().getByRole("slider", { name: "beta" });
  await slider.focus();
  await slider.press("Home");
  assert.equal(await slider.inputValue(), "0");
  await until(
    "a smaller rate where little is kept",
    () => termValue("I(X; Zx)"),
    (now) => now < rate / 2,
  );
  assert.ok((await steps()) > done, "the same run goes on");
  assert.ok((await drawn()) !== curve, "the curves are drawn anew");
});

part("the knob's value is written into the text, and the text's back into the panel", async () => {
  await panel().getByRole("button", { name: "Write to spec" }).first().click();
  await text().getByText("0.1", { exact: true }).first().waitFor();
  await until(
    "the text to follow",
    () => text().textContent(),
    (shown) => /beta\s=\s0\.1\sin/.test(shown ?? ""),
  );
  // The training has taken the new text: there is nothing left to write.
  const write = panel().getByRole("button", { name: "Write to spec" }).first();
  await until(
    "the panel to know what is written",
    () => write.isDisabled(),
    (known) => known,
  );
  const done = await steps();
  await page.locator(".editor-group-container").first().locator(".monaco-editor").click();
  await page.keyboard.press("Control+Z");
  const slider = panel().getByRole("slider", { name: "beta" });
  await until(
    "the panel to follow",
    () => slider.inputValue(),
    (value) => Number(value) > 100,
  );
  assert.ok((await steps()) >= done, "the same run goes on");
});

part("pictures in three themes", async () => {
  await until(
    "a probe",
    () => panel().getByText("chance").count(),
    (count) => count > 0,
  );
  await panel().locator("h2").first().scrollIntoViewIfNeeded();
  for (const [name, theme] of Object.entries(themes)) {
    await inTheme(theme);
    await picture(name);
  }
});

part("broken text leaves the preview as it is", async () => {
  const before = await steps();
  await page.locator(".editor-group-container").first().locator(".monaco-editor").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("spec {");
  await page.locator(".squiggly-error").first().waitFor();
  await panel().getByText("L = R(Zx) + R(Zy)").first().waitFor();
  assert.ok((await steps()) >= before);
  await command("File: Revert File");
  await page.locator(".squiggly-error").first().waitFor({ state: "detached" });
});

part("a trainer that dies is started again, and says so", async () => {
  await until("some steps", steps, (done) => done > 0);
  const [trainer, ...others] = editor.trainers();
  assert.ok(trainer !== undefined && others.length === 0, "one panel has one trainer");
  process.kill(trainer, "SIGKILL");
  await page.locator(".notification-toast", { hasText: "trainer stopped" }).waitFor();
  await until(
    "another trainer",
    async () => editor.trainers(),
    (now) => now.length === 1 && now[0] !== trainer,
  );
  await panel().getByText("L = R(Zx) + R(Zy)").first().waitFor();
  await command("Notifications: Clear All Notifications");
});

part("a second file has a panel of its own", async () => {
  writeFileSync(join(editor.workspace, "second.bottleneck"), second);
  await openFile("second.bottleneck");
  await command("Bottleneck: Preview a Spec");
  await page.locator(".tab", { hasText: "Second (preview)" }).waitFor();
  await page.locator(".tab", { hasText: "NoisyDigits (preview)" }).waitFor();
  await until("the second run", steps, (done) => done > 0);
  await panel().getByRole("heading", { name: "Second" }).waitFor();
});

/** What the table says of the open spec. */
const lit = (): Locator => panel().locator("td.here");

async function inTheme(theme: string): Promise<void> {
  await command("Preferences: Color Theme");
  await page.locator(".quick-input-widget input").fill(theme);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: theme }).first().click();
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  await page.waitForTimeout(2500);
}

part("the periodic table lights the open spec, and a tile opens its method as a spec", async () => {
  await openFile("noisy-digits.bottleneck");
  await command("Bottleneck: Periodic Table");
  await page.locator(".tab", { hasText: "Periodic Table of Losses" }).waitFor();
  await lit().locator("button[data-file='dvsib']").waitFor();
  assert.equal(await lit().count(), 1, "one cell is that of the open spec");
  for (const theme of ["light", "dark"] as const) {
    await inTheme(themes[theme]);
    await picture(`table-${theme}`);
  }
  await panel().locator("button[data-file='dvib']").click();
  await page.locator(".tab.active", { hasText: /Untitled/ }).waitFor();
  await text().getByText("spec DVIB").first().waitFor();
  // It is read as a spec like any other, and the table follows it to its own cell.
  await lens("Preview").waitFor();
  await lit().locator("button[data-file='dvib']").waitFor();
  await command("View: Revert and Close Editor");
  await page.locator(".tab", { hasText: /Untitled/ }).waitFor({ state: "detached" });
});

part("a spec that extends one of another file trains, and follows that file", async () => {
  const [base, family] = ["base.bottleneck", "family.bottleneck"].map((name) => join(editor.workspace, name));
  writeFileSync(base!, second);
  writeFileSync(family!, extending);
  await openFile("family.bottleneck");
  await command("Bottleneck: Preview a Spec");
  await page.locator(".tab", { hasText: "Third (preview)" }).waitFor();
  await until("the run", steps, (done) => done > 0);
  assert.equal(await page.locator(".squiggly-error").count(), 0);
  writeFileSync(base!, second.replace("keep I(X; Z)", "keep I(X; Q)"));
  await page.locator(".squiggly-error").first().waitFor();
  writeFileSync(base!, second.replace("gaussian(2)", "gaussian(3)"));
  await page.locator(".squiggly-error").first().waitFor({ state: "detached" });
});

part("the loss above a spec opens its derivation, typeset, which follows the text", async () => {
  await openFile("noisy-digits.bottleneck");
  await lens("L = R(Zx) + R(Zy)").click();
  await page.locator(".tab", { hasText: "NoisyDigits (derivation)" }).waitFor();
  await panel().locator("math").first().waitFor();
  await panel().getByRole("heading", { name: "The loss", exact: true }).waitFor();
});

part("a reload of the window brings the panel back", async () => {
  await page.locator(".tab", { hasText: "NoisyDigits (preview)" }).click();
  // Far enough that fewer steps can only be those of the next run.
  await until("the run", steps, (done) => done >= 300);
  await panel().getByRole("button", { name: "Start over" }).click();
  await until("a new run", steps, (done) => done > 20 && done < 300);
  await panel().getByRole("button", { name: "Pause" }).click();
  await panel()
    .getByText(/^paused/)
    .waitFor();
  const paused = await steps();
  await page.reload();
  // Which of the panels was in front is the editor's to remember, and it may not have had the time.
  await page.locator(".tab", { hasText: "NoisyDigits (preview)" }).click();
  await panel()
    .getByText(/^paused/)
    .waitFor();
  assert.equal(await steps(), paused, "a paused run stays where it was");
  // The button rests while the text is opened, and a click in that moment is one on nothing.
  const run = panel().getByRole("button", { name: "Run", exact: true });
  const goOn = async (): Promise<number> => {
    if (await run.isEnabled({ timeout: 250 }).catch(() => false))
      await run.click({ timeout: 1000 }).catch(() => undefined);
    return steps();
  };
  await until("the run to go on", goOn, (done) => done !== paused);
  assert.ok((await steps()) > paused, "from where it was, not from its start");
});

part("a reload of the window brings the table back too, with the spec that was lit", async () => {
  await page.locator(".tab", { hasText: "Periodic Table of Losses" }).click();
  await lit().locator("button[data-file='dvsib']").waitFor();
});

part("no content policy was broken", async () => {
  assert.deepEqual(editor.violations, []);
});

part("in a workspace that is not trusted, generators train and files stay closed", async () => {
  await editor.stop();
  editor = await host.startVsCode({
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
    "bottleneck.preview.threads": 1,
  });
  page = editor.page;
  const spec = (data: string): string =>
    `spec A {\n  data ${data}\n  modality X : image(28, 28)\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)\n}\n`;
  writeFileSync(join(editor.workspace, "file.bottleneck"), spec('"./views.npz"'));
  writeFileSync(join(editor.workspace, "generator.bottleneck"), spec('"noisy-digits" { samples = 500 }'));
  await openFile("file.bottleneck");
  await lens("Preview").click({ timeout: 60_000 });
  await panel().getByText("workspace that is trusted").first().waitFor();
  await openFile("generator.bottleneck");
  await lens("Preview").click();
  await until("the run", steps, (done) => done > 0);
});

part("where there are only browser workers, the same is there and trains", async () => {
  await editor.stop();
  editor = await host.startVsCode({
    "extensions.webWorker": true,
    "remote.extensionKind": { "bottleneck.bottleneck": ["web"] },
  });
  page = editor.page;
  await openFile("noisy-digits.bottleneck");
  await lens("Preview").waitFor();
  await text().getByText("by kl").first().waitFor();
  await lens("Preview").click();
  await until("ten steps", steps, (done) => done >= 10);
  assert.deepEqual(editor.trainers(), [], "no process trains");
  // Files reach the server and the trainer through the editor.
  writeFileSync(join(editor.workspace, "base.bottleneck"), second);
  writeFileSync(join(editor.workspace, "family.bottleneck"), extending);
  await openFile("family.bottleneck");
  await lens("Preview").click();
  await page.locator(".tab", { hasText: "Third (preview)" }).waitFor();
  await until("the run", steps, (done) => done > 0);
  assert.equal(await page.locator(".squiggly-error").count(), 0);
});
