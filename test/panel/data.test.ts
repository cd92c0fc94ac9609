/** The page of the data: when it asks for them, and what it shows. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { browser, pictures, skip } from "./browser";
import { described } from "./described";
import { openPanel, type PanelPage, soon } from "./page";
import { session, summary } from "./session";

const asked = ({ sent }: PanelPage): number =>
  sent.filter((message) => (message as { kind: string }).kind === "describe").length;

/** Waits until the page has asked this many times. */
const until = (panel: PanelPage, times: number): Promise<void> => soon(panel.page, () => asked(panel), times);

test("the data are asked for when they are shown, and again for another text", { skip }, async () => {
  const panel = await openPanel(browser);
  const { page } = panel;
  panel.send(session(300));
  await page.getByRole("tab", { name: "Data" }).waitFor();
  await page.waitForTimeout(100);
  assert.equal(asked(panel), 0);
  await page.getByRole("tab", { name: "Data" }).click();
  await page.getByText("Waiting for the data").waitFor();
  await until(panel, 1);
  panel.send([described()]);
  await page.getByRole("heading", { name: "Samples by split" }).waitFor();
  // The training that goes on changes nothing of the data.
  panel.send([{ kind: "rates", generation: 1, step: 301, rates: { Zx: [1], Zy: [2] } }]);
  await page.waitForTimeout(100);
  assert.equal(asked(panel), 1);
  panel.send([{ kind: "opened", generation: 2, summary, restarted: false }]);
  await until(panel, 2);
  // The same data as before stay in view meanwhile; others do not.
  await page.getByRole("heading", { name: "Samples by split" }).waitFor();
  const other = { ...summary, identity: { ...summary.identity, data: "other" } };
  panel.send([{ kind: "opened", generation: 3, summary: other, restarted: true }]);
  await page.getByText("Waiting for the data").waitFor();
  await until(panel, 3);
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

for (const { name, ...options } of [
  { name: "light", colorScheme: "light", width: 1280 },
  { name: "dark", colorScheme: "dark", width: 1280 },
  { name: "contrast", colorScheme: "dark", forcedColors: "active", width: 1280 },
  { name: "light-narrow", colorScheme: "light", width: 480 },
  { name: "dark-narrow", colorScheme: "dark", width: 480 },
] as const)
  test(`splits, streams, samples and what is not read (${name})`, { skip }, async () => {
    const panel = await openPanel(browser, { height: 1300, ...options });
    const { page } = panel;
    panel.send([
      ...session(620),
      {
        kind: "finding",
        generation: 1,
        step: 0,
        finding: {
          code: "outliers",
          about: "blood",
          severity: "warning",
          message: "Column 7 of `blood` is 90000 at sample 7.",
          fix: {
            kind: "transform",
            stream: "blood",
            transform: { by: "clip", between: { low: -8, high: 9 } },
          },
        },
      },
    ]);
    await page.getByRole("tab", { name: "Data" }).click();
    panel.send([described()]);
    const splits = page.getByRole("region", { name: "Samples by split" });
    await splits.getByRole("row", { name: "in no split 2,000" }).waitFor();
    const stream = (of: string) => page.getByRole("region", { name: of, exact: true });
    assert.match(await stream("X").innerText(), /modality, image\(28, 28\)[^]*shape\s+1 × 28 × 28/);
    assert.match(
      await stream("X").innerText(),
      /range\s+0 to 1[^]*mean\s+0\.1307, standard deviation 0\.3081/,
    );
    assert.equal(await stream("X").getByRole("img", { name: "8 samples of X, held-out samples" }).count(), 1);
    const histogram = stream("X").getByRole("img", { name: "histogram of X from 0 to 1: 800 40 30" });
    assert.equal(await histogram.locator("span").count(), 20);
    assert.equal(await histogram.locator("span").last().getAttribute("title"), "0.95 to 1: 120 values");
    const heights = await histogram
      .locator("span")
      .evaluateAll((bars) => bars.map((bar) => (bar as HTMLElement).style.height));
    assert.deepEqual([heights[0], heights.at(-1)], ["100%", "15%"]);
    const blood = await stream("blood").innerText();
    assert.match(blood, /absent from\s+1,490 samples/);
    assert.match(await stream("tissue").innerText(), /unknown in\s+8 samples/);
    assert.doesNotMatch(await stream("X").innerText(), /absent from|unknown in/);
    assert.match(blood, /missing\s+17 numbers[^]*fill\s+17 missing numbers filled/);
    assert.match(
      blood,
      /never vary\s+columns? analyte_0, analyte_2, analyte_3, (?:analyte_\d+, ){6}analyte_11 and 2 more/,
    );
    assert.match(blood, /far from all others\s+.*column analyte_7/);
    await stream("blood").getByText("Columns", { exact: true }).click();
    await stream("blood")
      .getByRole("row", { name: /^analyte_7 .*−3.25 0.5 90000 0.7$/ })
      .waitFor();
    const own = stream("blood").getByRole("img", {
      name: /^histogram of analyte_3 from −3.25 to 4: 0 100 200 /,
    });
    assert.equal(await own.locator("span").count(), 20);
    await stream("tissue").getByRole("row", { name: "1 skin 2,100 300 290" }).waitFor();
    assert.match(await stream("caption").innerText(), /words\s+2 to 8 in a sample[^]*mean\s+5\.25/);
    assert.match(await stream("other").innerText(), /made from\s+X by augment, as batches are drawn/);
    await page.getByRole("region", { name: "Not read" }).getByText("it contains 40 different").waitFor();
    // A finding of the data is above the page, with its fix.
    const apply = page.getByRole("status", { name: "Findings" }).getByRole("button", { name: /clip/ });
    await apply.click();
    // The page may ask for its data between.
    const kinds = (): string[] =>
      panel.sent.map((message) => (message as { kind: string }).kind).filter((kind) => kind !== "describe");
    await soon(page, () => kinds().at(-1), "write");
    await page.screenshot({ path: join(pictures, `data-${name}.png`), fullPage: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });
