/** TensorFlow.js on WebGL against the reference, in a worker of Chromium on its software adapter; and where WebGL cannot train. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { compileStep } from "../../core/program/compile";
import type { Executor } from "../../core/train/executor";
import { openWebGl, webGlLack } from "../../core/train/executors/browser-gpu";
import { CHROMIUM } from "../panel/page";
import { symmetricBottleneck } from "../program/objectives";
import { inChromium, type InChromium } from "./in-chromium";
import { batch, parity, sizes } from "./parity";
import { openWith, writeInputs } from "./session";

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`;

let chromium: InChromium | undefined;
before(async () => {
  if (skip === false) chromium = await inChromium();
});
after(async () => {
  await chromium?.close();
});
const create = (): Promise<Executor> => Promise.resolve(chromium!.executor);

parity("tfjs, webgl", create, skip);

test("no tensor is left behind by a step, nor by a session: webgl", { skip }, async () => {
  const objective = symmetricBottleneck(sizes, "mine");
  const step = compileStep(objective, { batch });
  const none = await chromium!.ask("tensors");
  const session = await openWith(chromium!.executor, { step }, objective);
  const counts: number[] = [];
  for (let i = 1; i <= 4; i++) {
    writeInputs(session, "step", step, i);
    await session.run("step");
    await session.read("step", "total");
    counts.push(await chromium!.ask("tensors"));
  }
  assert.equal(counts[3], counts[1], `tensors after each step: ${counts.join(", ")}`);
  session.dispose();
  assert.equal(await chromium!.ask("tensors"), none);
});

test("a lost context ends a read and every run after it, with the reason", { skip }, async () => {
  assert.equal(await chromium!.ask("describe"), "tfjs on WebGL, a card of this test");
  const objective = symmetricBottleneck(sizes, "infonce");
  const step = compileStep(objective, { batch });
  const session = await openWith(chromium!.executor, { step }, objective);
  writeInputs(session, "step", step, 1);
  await session.run("step");
  await chromium!.ask("lose");
  await assert.rejects(session.read("step", "total"), /ExecutorLost: the GPU was lost/);
  await assert.rejects(session.run("step"), /ExecutorLost: the GPU was lost/);
});

/** A canvas whose context has these properties. */
const canvas = (
  context: { card: string; extensions: string[]; fraction: number } | null,
): OffscreenCanvas => {
  const { card = "", extensions = [], fraction = 0 } = context ?? {};
  const gl = {
    RENDERER: 1,
    getExtension: (name: string) => (extensions.includes(name) ? { loseContext: () => undefined } : null),
    getParameter: () => card,
    getShaderPrecisionFormat: () => ({ precision: fraction }),
  };
  return { getContext: () => context && gl } as unknown as OffscreenCanvas;
};

test("WebGL trains only on a card that has float32 numbers, and says what is missing", () => {
  const whole = { card: "a card", extensions: ["EXT_color_buffer_float"], fraction: 23 };
  assert.equal(webGlLack(canvas(whole)), undefined);
  const opened = openWebGl(canvas(whole));
  assert.equal("card" in opened && opened.card, "a card");
  assert.equal(webGlLack(undefined), "this browser has no WebGL for workers");
  assert.equal(webGlLack(canvas(null)), "this browser has no WebGL 2");
  for (const less of [{ fraction: 10 }, { extensions: [] }])
    assert.equal(
      webGlLack(canvas({ ...whole, ...less })),
      "a card has no float32 numbers in WebGL, and fewer digits are not enough to train",
    );
  for (const card of ["ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))", "llvmpipe (LLVM 15)"])
    assert.equal(webGlLack(canvas({ ...whole, card })), `WebGL has no GPU here: ${card}`);
});
