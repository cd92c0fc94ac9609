/**
 * Seconds from a click on the lens "Preview" to the first pictures, and to the first reconstructions, in a real VS Code: a
 * trainer is started, its programs compiled, the panel loaded. `node --import tsx test/bench/picture.ts` writes PICTURE.md beside this file.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import type { Page } from "playwright-core";
import { root, startVsCode, unavailable } from "../editor/host";
import { median } from "./turns";

/** Examples, and whether they have a decoder of pictures. */
const EXAMPLES = { "noisy-digits": true, "beta-vae": true, vib: false, "dvcca-private": true };
/** How the labels of pictures end. */
const ORIGINAL = ", original";
const RECONSTRUCTION = ", from the codes";
/** Milliseconds in which a new window comes to rest. */
const REST = 25_000;
const ROUNDS = 7;
const LIMIT = 2;

const lack = unavailable();
if (lack !== undefined) throw new Error(`There is no VS Code to measure in: ${lack}.`);

interface Times {
  /** Held-out samples. */
  picture: number;
  /** What the codes let a decoder draw of them. */
  reconstruction: number;
}

/**
 * Notes in a page when a canvas so labelled has been drawn, by the clock: the driver of the browser hears of it some tenths
 * of a second later, more while training begins.
 */
function noteDrawn(labels: readonly string[]): void {
  const drawn: Record<string, number> = {};
  Object.assign(window, { drawn });
  setInterval(() => {
    for (const label of labels) {
      if (label in drawn || document.querySelector(`canvas[aria-label$="${label}"]`) === null) continue;
      drawn[label] = NaN;
      // The frame that it is in has been made when this is called.
      requestAnimationFrame(() => setTimeout(() => (drawn[label] = Date.now())));
    }
  }, 10);
}

/** One preview of the file that is open, which it closes again. */
async function firstPicture(page: Page, decodes: boolean): Promise<Times> {
  const lens = page.locator(".codelens-decoration a", { hasText: "Preview" }).first();
  await lens.waitFor();
  const started = Date.now();
  await lens.click();
  const panel = page.frameLocator("iframe.webview.ready:visible").last().frameLocator("#active-frame");
  const seen = async (label: string): Promise<number> => {
    const canvas = panel.locator(`canvas[aria-label$="${label}"]`).first();
    await canvas.waitFor();
    for (;;) {
      const at = await canvas.evaluate(
        (_, name) => (window as unknown as { drawn: Record<string, number> }).drawn[name]!,
        label,
      );
      if (!Number.isNaN(at)) return (at - started) / 1000;
    }
  };
  const picture = await seen(ORIGINAL);
  const reconstruction = decodes ? await seen(RECONSTRUCTION) : NaN;
  const tab = page.locator(".tab", { hasText: "(preview)" });
  await tab.click({ button: "middle" });
  await tab.waitFor({ state: "detached" });
  return { picture, reconstruction };
}

/** Starts an empty Node, as a measure of the machine. */
function emptyNode(): number {
  const started = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  return (performance.now() - started) / 1000;
}

async function main(): Promise<void> {
  const load = loadavg()[0]!;
  const packaged = spawnSync(process.execPath, ["scripts/package.mjs"], { cwd: root, encoding: "utf8" });
  if (packaged.status !== 0) throw new Error(packaged.stdout + packaged.stderr);
  const editor = await startVsCode();
  await editor.page.addInitScript(noteDrawn, [ORIGINAL, RECONSTRUCTION]);
  await editor.page.waitForTimeout(REST);
  const nodes: number[] = [];
  const times = Object.keys(EXAMPLES).map((): Times[] => []);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, [example, decodes]] of Object.entries(EXAMPLES).entries()) {
        await editor.page.locator(".explorer-folders-view .monaco-list-row", { hasText: example }).dblclick();
        await editor.page.locator(".tab.active", { hasText: example }).waitFor();
        nodes.push(emptyNode());
        times[i]!.push(await firstPicture(editor.page, decodes));
      }
    }
  } finally {
    await editor.stop();
  }
  const rows = Object.entries(EXAMPLES).map(([example, decodes], i) => {
    const pictures = times[i]!.map(({ picture }) => picture);
    const middle = median(pictures);
    const told = [middle, Math.min(...pictures), Math.max(...pictures)].map((time) => time.toFixed(2));
    const reconstruction = decodes ? median(times[i]!.map((time) => time.reconstruction)).toFixed(2) : "none";
    return `| ${[example, ...told, middle <= LIMIT ? "yes" : "no", reconstruction].join(" | ")} |`;
  });
  const page = `# Time to the first picture

Written by \`node --import tsx test/bench/picture.ts\` on ${new Date().toISOString().slice(0, 10)}; load average of the machine ${load.toFixed(1)} before and ${loadavg()[0]!.toFixed(1)}
after (VS Code's server, its window and the trainer share two cores). Seconds from a click on *Preview* until the page
has drawn the first pictures of held-out samples, ${ROUNDS} times an example in turns: a process is started, its programs compiled, the panel loaded.
The window had ${REST / 1000} s to come to rest after its own start. An empty Node took ${median(nodes).toFixed(2)} s to
start.

| example | median | least | most | median within ${LIMIT} s | median of the first reconstruction |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
  console.log(page);
  writeFileSync(new URL("PICTURE.md", import.meta.url), page);
}

void main();
