/** Decoders over codes that are handed in, and where such codes come from: held to the programs that training uses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Slices } from "../../core/train/clock";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { acrossOf } from "../../core/train/inspect/across";
import { Scene } from "../../core/train/inspect/scene";
import { traversalOf } from "../../core/train/inspect/traversal";
import { writeFresh } from "../../core/train/weights";
import { prepared } from "./train";

const clock = {
  now: () => performance.now(),
  defer: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)),
};

const data = 'data "noisy-digits" { samples = 160, validation = 40, test = 40 }';
const views = `${data}
  modality X : image(28, 28)
  modality Y : image(28, 28)
  observe digit : label(10)
  network encoder X, Y = mlp(8)
  network decoder X, Y = mlp(8)
  train { epochs = 1, batch = 20 }`;
const spec = (body: string): string => `spec S {\n${views}\n${body}\n}`;

/** The pictures of fresh weights, some of them moved away from their first values. */
async function sceneOf(text: string, moved: Record<string, ArrayLike<number>> = {}): Promise<Scene> {
  const preparation = prepared(text, 3);
  const { programs } = preparation;
  const executor = await createWasmExecutor({ threads: 1 });
  const session = await executor.open(programs);
  writeFresh(session, "train", programs.train, preparation.initialWeights(3));
  for (const [name, values] of Object.entries(moved)) session.write("train", name, values);
  const knobs = Object.fromEntries(preparation.spec.knobs.map(({ name, value }) => [name, value]));
  return new Scene({ preparation, session, seed: 3, slices: new Slices(clock) }, knobs, undefined);
}

const near = (a: ArrayLike<number>, b: ArrayLike<number>, what: string): void => {
  assert.equal(a.length, b.length, what);
  for (let i = 0; i < a.length; i++)
    assert.ok(Math.abs(a[i]! - b[i]!) < 1e-5, `${what}: ${a[i]} and ${b[i]}`);
};

const shared = `latent Z : gaussian(4) from X, Y by poe
  compress I(X, Y; Z)
  keep I(X; Z)
  keep I(Y; Z)`;
const apart = `latent Zx : gaussian(4) from X
  latent Wx : gaussian(2) from X
  latent Wy : gaussian(2) from Y
  compress I(X; Zx, Wx)
  compress I(Y; Wy)
  keep I(X; Zx, Wx)
  keep I(Y; Zx, Wy)`;

test("decoded from their means, codes give the reconstructions", async () => {
  for (const body of [shared, apart]) {
    const scene = await sceneOf(spec(body));
    const rows = scene.rows.slice(0, 30);
    const { "mean.": means } = await scene.encode(["mean."], rows);
    const [decoded, reconstructed] = [
      await scene.decoders.decode(means, rows),
      await scene.reconstruct(rows),
    ];
    assert.deepEqual(Object.keys(decoded).sort(), ["X", "Y"]);
    for (const stream of ["X", "Y"]) near(decoded[stream]!, reconstructed[stream]!, stream);
  }
});

test("a coordinate moves as far as the decoder says, and no other moves with it", async () => {
  const scene = await sceneOf(spec(apart));
  const { row, coordinates } = await traversalOf(scene, "Wx");
  assert.deepEqual(
    coordinates.map(({ coordinate, samples, moves }) => [
      coordinate,
      samples.length,
      moves.map(({ stream }) => stream),
    ]),
    [
      [0, 1, ["X"]],
      [1, 1, ["X"]],
    ],
  );
  const { "mean.": means, "draw.": draws } = await scene.encode(["mean.", "draw."], scene.rows);
  for (const { coordinate, values, moves } of coordinates) {
    const own = [...scene.rows].map((_, i) => draws["Wx"]![2 * i + coordinate]!).sort((a, b) => a - b);
    assert.ok(values[0]! > own[0]! && values[0]! < own[4]! && values.at(-1)! < own.at(-1)!, values.join(" "));
    const ends: Float32Array[] = [];
    for (const value of [values[0]!, values.at(-1)!]) {
      const codes = Object.fromEntries(
        Object.entries(means).map(([name, all]) => [name, all.slice(0, all.length / scene.rows.length)]),
      );
      codes["Wx"]![coordinate] = value;
      ends.push((await scene.decoders.decode(codes, Int32Array.of(row)))["X"]!);
    }
    const moved = ends[0]!.map((value, i) => (value - ends[1]![i]!) ** 2);
    const by = Math.sqrt(moved.reduce((sum, one) => sum + one, 0) / moved.length);
    assert.ok(Math.abs(by - moves[0]!.by) < 1e-5, `${by}, ${moves[0]!.by}`);
  }
  // No decoder of another view reads a private code.
  const none = await sceneOf(spec("latent Z : gaussian(2) from X\n compress I(X; Z)\n keep I(Y; Z)"));
  assert.deepEqual(
    (await traversalOf(none, "Z")).coordinates.map(({ moves }) => moves[0]!.stream),
    ["Y", "Y"],
  );
});

