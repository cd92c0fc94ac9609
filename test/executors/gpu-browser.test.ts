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

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`;

/** Small: a software adapter takes long to compile each kernel, and the numbers of all operations are held elsewhere. */
const spec = `spec Tiny {
  data "planted-factors" { samples = 192, validation = 64, test = 64 }
  modality X : vector(64)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep 4 * I(X; Z)
  network encoder X = mlp(8)
  network decoder X = mlp(8)
  train { epochs = 2, batch = 32, seed = 3 }
}`;

const losses = (heard: FromHost[]): number[] =>
  heard.flatMap((message) => (message.kind === "points" ? message.points.map(({ total }) => total) : []));

test(
  "a preview trains on WebGPU and on WebGL in a browser, with the losses that WebAssembly has",
  { skip },
  async () => {
    await inBrowser({ flags: SOFTWARE, prelude: AS_A_CARD }, async (run) => {
      const train = (executor: "wasm" | "webgpu" | "tfjs"): Promise<FromHost[]> =>
        run(spec, { ...defaultSettings, executor });
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
