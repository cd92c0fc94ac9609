/** The page of the codes: what it asks for, and what it shows of the answers. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { browser, pictures, skip } from "./browser";
import { across, answered, codeMap, openedSample, rows, traversal } from "./inspected";
import { openPanel, type PanelPage, soon } from "./page";
import { session } from "./session";

const looks = [
  { name: "light", colorScheme: "light", width: 1280 },
  { name: "dark", colorScheme: "dark", width: 1280 },
  { name: "contrast", colorScheme: "dark", forcedColors: "active", width: 1280 },
  { name: "light-narrow", colorScheme: "light", width: 480 },
  { name: "dark-narrow", colorScheme: "dark", width: 480 },
  { name: "contrast-narrow", colorScheme: "dark", forcedColors: "active", width: 480 },
] as const;

/** What has been asked of the map and of its samples, oldest first. */
const questions = ({ sent }: PanelPage, kinds = ["map", "sample"]): unknown[] =>
  sent.flatMap((message) => {
    const { kind, question } = message as { kind: string; question?: { kind: string } };
    return kind === "inspect" && kinds.includes(question!.kind) ? [question] : [];
  });

/** Waits until the page has asked this many times. */
async function asked(panel: PanelPage, times: number): Promise<unknown[]> {
  await soon(panel.page, () => questions(panel).length >= times, true);
  return questions(panel);
}

async function openCodes(options: Parameters<typeof openPanel>[1], step = 620): Promise<PanelPage> {
  const panel = await openPanel(browser, options);
  panel.send(session(step));
  await panel.page.getByRole("tab", { name: "Codes" }).click();
  await panel.page.getByRole("heading", { name: "Map of a code" }).waitFor();
  return panel;
}

