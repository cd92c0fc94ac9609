/** Films that move and recordings that are heard, on the pages of the data, the codes and the preview; and the page a reload keeps. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Pictures } from "../../core/train/shown";
import { browser, pictures, skip } from "./browser";
import { described } from "./described";
import { answered, codeMap, openedSample, rows } from "./inspected";
import { openPanel, type PanelPage } from "./page";
import { session } from "./session";

/** A square that goes right: frame by frame, four of them. */
function film(stream: string, count: number): Pictures {
  const original = new Uint8Array(count * 4 * 16 * 16).fill(30);
  for (let at = 0; at < count * 4; at++)
    for (let y = 6; y < 10; y++)
      for (let x = 0; x < 4; x++) original[(at * 16 + y) * 16 + 4 * (at % 4) + x] = 255;
  const all = { kind: "pictures", stream, count, height: 64, width: 16, channels: 1, frames: 4 } as const;
  return { ...all, original, reconstruction: original.map((byte) => 255 - byte) };
}

/** Tones of a tenth of a second, a sample higher than the one before. */
function recordings(stream: string, count: number): Pictures {
  const [rate, length] = [8000, 800];
  const bytes = new DataView(new ArrayBuffer(2 * count * length));
  for (let i = 0; i < count * length; i++)
    bytes.setInt16(
      2 * i,
      9000 * Math.sin((2 * Math.PI * (300 + 200 * Math.floor(i / length)) * i) / rate),
      true,
    );
  const sound = { rate, original: new Uint8Array(bytes.buffer) };
  const original = Uint8Array.from({ length: count * 100 }, (_, i) => 128 + 100 * Math.sin(i / 3));
  return { kind: "pictures", stream, count, height: 1, width: 100, channels: 1, original, sound };
}

async function opened(options: Parameters<typeof openPanel>[1]): Promise<PanelPage> {
  const panel = await openPanel(browser, { height: 1300, ...options });
  panel.send([
    ...session(620),
    { kind: "samples", generation: 1, step: 620, samples: [film("X", 4), recordings("Y", 4)] },
  ]);
  return panel;
}

/** The first pixel row of the middle of a canvas, as grey values. */
const middle = (panel: PanelPage, name: RegExp): Promise<number[]> =>
  panel.page
    .getByRole("img", { name })
    .first()
    .evaluate((canvas) => {
      const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 8, 16, 1);
      return Array.from({ length: 16 }, (_, x) => data[4 * x]!);
    });

for (const { name, ...options } of [
  { name: "light", colorScheme: "light", width: 1100 },
  { name: "dark", colorScheme: "dark", width: 1100 },
  { name: "contrast", colorScheme: "dark", forcedColors: "active", width: 1100 },
  { name: "light-narrow", colorScheme: "light", width: 480 },
] as const)
  test(
    `a film plays, stops by itself and goes to any frame; recordings have a button each (${name})`,
    { skip },
    async () => {
      const panel = await opened(options);
      const { page } = panel;
      // What is played, without a device that would play it.
      await page.evaluate(() => {
        const heard: [number, number][] = [];
        AudioBufferSourceNode.prototype.start = function (this: AudioBufferSourceNode) {
          heard.push([this.buffer!.length, this.buffer!.sampleRate]);
        };
        AudioBufferSourceNode.prototype.stop = () => undefined;
        Object.assign(window, { heard });
      });
      const square = (at: number): number[] =>
        Array.from({ length: 16 }, (_, x) => (Math.floor(x / 4) === at ? 255 : 30));
      assert.deepEqual(await middle(panel, /^4 samples of X, original, frame 1 of 4$/), square(0));
      await page.getByRole("slider", { name: "Frame of X, original" }).fill("3");
      assert.deepEqual(await middle(panel, /X, original, frame 3 of 4$/), square(2));
      const shown = await page.getByRole("img", { name: /X, original, frame/ }).evaluateHandle((canvas) => {
        const labels: (string | null)[] = [];
        new MutationObserver(() => labels.push(canvas.getAttribute("aria-label"))).observe(canvas, {
          attributeFilter: ["aria-label"],
        });
        return labels;
      });
      await page.getByRole("button", { name: "Play X, original" }).click();
      await page.getByRole("button", { name: "Stop X, original" }).waitFor();
      // Three times through, then it stands still.
      await page.getByRole("button", { name: "Play X, original" }).waitFor();
      const frames = (await shown.jsonValue()).map((label) => Number(/frame (\d)/.exec(label!)![1]));
      assert.deepEqual(frames, [4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3]);
      await page.getByRole("button", { name: "Play sample 2 of Y, original" }).click();
      assert.deepEqual(await page.evaluate(() => (window as unknown as { heard: unknown }).heard), [
        [800, 8000],
      ]);
      await page.screenshot({ path: join(pictures, `playing-preview-${name}.png`), fullPage: true });

      await page.getByRole("tab", { name: "Data" }).click();
      panel.send([described()]);
      await page.getByRole("button", { name: "Play X, held-out samples" }).waitFor();
      await page.screenshot({ path: join(pictures, `playing-data-${name}.png`), fullPage: true });

      await page.getByRole("tab", { name: "Codes" }).click();
      panel.send([answered(codeMap("Zx"))]);
      const map = page.getByRole("application", { name: /Map of Zx/ });
      await map.locator("circle").nth(4).click();
      panel.send([
        answered({ ...openedSample("Zx", rows[4]!), samples: [film("X", 1), recordings("Y", 1)] }),
      ]);
      await page.getByRole("button", { name: "Play X, from the codes" }).waitFor();
      await page.getByRole("button", { name: "Play Y, original" }).click();
      assert.equal(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard.length), 2);
      await page.screenshot({ path: join(pictures, `playing-codes-${name}.png`), fullPage: true });
      const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(width <= 0, `the page is ${width} px too wide`);
      assert.deepEqual(panel.errors, []);
      await panel.close();
    },
  );

test("a page that is loaded anew shows the page that it showed", { skip }, async () => {
  const panel = await openPanel(browser);
  const { page } = panel;
  panel.send(session(620));
  await page.getByRole("tab", { name: "Codes" }).click();
  await page.getByRole("heading", { name: "Map of a code" }).waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem("bottleneck-shown")), "codes");
  await panel.close();
});

test("in an editor the page is kept beside what brings the panel back", { skip }, async () => {
  const panel = await openPanel(browser, { editor: true });
  const { page } = panel;
  panel.send(session(620));
  await page.getByRole("tab", { name: "Data" }).click();
  await page.getByText("Waiting for the data").waitFor();
  const kept = (): Promise<unknown> =>
    page.evaluate(() => JSON.parse(sessionStorage.getItem("editor state")!));
  assert.deepEqual(await kept(), { page: "data" });
  // The window loads anew: the editor hands the page what it kept.
  await page.reload();
  panel.send(session(620));
  await page.getByText("Waiting for the data").waitFor();
  assert.equal(await page.getByRole("tab", { name: "Data" }).getAttribute("aria-selected"), "true");
  await panel.close();
});
