import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import type { FromEditor } from "../../core/train/page-protocol";
import { tableOf } from "../../services/table";
import { step } from "../../webview/views/table/step";
import { browser, pictures, skip } from "./browser";
import { openPanel, type PanelPage, soon } from "./page";
import { session } from "./session";

const examples = join(import.meta.dirname, "..", "..", "examples");

/** The table as an editor answers it, with an example open. */
const answer = (example: string): Extract<FromEditor, { kind: "table" }> => ({
  kind: "table",
  table: tableOf(analyse(readFileSync(join(examples, `${example}.bottleneck`), "utf8")), undefined),
});

const tile = ({ page }: PanelPage, file: string) => page.locator(`button[data-file="${file}"]`);
const kinds = ({ sent }: PanelPage): string[] => sent.map((message) => (message as { kind: string }).kind);
const focused = ({ page }: PanelPage): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement as HTMLElement).dataset["file"]);

async function openTable(
  options: Parameters<typeof openPanel>[1] = {},
  example = "noisy-digits",
): Promise<PanelPage> {
  const panel = await openPanel(browser, options);
  panel.send([...session(300), answer(example)]);
  await panel.page.getByRole("tab", { name: "Periodic table" }).click();
  await panel.page.locator(".elements").waitFor();
  return panel;
}

const looks = [
  { name: "light", colorScheme: "light" },
  { name: "dark", colorScheme: "dark" },
  { name: "contrast", colorScheme: "dark", forcedColors: "active" },
  { name: "beside", colorScheme: "light", width: 900 },
  { name: "narrow", colorScheme: "dark", width: 480 },
] as const;

for (const { name, ...options } of looks)
  test(
    `the periodic table shows every method, and the open spec in its cell (${name})`,
    { skip },
    async () => {
      const panel = await openTable(options);
      await panel.page.screenshot({ path: join(pictures, `table-${name}.png`) });
      const { table } = answer("noisy-digits");
      assert.equal(await panel.page.locator("button.tile").count(), table.methods.length);
      assert.equal(await panel.page.locator("td.here .tile.own").count(), 1);
      assert.equal(await panel.page.locator("td.here button[data-file='dvsib']").count(), 1);
      const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
      assert.deepEqual(panel.errors, []);
      await panel.close();
    },
  );

test("the table is asked for when it is shown, and again when the text has changed", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300));
  await panel.page.getByRole("tab", { name: "Periodic table" }).waitFor();
  assert.ok(!kinds(panel).includes("table"));
  await panel.page.getByRole("tab", { name: "Periodic table" }).click();
  await panel.page.waitForTimeout(50);
  assert.equal(kinds(panel).filter((kind) => kind === "table").length, 1);
  panel.send(session(300, 2));
  await panel.page.waitForTimeout(100);
  assert.equal(kinds(panel).filter((kind) => kind === "table").length, 2);
  await panel.close();
});

test(
  "a spec that is a published method lights that method, and says which are one change away",
  { skip },
  async () => {
    const panel = await openTable({}, "vib");
    assert.match((await tile(panel, "dvib").getAttribute("class"))!, /\bsame\b/);
    assert.equal(await panel.page.locator(".tile.own").count(), 0);
    assert.match((await tile(panel, "supervised").getAttribute("class"))!, /\bneighbour\b/);
    assert.match(
      (await tile(panel, "supervised").getAttribute("aria-label"))!,
      /one change from .*: Z with noise/,
    );
    await panel.page.locator("aside").getByRole("button", { name: "supervised cross-entropy" }).click();
    await panel.page.locator("aside").getByText("differs by one change: Z with noise.").waitFor();
    await panel.close();
  },
);

test("search and filters leave what passes, each in its place", { skip }, async () => {
  const panel = await openTable();
  const open = panel.page.locator("button.tile:not(:disabled)");
  const all = await open.count();
  await panel.page.getByRole("searchbox").fill("abdelaleem link");
  await panel.page.waitForTimeout(30);
  const some = await open.count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  assert.ok(await tile(panel, "dvsib").isEnabled());
  await panel.page.getByRole("searchbox").fill("");
  await panel.page.getByRole("button", { name: "private codes", exact: true }).click();
  await panel.page.waitForTimeout(30);
  assert.ok(await tile(panel, "dvsib-private").isEnabled());
  assert.ok(!(await tile(panel, "dvsib").isEnabled()));
  assert.match(await panel.page.getByRole("status").last().innerText(), /^\d+ of \d+$/);
  assert.equal(await panel.page.locator("button.tile").count(), all);
  await panel.close();
});

