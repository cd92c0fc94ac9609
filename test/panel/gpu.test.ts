/** A served page trains on its own GPU in a worker: it takes the run over at a step, loses the device, and the run goes on. */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium, type Page } from "playwright-core";
import { SOFTWARE } from "../executors/gpu";
import { tinySpec } from "../executors/tiny";
import { CHROMIUM } from "./page";

const command = join(import.meta.dirname, "..", "..", "dist", "cli", "bottleneck.js");
const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`;

/** The address that a served preview prints. */
const addressOf = (served: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = "";
    served.stdout!.on("data", (chunk: Buffer) => {
      said += String(chunk);
      const address = /http:\S+/.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    });
    served.once("exit", (code) => reject(new Error(`it ended with code ${code}: ${said}`)));
  });

/** Steps done, from the panel's line of progress. */
async function steps(page: Page): Promise<number> {
  const line = await page
    .getByText(/step [\d,]+ of/)
    .first()
    .textContent();
  return Number(/step ([\d,]+) of/.exec(line ?? "")![1]!.replaceAll(",", ""));
}

test(
  "a page takes the run over on its GPU, and a lost device hands it back from the last look",
  { skip },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "gpu-page-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "small.bottleneck");
    // Long, since WebAssembly trains it until the page has compiled its kernels.
    writeFileSync(file, tinySpec(1_000_000));
    const served = spawn(
      process.execPath,
      [command, "preview", file, "--serve", "--no-open", "--executor", "webgpu", "--threads", "1"],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    t.after(() => served.kill());
    let log = "";
    served.stderr.on("data", (chunk: Buffer) => (log += String(chunk)));
    const address = await addressOf(served);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", ...SOFTWARE] });
    t.after(() => browser.close());
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(address);
    const engine = (start: string) => page.locator("footer > span", { hasText: new RegExp(`^${start}`) });
    await engine("wasm").waitFor();
    await engine("webgpu, ").waitFor({ timeout: 60_000 });
    const taken = await steps(page);
    assert.ok(taken > 0, "WebAssembly trained until then");
    await page.waitForFunction(
      (from) => Number(/step ([\d,]+) of/.exec(document.body.innerText)![1]!.replaceAll(",", "")) > from + 20,
      taken,
      { timeout: 60_000 },
    );
    const before = await steps(page);
    // Ends the browser's GPU process, and every device with it.
    await (await browser.newBrowserCDPSession()).send("Browser.crashGpuProcess");
    await engine("wasm").waitFor({ timeout: 60_000 });
    await page.waitForFunction(
      (from) => Number(/step ([\d,]+) of/.exec(document.body.innerText)![1]!.replaceAll(",", "")) > from,
      before,
      { timeout: 60_000 },
    );
    await page.getByText("Executors").click();
    const row = page.locator("table.executors tr", { hasText: "webgpu" });
    // The next trainer says what it has a moment after its first step.
    await row.filter({ hasText: "in the panel: the GPU was lost" }).waitFor();
    assert.match((await row.textContent()) ?? "", /not available.*in the panel: the GPU was lost/);
    assert.deepEqual(errors, []);
    assert.doesNotMatch(log, /refused|not of the protocol/);
  },
);
