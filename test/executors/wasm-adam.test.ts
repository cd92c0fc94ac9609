import { test } from "node:test";
import { Builder, builds, close, generator, numbers, open } from "./wasm-harness";

for (const relaxed of builds) {
  test(`twenty steps of Adam, relaxed SIMD ${relaxed}`, async () => {
    const executor = await open(relaxed);
    const [beta1, beta2, epsilon, rate] = [0.9, 0.999, 1e-8, 0.003];
    for (const size of [1, 7, 4096, 5003]) {
      const random = generator(10);
      const builder = new Builder();
      const gradient = builder.input("gradient", new Float32Array(size));
      const scalars = {
        rate: builder.input("rate", new Float32Array(1)),
        step: builder.input("step", new Float32Array(1)),
      };
      const parameter = builder.add("p", "parameter", size);
      const moments = { m: builder.add("p.m", "state", size), v: builder.add("p.v", "state", size) };
      builder.operations.push({
        kind: "adam",
        parameter,
        gradient,
        ...moments,
        ...scalars,
        size,
        beta1,
        beta2,
        epsilon,
      });
      const session = await executor.open({ test: builder.program });

      const scale = Float64Array.from({ length: size }, (_, i) => 10 ** ((i % 9) - 4));
      const p = Float64Array.from(numbers(random, size));
      const [m, v] = [new Float64Array(size), new Float64Array(size)];
      session.write("test", "p", p);
      for (let t = 1; t <= 20; t++) {
        // Gradients of very different sizes, some exactly 0.
        const g = numbers(random, size).map((x, i) => (i % 5 === 4 ? 0 : x * scale[i]!));
        session.write("test", "gradient", g);
        session.write("test", "rate", [rate]);
        session.write("test", "step", [t]);
        await session.run("test");
        for (let i = 0; i < size; i++) {
          m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
          v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
          p[i]! -= (rate * (m[i]! / (1 - beta1 ** t))) / (Math.sqrt(v[i]! / (1 - beta2 ** t)) + epsilon);
        }
      }
      close((await session.read("test", "p")) as Float32Array, p, 2e-6, `parameters, size ${size}`, 1);
      close(
        (await session.read("test", "p.m")) as Float32Array,
        m,
        2e-6,
        `first moments, size ${size}`,
        scale,
      );
      session.dispose();
    }
    executor.close();
  });
}
