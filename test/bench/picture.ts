/**
 * Seconds from a click on the lens "Preview" to the first reconstruction, in a real VS Code: a trainer is started, its data
 * are made, its programs compiled, the panel loaded. `node --import tsx test/bench/picture.ts` writes PICTURE.md beside this file.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import type { Page } from "playwright-core";
import { root, startVsCode, unavailable } from "../editor/host";
import { median } from "./turns";

const EXAMPLES = ["noisy-digits", "beta-vae", "vib", "dvcca-private"];
const ROUNDS = 5;
const LIMIT = 2;

const lack = unavailable();
if (lack !== undefined) throw new Error(`There is no VS Code to measure in: ${lack}.`);

/** One preview of the file that is open, which it closes again. */
async function firstPicture(page: Page): Promise<number> {
  const lens = page.locator(".codelens-decoration a", { hasText: "Preview" }).first();
  await lens.waitFor();
  const started = performance.now();
  await lens.click();
  const panel = page.frameLocator("iframe.webview.ready:visible").last().frameLocator("#active-frame");
  await panel
    .getByRole("img", { name: /samples of/ })
    .first()
    .waitFor();
  const seconds = (performance.now() - started) / 1000;
  const tab = page.locator(".tab", { hasText: "(preview)" });
  await tab.click({ button: "middle" });
  await tab.waitFor({ state: "detached" });
  return seconds;
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
  const rows: string[] = [];
  const nodes: number[] = [];
  try {
    for (const example of EXAMPLES) {
      const row = editor.page.locator(".explorer-folders-view .monaco-list-row", { hasText: example });
      await row.dblclick();
      await editor.page.locator(".tab.active", { hasText: example }).waitFor();
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        nodes.push(emptyNode());
        times.push(await firstPicture(editor.page));
      }
      const [middle, least, most] = [median(times), Math.min(...times), Math.max(...times)];
      const told = [example, ...[middle, least, most].map((time) => time.toFixed(2))];
      rows.push(`| ${[...told, middle <= LIMIT ? "yes" : "no"].join(" | ")} |`);
      console.log(rows.at(-1));
    }
  } finally {
    await editor.stop();
  }
  const page = `# Time to the first picture

Written by \`node --import tsx test/bench/picture.ts\` on ${new Date().toISOString().slice(0, 10)}; load average of the machine ${load.toFixed(1)} before and ${loadavg()[0]!.toFixed(1)}
after (VS Code's server, its window and the trainer share two cores). Seconds from a click on *Preview* to the first
reconstruction in the panel, ${ROUNDS} times an example: a process is started, its data made, its programs compiled, the panel
loaded. An empty Node took ${median(nodes).toFixed(2)} s to start.

| example | median | least | most | median within ${LIMIT} s |
|---|---|---|---|---|
${rows.join("\n")}
`;
  writeFileSync(new URL("PICTURE.md", import.meta.url), page);
}

void main();
