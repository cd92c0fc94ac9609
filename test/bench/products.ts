/** Matrix products of the large step on one thread: which share of the processor's 128-bit peak they reach. */
import type { Program } from "../../core/program/program";
import type { Executor } from "../../core/train/executor";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { flops } from "./dvsib";
import { peakKernel } from "./peak";
import type { Torch } from "./torch";
import { median, takeTurns, timed, type Contender, type Time } from "./turns";

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

/**
 * Rows of a table: product, GFLOP/s of the peak, of the own kernels, their share of it and its least and most, without
 * fused multiply-add, PyTorch. All products take turns with one another.
 */
export async function measureProducts(torch: Torch, rounds: number): Promise<string[]> {
  const peak = await peakKernel();
  const relaxed = await createWasmExecutor({ threads: 1, relaxedSimd: "on" });
  const plain = await createWasmExecutor({ threads: 1, relaxedSimd: "off" });
  const contenders: Contender[] = [];
  for (const { name, m, n, k, transposeA, transposeB } of SHAPES) {
    const program = product({ name, m, n, k, transposeA, transposeB });
    const work = flops(program);
    contenders.push(
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
    );
  }
  const times = await takeTurns(contenders, rounds);
  relaxed.close();
  plain.close();
  const each = contenders.length / SHAPES.length;
  return SHAPES.map((shape, i) => row(shape, times.slice(i * each, (i + 1) * each)));
}

function row(shape: Shape, [peak, relaxed, plain, torch]: readonly Time[][]): string {
  const work = flops(product(shape));
  const rate = (own: readonly Time[]) => (work / median(own.map((time) => time.processor)) / 1e6).toFixed(1);
  const percent = (share: number) => (100 * share).toFixed(0);
  const shares = relaxed!.map((time, round) => peak![round]!.processor / time.processor);
  return `| ${[
    shape.name,
    rate(peak!),
    rate(relaxed!),
    `${percent(median(shares))} %`,
    `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))} %`,
    rate(plain!),
    rate(torch!),
  ].join(" | ")} |`;
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
