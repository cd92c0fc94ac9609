/** The panel with eight codes and nine factors: nothing overlaps, and nothing is wider than its window. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { FromHost, MeasuredValue, SpecSummary, TermSummary } from "../../core/train/protocol";
import { browser, pictures, skip } from "./browser";
import { openPanel } from "./page";
import { session, summary } from "./session";

const streams = ["photograph", "recording", "caption_in_english", "gene_expression"];
const codes = streams.flatMap((stream) => [`Shared_${stream}`, `Private_${stream}`]);
const factors = [
  "digit",
  "speaker",
  "background_of_the_picture",
  "angle",
  "scale",
  "loudness",
  "length_of_the_caption",
  "batch",
  "outcome",
];

const termOf = (id: string, side: TermSummary["side"], from: TermSummary): TermSummary => {
  const [left, right] = id.slice(2, -1).split("; ") as [string, string];
  return { ...from, id, text: id, side, left: [left], right: right.split(", ") };
};
const [rate, , link, decoded] = summary.terms as [TermSummary, TermSummary, TermSummary, TermSummary];

const large: SpecSummary = {
  ...summary,
  name: "EverythingAtOnce",
  streams: [
    ...streams.map((name) => ({ name, role: "modality" as const, kind: "vector", sizes: [64] })),
    ...factors.map((name, i) => ({
      name,
      role: "observe" as const,
      kind: i % 2 ? "scalar" : "label",
      sizes: i % 2 ? [] : [10],
    })),
  ],
  latents: codes.map((name, i) => ({
    name,
    law: "gaussian",
    deterministic: false,
    size: 8,
    from: [streams[i >> 1]!],
  })),
  terms: [
    ...codes.map((code, i) => termOf(`I(${streams[i >> 1]}; ${code})`, "compress", rate)),
    ...streams.slice(1).map((_, i) => termOf(`I(${codes[0]}; ${codes[2 * i + 2]})`, "keep", link)),
    ...streams.map((stream, i) =>
      termOf(`I(${stream}; ${codes[2 * i]}, ${codes[2 * i + 1]})`, "keep", decoded),
    ),
  ],
};

function messages(): FromHost[] {
  const measured: MeasuredValue[] = codes.flatMap((code, c) =>
    factors.flatMap((factor, f): MeasuredValue[] => {
      const value = 0.1 + 0.8 * Math.abs(Math.sin(3 * c + f));
      const around = { code, factor, value, low: value - 0.05, high: value + 0.05 };
      const scored =
        f % 2
          ? { id: "r2", unit: "R2" as const, chance: 0 }
          : { id: "accuracy", unit: "share" as const, chance: 0.1 };
      return [
        { ...around, ...scored },
        { ...around, id: "information", unit: "nats" },
        { ...around, id: "information-lost", unit: "nats" },
      ];
    }),
  );
  const whole = (id: string, factor: string, value: number, f: number): MeasuredValue => ({
    id,
    factor,
    value,
    low: value - 0.1,
    high: f % 2 ? null : value + 0.1,
    unit: "nats",
  });
  const all = factors.flatMap((factor, f) => [
    whole("information-of-all", factor, 1.4, f),
    whole("information-of-streams", factor, 2.1, f),
    whole("information-discarded", factor, 0.2 + f / 10, f),
  ]);
  const [welcome, ...others] = session(620);
  return [
    welcome!,
    { kind: "opened", generation: 1, summary: large, restarted: true },
    ...others.filter(({ kind }) => ["phase", "progress", "samples"].includes(kind)),
    {
      kind: "rates",
      generation: 1,
      step: 620,
      rates: Object.fromEntries(
        codes.map((code, i) => [code, [2, 1.5, 1, 0.5, 0.2, 0.1, 0, 0].map((r) => (r * (i + 1)) / 5)]),
      ),
    },
    { kind: "measurements", generation: 1, step: 620, measurements: [...measured, ...all] },
    {
      kind: "verdicts",
      generation: 1,
      step: 620,
      verdicts: [],
      confusions: [],
      sentence:
        "Shared_photograph, Shared_recording and 2 more keep digit (0.83; chance 0.10). No code keeps batch. And 14 more.",
    },
  ];
}

const looks = [
  { name: "light", colorScheme: "light", width: 1280 },
  { name: "dark-narrow", colorScheme: "dark", width: 480 },
  { name: "contrast-narrow", colorScheme: "dark", forcedColors: "active", width: 480 },
  { name: "middle", colorScheme: "light", width: 720 },
] as const;

for (const { name, ...options } of looks)
  test(`eight codes and nine factors are readable (${name})`, { skip }, async () => {
    const panel = await openPanel(browser, options);
    const { page } = panel;
    panel.send(messages());
    await page.getByText("and 5 more, in the table below").waitFor();
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(pictures, `many-${name}.png`), fullPage: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
    // No two texts of the drawing, and no two cells of a table, are over each other.
    const over: string[] = [];
    for (const selector of [".flow text", ".kept thead th", ".kept tbody tr:first-child td .value"]) {
      const all = await page.locator(selector).all();
      const boxes = await Promise.all(
        all.map(async (one) => ({ text: await one.textContent(), box: await one.boundingBox() })),
      );
      boxes.forEach((a, i) =>
        boxes.slice(i + 1).forEach((b) => {
          if (a.box === null || b.box === null) return;
          const across = Math.min(a.box.x + a.box.width, b.box.x + b.box.width) - Math.max(a.box.x, b.box.x);
          const down = Math.min(a.box.y + a.box.height, b.box.y + b.box.height) - Math.max(a.box.y, b.box.y);
          if (across > 1 && down > 2) over.push(`${a.text} over ${b.text}`);
        }),
      );
    }
    assert.deepEqual(over, []);
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });
