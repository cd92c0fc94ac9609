import { test } from "node:test";
import { triangularNumbers } from "../../core/program/triangular";
import { Builder, builds, close, generator, integer, numbers, open } from "./wasm-harness";

for (const relaxed of builds)
  test(`triangular matrices, relaxed SIMD ${relaxed}`, async () => {
    const executor = await open(relaxed);
    const random = generator(12);
    for (let round = 0; round < 30; round++) {
      const size = integer(random, 1, 24);
      const factor = numbers(random, size * size);
      const covariance = Float32Array.from({ length: size * size }, (_, at) => {
        const [row, column] = [Math.floor(at / size), at % size];
        let total = row === column ? 1 : 0;
        for (let k = 0; k < size; k++) total += (factor[row * size + k]! * factor[column * size + k]!) / size;
        return total;
      });
      const builder = new Builder();
      const input = builder.input("x", covariance);
      for (const f of ["whitener", "lower"] as const)
        builder.operations.push({
          kind: "triangular",
          f,
          input,
          out: builder.output(f, size * size),
          size,
        });
      const result = await builder.run(executor);
      for (const f of ["whitener", "lower"] as const)
        close(result[f]!, triangularNumbers[f](covariance, size), 2e-5, `${f} of ${size}`, 1);
    }
    executor.close();
  });