test("given one stream, another is decoded from the codes that this one has, and from priors for the rest", async () => {
  const poe = await acrossOf(await sceneOf(spec(shared)));
  assert.deepEqual(
    poe.pairs.map(({ from, to, codes }) => [from, to, codes]),
    [
      ["X", "Y", [{ code: "Z", by: "stream" }]],
      ["Y", "X", [{ code: "Z", by: "stream" }]],
    ],
  );
  const priv = await acrossOf(await sceneOf(spec(apart)));
  assert.deepEqual(
    priv.pairs.map(({ from, to, codes }) => [from, to, codes]),
    [
      [
        "X",
        "Y",
        [
          { code: "Zx", by: "stream" },
          { code: "Wy", by: "prior" },
        ],
      ],
    ],
  );
  assert.deepEqual(
    priv.priors.map(({ stream, codes }) => [stream, codes]),
    [
      ["X", ["Zx", "Wx"]],
      ["Y", ["Zx", "Wy"]],
    ],
  );
  // A code without a price has no prior to be drawn from, and a code of the other view alone cannot be inferred.
  const plain = await acrossOf(
    await sceneOf(
      spec(
        "latent Z : deterministic(2) from X\n keep I(X; Z)\n latent W : gaussian(2) from Y\n compress I(Y; W)\n keep I(Y; W)",
      ),
    ),
  );
  assert.deepEqual([plain.pairs, plain.without], [[], [{ stream: "X", codes: ["Z"] }]]);
  // A prior and a decoder that read Y: X is drawn given Y, and from nothing else.
  const given = await acrossOf(
    await sceneOf(
      spec(
        "latent Z : gaussian(2) from X, Y\n prior Z = from Y\n compress I(X, Y; Z | Y) by conditional(prior)\n keep I(X; Z, Y)",
      ),
    ),
  );
  assert.deepEqual(
    given.pairs.map(({ from, to, codes }) => [from, to, codes]),
    [["Y", "X", [{ code: "Z", by: "prior" }]]],
  );
  assert.deepEqual([given.priors, given.without], [[], []]);
});

test("what is inferred from one stream does not depend on the others", async () => {
  for (const body of [shared, `${shared}\n missing X rate 0.2\n missing Y rate 0.2`]) {
    const scene = await sceneOf(spec(body));
    const [one, two] = [scene.rows.slice(0, 10), scene.rows.slice(10, 20)];
    const { "draw.": whole } = await scene.encode(["draw."], one);
    const own = await scene.decoders.inferredFrom("X", one, 0);
    assert.ok(
      own["Z"]!.some((value, i) => Math.abs(value - whole["Z"]![i]!) > 1e-3),
      "Y is left out",
    );
    // The pictures of X with those of Y of other rows.
    const stream = scene.stream("Y");
    const values = stream.values.slice();
    one.forEach((row, i) =>
      stream.values.set(values.subarray(784 * two[i]!, 784 * (two[i]! + 1)) as never, 784 * row),
    );
    near((await scene.decoders.inferredFrom("X", one, 0))["Z"]!, own["Z"]!, body);
    stream.values.set(values as never);
  }
});

test("draws from a prior are of its mixture by its weights, and of each level given the one above", async () => {
  const rows = (scene: Scene): Int32Array => Int32Array.from({ length: 400 }, () => scene.rows[0]!);
  const mixture = await sceneOf(
    spec("latent Z : gaussian(1) from X\n prior Z = mixture(2)\n compress I(X; Z)\n keep I(X; Z)"),
    { "prior.Z.mean": [-5, 5], "prior.Z.logits": [Math.log(9), 0] },
  );
  const drawn = (await mixture.decoders.withPriors(["Z"], {}, rows(mixture), 0))!["Z"]!;
  const share = drawn.filter((value) => value < 0).length / drawn.length;
  assert.ok(share > 0.85 && share < 0.95, `${share} of the first component, whose weight is 0.9`);
  const levels = await sceneOf(
    spec(
      "latent W : gaussian(1) from Z\n latent Z : gaussian(2) from X\n prior Z = from W\n compress I(X; W)\n compress I(X; Z | W) by conditional(prior)\n keep I(X; Z)",
    ),
  );
  const both = (await levels.decoders.withPriors(["Z"], {}, rows(levels), 0))!;
  assert.deepEqual(Object.keys(both).sort(), ["W", "Z"]);
  // Given another W, another Z: the level above is read as it is handed in.
  const high = (await levels.decoders.withPriors(
    ["Z"],
    { W: new Float32Array(400).fill(20) },
    rows(levels),
    0,
  ))!;
  assert.ok(high["Z"]!.some((value, i) => Math.abs(value - both["Z"]![i]!) > 0.1));
});