test("a map is asked for while it is shown, once for each answer", { skip }, async () => {
  const panel = await openCodes({}, 300);
  const { page } = panel;
  assert.deepEqual(await asked(panel, 1), [{ kind: "map", code: "Zx" }]);
  await page.waitForTimeout(100);
  // Without an answer it does not ask again, whatever else it hears.
  panel.send([{ kind: "rates", generation: 1, step: 301, rates: { Zx: [1], Zy: [2] } }]);
  await page.waitForTimeout(100);
  assert.equal(questions(panel).length, 1);
  panel.send([answered(codeMap("Zx", 300))]);
  await page.getByText("The picture shows 83 % of the variance of the means").waitFor();
  assert.equal((await asked(panel, 2)).length, 2);
  // The same weights again: nothing more to ask.
  panel.send([answered(codeMap("Zx", 300))]);
  await page.waitForTimeout(100);
  assert.equal(questions(panel).length, 2);
  panel.send([{ kind: "phase", generation: 1, phase: "finished" }]);
  assert.equal((await asked(panel, 3)).length, 3);
  const card = page.getByRole("region", { name: "Map of a code" });
  await card.getByRole("combobox", { name: "code" }).selectOption("Zy");
  assert.deepEqual((await asked(panel, 4)).at(-1), { kind: "map", code: "Zy" });
  await page.getByText("Waiting for the codes").waitFor();
  panel.send([answered(codeMap("Zy"))]);
  await page.getByRole("application", { name: "Map of Zy: 90 samples" }).waitFor();
  const before = (await asked(panel, 5)).length;
  // No view, no question.
  await page.getByRole("tab", { name: "Preview" }).click();
  panel.send([answered(codeMap("Zy", 640)), { kind: "phase", generation: 1, phase: "paused" }]);
  await page.waitForTimeout(100);
  assert.equal(questions(panel).length, before);
  // What was chosen is still chosen.
  await page.getByRole("tab", { name: "Codes" }).click();
  await page.getByRole("application", { name: "Map of Zy: 90 samples" }).waitFor();
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

for (const { name, ...options } of looks)
  test(`a sample is opened from the map, by a click and by keys (${name})`, { skip }, async () => {
    const panel = await openCodes({ height: 1300, ...options });
    const { page } = panel;
    panel.send([answered(codeMap("Zx"))]);
    const map = page.getByRole("application", { name: "Map of Zx: 90 samples" });
    await map.locator("circle").nth(4).click();
    await soon(page, () => questions(panel).at(-1), { kind: "sample", code: "Zx", row: rows[4] });
    panel.send([answered(openedSample("Zx", rows[4]!))]);
    const opened = page.getByRole("region", { name: `Row ${rows[4]} of the data` });
    await opened.getByRole("row", { name: "digit 1 1 ✓ 7 ✗" }).waitFor();
    // A neighbour is opened in its place.
    await opened
      .getByRole("button", { name: /digit 1/ })
      .first()
      .click();
    await soon(page, () => questions(panel).at(-1), { kind: "sample", code: "Zx", row: 8001 });
    panel.send([answered(openedSample("Zx", 8001))]);
    await page.getByRole("region", { name: "Row 8001 of the data" }).waitFor();
    // Keys: from the sample that is open to the next one to the right, which Enter opens.
    await map.focus();
    await page.keyboard.press("ArrowRight");
    const told = (await page.locator(".pointed-at").innerText()).match(/^Row ([\d,]+) · digit \d · angle/);
    const reached = Number(told![1]!.replace(",", ""));
    const { x } = codeMap("Zx");
    assert.ok(x[rows.indexOf(reached)]! > x[1]!, `${reached} is to the right`);
    await page.keyboard.press("Enter");
    await soon(page, () => questions(panel).at(-1), { kind: "sample", code: "Zx", row: reached });
    panel.send([answered(openedSample("Zx", reached))]);
    await page.getByRole("region", { name: `Row ${reached} of the data` }).waitFor();
    // One class stands out.
    await page.getByRole("button", { name: "2", exact: true }).click();
    assert.equal(await map.locator("circle:not(.faint)").count(), 30);
    await page.getByRole("button", { name: "2", exact: true }).click();
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(pictures, `codes-${name}.png`), fullPage: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });

for (const { name, ...options } of looks)
  test(`coordinates are shown over their ranges, and streams from others (${name})`, { skip }, async () => {
    const panel = await openCodes({ height: 1500, ...options });
    const { page } = panel;
    await soon(page, () => questions(panel, ["traversal", "across"]), [
      { kind: "traversal", code: "Zx" },
      { kind: "across" },
    ]);
    const explained = (coordinate: number, value: number) => ({
      id: "coordinate",
      code: "Zx",
      factor: "angle",
      coordinate,
      value,
      low: value - 0.1,
      high: value + 0.1,
      unit: "R2" as const,
      chance: 0,
    });
    panel.send([
      answered(codeMap("Zx")),
      answered(traversal("Zx")),
      answered(across()),
      { kind: "rates", generation: 1, step: 620, rates: { Zx: [0.2, 1.5, 0, 0.7, 0, 0, 0, 0], Zy: [1] } },
      {
        kind: "measurements",
        generation: 1,
        step: 620,
        measurements: [explained(1, 0.61), explained(3, 0.04)],
      },
    ]);
    const card = page.getByRole("region", { name: "Coordinates" });
    await card.getByText("follows angle: R² 0.61").waitFor();
    // By rate; what explains no more than chance is not named.
    assert.deepEqual(await card.getByRole("heading", { level: 3 }).allInnerTexts(), [
      "Coordinate 1",
      "Coordinate 3",
      "Coordinate 0",
      "Coordinate 2",
    ]);
    assert.equal(await card.getByText("follows no factor alone").count(), 3);
    const slider = card.getByRole("slider", { name: "Value of coordinate 3" });
    await card.getByText("word 3-4").waitFor();
    await slider.focus();
    await slider.press("ArrowRight");
    await card.getByText("word 3-5").waitFor();
    assert.equal(await slider.getAttribute("aria-valuetext"), "0.50");
    await card.getByText("word 1-4").waitFor();
    const other = page.getByRole("region", { name: "Decoded from elsewhere" });
    await other.getByText("Zx inferred from X alone, Wy drawn from the prior.").waitFor();
    await other.getByText("9 (0.51)").waitFor();
    await other.getByText("Y cannot be drawn from a prior: no term holds Wy to one.").waitFor();
    await page.screenshot({ path: join(pictures, `traversal-${name}.png`), fullPage: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });
