/** Pictures of the codes of every kind of stream and law, of fresh weights: each passes the check of messages. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Slices } from "../../core/train/clock";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { acrossOf } from "../../core/train/inspect/across";
import { mapOf } from "../../core/train/inspect/map";
import type { Inspected } from "../../core/train/inspect/messages";
import { sampleOf } from "../../core/train/inspect/sample";
import { Scene } from "../../core/train/inspect/scene";
import { traversalOf } from "../../core/train/inspect/traversal";
import { faultOfFromHost } from "../../core/train/protocol-check";
import { writeFresh } from "../../core/train/weights";
import { prepared } from "./train";

const clock = {
  now: () => performance.now(),
  defer: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)),
};
const example = (name: string): string =>
  readFileSync(join(import.meta.dirname, "..", "..", "examples", `${name}.bottleneck`), "utf8").replace(
    /samples = \d+/,
    "samples = 300",
  );
const law = (latent: string): string =>
  `spec S { data "noisy-digits" { samples = 200, validation = 40, test = 40 }
    modality X : image(28, 28)
    ${latent}
    network encoder X = mlp(8)
    network decoder X = mlp(8)
    train { epochs = 1, batch = 20 } }`;

const texts = {
  "blood-panels": example("blood-panels"),
  "captioned-shapes": example("captioned-shapes"),
  clusters: example("clusters"),
  "missing-view": example("missing-view"),
  "moving-shapes": example("moving-shapes"),
  "planted-factors": example("planted-factors"),
  "sounding-digits": example("sounding-digits"),
  vib: example("vib"),
  "dvcca-private": example("dvcca-private"),
  "a categorical code": law("latent C : categorical(5) from X\n compress I(X; C)\n keep I(X; C)"),
  "a code on the sphere": law("latent V : vmf(3) from X\n compress I(X; V)\n keep I(X; V)"),
  "a code of one coordinate": law("latent Z : gaussian(1) from X\n compress I(X; Z)\n keep I(X; Z)"),
  "a code without noise or decoder": law(
    "modality Y : image(28, 28)\n latent Zx : deterministic(3) from X\n latent Zy : deterministic(3) from Y\n keep I(Zx; Zy) by infonce",
  ),
};

for (const [name, text] of Object.entries(texts))
  test(`the codes of ${name} are shown`, async () => {
    const preparation = prepared(text, 3);
    const { programs, spec } = preparation;
    const executor = await createWasmExecutor({ threads: 1 });
    const session = await executor.open(programs);
    writeFresh(session, "train", programs.train, preparation.initialWeights(3));
    const knobs = Object.fromEntries(spec.knobs.map((knob) => [knob.name, knob.value]));
    const scene = new Scene({ preparation, session, seed: 3, slices: new Slices(clock) }, knobs, undefined);
    const check = (found: Omit<Inspected, "step">): void =>
      assert.equal(
        faultOfFromHost({ kind: "inspected", generation: 0, found: { ...found, step: 0 } }),
        undefined,
      );
    for (const code of scene.codes) {
      const { map } = await mapOf(scene, code, undefined);
      check(map);
      check(await sampleOf(scene, { code, row: map.rows[3]! }));
      const found = await traversalOf(scene, code);
      check(found);
      const read = Object.values(preparation.generation.decoded).some(({ codes }) => codes.includes(code));
      assert.equal(found.coordinates.length > 0, read, code);
      for (const { moves } of found.coordinates) assert.ok(moves.every(({ by }) => Number.isFinite(by)));
    }
    check(await acrossOf(scene));
    executor.close();
  });
