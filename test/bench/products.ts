/** Matrix products of the large step on one thread: which share of the processor's 128-bit peak they reach. */
import type { Program } from "../../core/program/program";
import type { Executor } from "../../core/train/executor";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { flops } from "./dvsib";
import { peakKernel } from "./peak";
import type { Torch } from "./torch";
import { median, ratio, takeTurns, timed, type Contender, type Time } from "./turns";

interface Shape {
  name: string;
  m: number;
  n: number;
  k: number;
  transposeA: boolean;
  transposeB: boolean;
}

const SHAPES: readonly Shape[] = [
  {
    name: "forward, 128 x 1024 x 1024, right transposed",
    m: 128,
    n: 1024,
    k: 1024,
    transposeA: false,
    transposeB: true,
  },
  {
    name: "backward to inputs, 128 x 1024 x 1024",
    m: 128,
    n: 1024,
    k: 1024,
    transposeA: false,
    transposeB: false,
  },
  {
    name: "backward to weights, 1024 x 1024 x 128, left transposed",
    m: 1024,
    n: 1024,
    k: 128,
    transposeA: true,
    transposeB: false,
  },
  { name: "square, 1024 x 1024 x 1024", m: 1024, n: 1024, k: 1024, transposeA: false, transposeB: false },
];

/** Rows of a table: when, product, GFLOP/s of the peak, of the own kernels, their share, without fused multiply-add, PyTorch. */
export async function measureProducts(when: string, torch: Torch, rounds: number): Promise<string[]> {
  const peak = await peakKernel();
  const relaxed = await createWasmExecutor({ threads: 1, relaxedSimd: "on" });
  const plain = await createWasmExecutor({ threads: 1, relaxedSimd: "off" });
  const rows: string[] = [];
  for (const shape of SHAPES) {
    const program = product(shape);
    const work = flops(program);
    const { m, n, k, transposeA, transposeB } = shape;
    const times = await takeTurns(
      [
        {
          name: "peak",
          async run(count) {
            let done = 0;
            const time = await timed(1, () => (done = peak(work * count)));
            const scale = (work * count) / done;
            return { wall: time.wall * scale, processor: time.processor * scale };
          },
        },
        await enter(relaxed, program),
        await enter(plain, program),
        {
          name: "PyTorch",
          run: (count) => torch.ask<Time>({ product: [m, n, k, transposeA, transposeB], repeat: count }),
        },
      ],
      rounds,
    );
    const rates = times.map((own) => (work / median(own.map((time) => time.processor)) / 1e6).toFixed(1));
    const share = (100 / ratio(times[1]!, times[0]!, "processor")).toFixed(0);
    rows.push(`| ${[when, shape.name, rates[0], rates[1], `${share} %`, rates[2], rates[3]].join(" | ")} |`);
  }
  relaxed.close();
  plain.close();
  return rows;
}

function product(shape: Shape): Program {
  const { m, n, k, transposeA, transposeB } = shape;
  const float = { dtype: "float32" as const };
  return {
    buffers: [
      { id: 0, name: "a", role: "input", shape: [m, k], ...float },
      { id: 1, name: "b", role: "input", shape: [k, n], ...float },
      { id: 2, name: "out", role: "output", shape: [m, n], ...float },
    ],
    operations: [{ kind: "matmul", a: 0, b: 1, out: 2, m, n, k, transposeA, transposeB, activation: "none" }],
    scratch: 0,
  };
}

async function enter(executor: Executor, program: Program): Promise<Contender> {
  const session = await executor.open({ product: program });
  for (const { name, shape } of program.buffers.slice(0, 2)) {
    session.write(
      "product",
      name!,
      Float32Array.from({ length: shape[0]! * shape[1]! }, (_, i) => Math.sin(i)),
    );
  }
  return { name: executor.description, run: (count) => timed(count, () => session.run("product")) };
}
