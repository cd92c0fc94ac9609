/** The page of studies: what it asks for, and how it shows an answer. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { OfferedStudy, StudyView } from "../../core/train/study-protocol";
import type { ShowPage } from "../../webview/page";
import { browser, pictures, skip } from "./browser";
import { openPanel, type PanelPage, soon } from "./page";
import { session } from "./session";

const studies: OfferedStudy[] = [
  {
    id: "sweep",
    question: "Which value of the knob?",
    doc: "Trains at many values.",
    options: [
      { name: "points", value: "N", doc: "number of values; implied by --quick" },
      { name: "quick", doc: "few values" },
    ],
  },
];
/** Rows of a picture, more than a picture of numbers is high. */
const NAMES = Array.from({ length: 20 }, (_, i) => `label-noise-${i}: the digit`);
const answered: StudyView = {
  id: "sweep",
  options: { points: "3" },
  answer: {
    sentence: "Suggested: beta = 8.",
    table: {
      columns: [
        { name: "beta", title: "beta", doc: "Value of the knob." },
        { name: "kept", title: "I(Zx; Zy)", doc: "Nats." },
      ],
      rows: [
        ["2", "\u22120.10"],
        ["8", 'a "b", c'],
      ],
    },
    pictures: [
      {
        id: "kept",
        title: "Nats kept against beta",
        x: { title: "beta", log: true },
        y: { title: "nats", log: false },
        series: [
          {
            name: "turned up",
            style: "line",
            points: [1, 2, 4, 8, 16].map((x) => ({ x, y: 1, knobs: { beta: x } })),
          },
        ],
        marks: [{ x: 4, text: "elbow", from: "measured" }],
      },
      {
        id: "tests",
        title: "What each test does",
        x: { title: "accuracy", log: false },
        y: { title: "test: factor", log: false, names: NAMES },
        series: [
          {
            name: "after, its interval (all together hold with 95 %)",
            style: "intervals",
            points: NAMES.flatMap((_, y) => [0.2, 0.4].map((x) => ({ x: x + y / 40, y }))),
          },
          { name: "as the design is", style: "points", points: NAMES.map((_, y) => ({ x: 0.9, y })) },
          {
            name: "after the change",
            style: "points",
            points: NAMES.map((_, y) => ({ x: 0.3 + y / 40, y })),
          },
        ],
        marks: [],
      },
    ],
  },
};

async function openStudies(options: Parameters<typeof openPanel>[1], refused?: string): Promise<PanelPage> {
  const panel = await openPanel(browser, options);
  panel.send(session(300));
  await panel.page.getByRole("tab", { name: "Studies" }).click();
  panel.send([{ kind: "studies", studies, ...(refused !== undefined && { refused }) }]);
  await panel.page.getByText("Trains at many values.").waitFor();
  return panel;
}

