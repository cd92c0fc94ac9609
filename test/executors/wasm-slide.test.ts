import assert from "node:assert/strict";
import { test } from "node:test";
import { positionsOf, type Window } from "../../core/program/program";
import { Builder, builds, close, generator, integer, numbers, open } from "./wasm-harness";

/** Visits every value of every patch that lies in a picture [rows, height, width, channels], by the definition. */
function patchesOf(
  rows: number,
  channels: number,
  window: Window,
  visit: (patch: number, place: number) => void,
): void {
  const [height, width] = window.picture;
  const [down, across] = positionsOf(window);
  let patch = 0;
  for (let n = 0; n < rows; n++)
    for (let p = 0; p < down; p++)
      for (let q = 0; q < across; q++)
        for (let i = 0; i < window.kernel[0]; i++)
          for (let j = 0; j < window.kernel[1]; j++)
            for (let c = 0; c < channels; c++, patch++) {
              const row = p * window.stride[0] - window.padding[0] + i;
              const column = q * window.stride[1] - window.padding[1] + j;
              if (row >= 0 && row < height && column >= 0 && column < width)
                visit(patch, ((n * height + row) * width + column) * channels + c);
            }
}

for (const relaxed of builds)
  test(`patches are taken out and summed back, on any number of threads, relaxed SIMD ${relaxed}`, async () => {
    const executors = await Promise.all([1, 2, 3].map((threads) => open(relaxed, threads)));
    const random = generator(15);
    const pair = (low: number, high: number): [number, number] => [
      integer(random, low, high),
      integer(random, low, high),
    ];
    for (let round = 0; round < 60; round++) {
      const [rows, channels] = [integer(random, 1, 5), integer(random, 1, 9)];
      // The last rounds are large enough to be shared between threads.
      const picture = round < 50 ? pair(1, 7) : pair(24, 30);
      const window: Window = { picture, kernel: pair(1, 4), stride: pair(1, 3), padding: pair(0, 2) };
      const [down, across] = positionsOf(window);
      if (down < 1 || across < 1) continue;
      const sizes = {
        pictures: rows * picture[0] * picture[1] * channels,
        patches: rows * down * across * window.kernel[0] * window.kernel[1] * channels,
      };
      const [pictures, patches] = [numbers(random, sizes.pictures), numbers(random, sizes.patches)];
      const builder = new Builder();
      const shape = { rows, channels, window };
      builder.operations.push(
        {
          kind: "unfold",
          input: builder.input("x", pictures),
          out: builder.output("unfolded", sizes.patches),
          ...shape,
        },
        {
          kind: "fold",
          input: builder.input("y", patches),
          out: builder.output("folded", sizes.pictures),
          ...shape,
        },
      );
      const expected = {
        unfolded: new Float32Array(sizes.patches),
        folded: new Float64Array(sizes.pictures),
      };
      patchesOf(rows, channels, window, (patch, place) => {
        expected.unfolded[patch] = pictures[place]!;
        expected.folded[place]! += patches[patch]!;
      });
      const what = JSON.stringify(shape);
      const [one, ...others] = await Promise.all(executors.map((executor) => builder.run(executor)));
      close(one!["unfolded"]!, expected.unfolded, 0, what);
      close(one!["folded"]!, expected.folded, 1e-6, what, 1);
      for (const other of others) assert.deepEqual(other, one, what);
    }
    for (const executor of executors) executor.close();
  });