test(
  "the keyboard goes everywhere: from the search into the table, along it, and into a method",
  { skip },
  async () => {
    const panel = await openTable();
    await panel.page.getByRole("searchbox").focus();
    await panel.page.keyboard.press("Enter");
    assert.equal(await focused(panel), "dvsib", "the nearest method comes first");
    await panel.page.locator("aside").getByRole("heading", { name: "DVSIB" }).waitFor();
    await panel.page.keyboard.press("ArrowLeft");
    assert.equal(await focused(panel), "dysib");
    await panel.page.keyboard.press("ArrowUp");
    assert.equal(await focused(panel), "mib");
    assert.equal(await panel.page.locator("aside math").count(), 1);
    await panel.page.keyboard.press("Enter");
    await panel.page.locator("aside").getByText("spec MIB").waitFor();
    assert.ok(!kinds(panel).includes("openText"), "there is no editor to open it in");
    await panel.page.keyboard.press("Escape");
    await panel.page.keyboard.press("Home");
    assert.equal(await focused(panel), "ae");
    assert.equal(await panel.page.locator("button.tile[tabindex='0']").count(), 1);
    await panel.close();
  },
);

test("in an editor, a click opens the method as a spec", { skip }, async () => {
  const panel = await openPanel(browser, { editor: true, alone: "table" });
  await soon(panel.page, () => panel.sent, [{ kind: "table" }]);
  panel.send([{ kind: "table", table: tableOf(undefined, undefined) }]);
  await tile(panel, "dvsib").click();
  await soon(panel.page, () => (panel.sent.at(-1) as { kind: string }).kind, "openText");
  const opened = panel.sent.at(-1) as { kind: string; text: string };
  assert.match(opened.text, /spec DVSIB/);
  assert.equal(await panel.page.locator("td.here").count(), 0);
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

test("an arrow leads to the nearest tile ahead, rather than askew", () => {
  const spots = [
    { x: 0, y: 0 },
    { x: 60, y: 0 },
    { x: 200, y: 0 },
    { x: 62, y: 70 },
    { x: 0, y: 140 },
  ];
  assert.equal(step(spots[0]!, spots, "ArrowRight"), 1);
  assert.equal(step(spots[1]!, spots, "ArrowRight"), 2);
  assert.equal(step(spots[1]!, spots, "ArrowDown"), 3);
  assert.equal(step(spots[0]!, spots, "ArrowDown"), 4);
  assert.equal(step(spots[0]!, spots, "ArrowUp"), undefined);
});

for (const width of [1280, 900, 480])
  test(`pointing at a method moves nothing (${width} px)`, { skip }, async () => {
    const panel = await openTable({ width });
    const { page } = panel;
    // Without a spec of its own the card has little to say until a method is shown.
    panel.send([{ kind: "table", table: tableOf(undefined, undefined) }]);
    // Where the tab was pressed, a narrow page may have a tile now.
    await page.mouse.move(1, 1);
    await page.getByText("How to read it").waitFor();
    // Whatever moves under a pointer at rest can leave it and come back, many times a second.
    const places = (file: string): Promise<string> =>
      page.evaluate((file) => {
        const { x, y, width, height } = document
          .querySelector(`[data-file="${file}"]`)!
          .getBoundingClientRect();
        const { top, bottom } = document.querySelector("aside")!.getBoundingClientRect();
        return JSON.stringify({ x, y, width, height, top, bottom, page: document.body.scrollHeight });
      }, file);
    for (const file of ["dvsib", "mib", "beta-vae", "clip"]) {
      await tile(panel, file).scrollIntoViewIfNeeded();
      await page.mouse.move(1, 1);
      await page.waitForTimeout(250);
      const before = await places(file);
      await tile(panel, file).hover();
      await page.locator("aside dl").waitFor();
      await page.waitForTimeout(250);
      assert.equal(await places(file), before, file);
    }
    await panel.close();
  });