test("a study is started with its options, shows how far it is and can be stopped", { skip }, async () => {
  const panel = await openStudies({});
  const { page, sent } = panel;
  assert.ok(sent.some((message) => (message as { kind: string }).kind === "studies"));
  await page.getByText("number of values; implied by quick").waitFor();
  const quick = page.getByRole("checkbox", { name: "quick", exact: true });
  await quick.check();
  await page.getByRole("button", { name: "Run study" }).click();
  await soon(page, () => sent.at(-1), { kind: "startStudy", id: "sweep", options: { quick: "yes" } });
  await quick.uncheck();
  await page.getByRole("textbox", { name: "points", exact: true }).fill("3");
  await page.getByRole("button", { name: "Run study" }).click();
  panel.send([
    {
      kind: "study",
      view: { id: "sweep", options: { points: "3" }, progress: { done: 2, asked: 8, secondsLeft: 5.2 } },
    },
  ]);
  await page.getByText("2 of 8 trainings, about 6 s left").waitFor();
  assert.deepEqual(sent.at(-1), { kind: "startStudy", id: "sweep", options: { quick: "", points: "3" } });
  await page.getByRole("button", { name: "Stop" }).click();
  panel.send([{ kind: "study", view: { id: "sweep", options: { points: "3" }, problem: "Stopped." } }]);
  await page.getByText("Stopped.").waitFor();
  assert.deepEqual(sent.at(-1), { kind: "stopStudy" });
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

test(
  "an answer has its sentence, picture and table; a click on a point sets the knob; both are saved",
  { skip },
  async () => {
    const panel = await openStudies({});
    const { page, sent } = panel;
    panel.send([{ kind: "study", view: answered }]);
    await page.getByText("Suggested: beta = 8.").waitFor();
    assert.ok(await page.getByRole("columnheader", { name: "I(Zx; Zy)" }).isVisible());
    const canvas = page.getByRole("img", { name: /Nats kept against beta/ });
    await canvas.scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
    const box = (await canvas.boundingBox())!;
    // The points lie on one line across the middle: somewhere along it there is one.
    for (let share = 0.1; share < 1 && !clicked(sent); share += 0.02)
      for (const height of [0.15, 0.19, 0.22, 0.25, 0.3, 0.34, 0.38, 0.42, 0.46, 0.5]) {
        await page.mouse.click(box.x + share * box.width, box.y + height * box.height);
        await page.waitForTimeout(5);
      }
    assert.ok(clicked(sent), "no click set the knob");
    const saved = async (button: string, at = 0): Promise<string> => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: button }).nth(at).click(),
      ]);
      return readFile(await file.path(), "utf8");
    };
    assert.equal(await saved("Save as CSV"), 'beta,I(Zx; Zy)\r\n2,-0.10\r\n8,"a ""b"", c"\r\n');
    assert.match(await saved("Save as SVG"), /^<svg [^]*Nats kept against beta[^]*elbow[^]*<\/svg>$/);
    const rows = page.getByRole("img", { name: /What each test does/ });
    assert.ok((await rows.boundingBox())!.height >= 18 * NAMES.length, "a row for each name");
    assert.match(
      await saved("Save as SVG", 1),
      /label-noise-0: the digit<\/text>[^]*label-noise-19: the digit<\/text>/,
    );
    assert.deepEqual(panel.errors, []);
    await panel.close();
  },
);

const clicked = (sent: readonly unknown[]): boolean =>
  sent.some((message) => (message as { kind: string }).kind === "knob");

test("where studies are refused, none can be started and the reason is shown", { skip }, async () => {
  const reason = "Studies run only in a trusted workspace. Trust this workspace to run them.";
  const panel = await openStudies({}, reason);
  assert.ok(await panel.page.getByText(reason).isVisible());
  assert.ok(await panel.page.getByRole("button", { name: "Run study" }).isDisabled());
  await panel.close();
});

test("the editor turns the panel to its studies, before and after the spec is opened", { skip }, async () => {
  const panel = await openPanel(browser, { editor: true });
  const { page } = panel;
  const selected = (title: string) => page.getByRole("tab", { name: title, selected: true }).waitFor();
  const turn = (to: string) =>
    page.evaluate((id) => window.postMessage({ kind: "showPage", page: id } satisfies ShowPage), to);
  await turn("studies");
  panel.send(session(300));
  await selected("Studies");
  await page.getByRole("tab", { name: "Preview" }).click();
  await selected("Preview");
  await turn("studies");
  await selected("Studies");
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

for (const look of [
  { name: "light", colorScheme: "light" },
  { name: "dark", colorScheme: "dark" },
  { name: "contrast", colorScheme: "dark", forcedColors: "active" },
  { name: "narrow", colorScheme: "light", width: 400 },
] as const)
  test(`nothing is clipped: ${look.name}`, { skip }, async () => {
    const { name, ...options } = look;
    const panel = await openStudies(options);
    panel.send([{ kind: "study", view: answered }]);
    await panel.page.getByText("Suggested: beta = 8.").waitFor();
    await panel.page.screenshot({ path: join(pictures, `studies-${name}.png`), fullPage: true });
    assert.ok(
      await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      "wider than the window",
    );
    await panel.close();
  });
