/** The built worker trains on a GPU in a real browser, on its software adapter, and gives what it gives on WebAssembly. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";
import type { FromHost } from "../../core/train/protocol";
import { defaultSettings } from "../../trainer/settings";
import { CHROMIUM } from "../panel/page";
import { inBrowser } from "../trainer/in-browser";
import { SOFTWARE } from "./gpu";
import { AS_A_CARD } from "./in-chromium";
import { tinySpec } from "./tiny";

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`;

const losses = (heard: FromHost[]): number[] =>
  heard.flatMap((message) => (message.kind === "points" ? message.points.map(({ total }) => total) : []));

test(
  "a preview trains on WebGPU and on WebGL in a browser, with the losses that WebAssembly has",
  { skip },
  async () => {
    await inBrowser({ flags: SOFTWARE, prelude: AS_A_CARD }, async (run) => {
      const train = (executor: "wasm" | "webgpu" | "tfjs"): Promise<FromHost[]> =>
        run(tinySpec(2), { ...defaultSettings, executor });
      const theirs = losses(await train("wasm"));
      for (const [executor, description] of [
        ["webgpu", /^webgpu, /],
        ["tfjs", /^tfjs on WebGL, a card of this test$/],
      ] as const) {
        const heard = await train(executor);
        const last = heard.at(-1);
        assert.deepEqual(last, { kind: "phase", generation: 1, phase: "finished" }, JSON.stringify(last));
        assert.match(heard.find((message) => message.kind === "opened")!.summary.executor, description);
        const ours = losses(heard);
        assert.equal(ours.length, 12);
        for (const [i, loss] of ours.entries())
          assert.ok(
            Math.abs(loss - theirs[i]!) < 1e-3 * Math.abs(theirs[i]!),
            `${executor}, step ${i + 1}: ${loss}, ${theirs[i]}`,
          );
      }
    });
  },
);
