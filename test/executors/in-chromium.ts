/** TensorFlow.js on WebGL as an executor of this process: its sessions are in a worker of a page in Chromium. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import type { Executor, Values } from "../../core/train/executor";
import { CHROMIUM } from "../panel/page";
import type { Answers } from "./worker";

const root = join(import.meta.dirname, "..", "..");

/** Lets a worker take its browser's software adapter for a card. */
export const AS_A_CARD = `{
  const { getParameter } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.getParameter = function (name) {
    const value = getParameter.call(this, name);
    return typeof value === "string" && value.includes("SwiftShader") ? "a card of this test" : value;
  };
}`;

/** Flags with which Chromium has WebGL on a software adapter. */
export const SOFTWARE_WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

type Ask = <K extends keyof Answers>(
  name: K,
  ...given: Parameters<Answers[K]>
) => Promise<Awaited<ReturnType<Answers[K]>>>;

export interface InChromium {
  ask: Ask;
  /** Does nothing when it is closed: the worker is one for all. */
  executor: Executor;
  close(): Promise<void>;
}

/** @param card whether its software adapter is taken for a card */
export async function inChromium(card = true): Promise<InChromium> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "test", "executors", "worker.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  const library = readFileSync(join(root, "dist", "trainer", "tfjs-webgl.js"), "utf8");
  const script = [...(card ? [AS_A_CARD] : []), library, outputFiles[0]!.text].join("\n");
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", ...SOFTWARE_WEBGL],
  });
  const page = await browser.newPage();
  const [worker] = await Promise.all([
    page.waitForEvent("worker"),
    page.evaluate((script) => void new Worker(URL.createObjectURL(new Blob([script]))), script),
  ]);
  const ask = ((name, ...given) =>
    worker.evaluate(
      ([name, given]) =>
        (globalThis as unknown as { answer(name: string, given: unknown[]): unknown }).answer(name, given),
      [name, given] as [string, unknown[]],
    )) as Ask;
  return { ask, executor: executorOf(ask), close: () => browser.close() };
}

const executorOf = (ask: Ask): Executor => ({
  name: "tfjs",
  description: "tfjs on WebGL in Chromium",
  async open(programs) {
    const session = await ask("open", programs);
    let writes: [string, string, number[]][] = [];
    return {
      write: (...[program, name, values]) => void writes.push([program, name, Array.from(values)]),
      async run(program) {
        const given = writes;
        writes = [];
        await ask("run", session, given, program);
      },
      read: async (program, name): Promise<Values> =>
        Float32Array.from(await ask("read", session, program, name)),
      dispose: () => void ask("dispose", session),
    };
  },
  close: () => undefined,
});
