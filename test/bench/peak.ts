/** The most that 128-bit fused multiply-adds give: twelve sums in registers and nothing else. */
import asc from "assemblyscript/asc";

const SUMS = Array.from({ length: 12 }, (_, i) => `s${i}`);
const SOURCE = `
export function run(count: i32, at: usize): void {
  const x = v128.load(at);
  const y = v128.load(at, 16);
  ${SUMS.map((sum) => `let ${sum} = x;`).join(" ")}
  while (count > 0) {
    ${SUMS.map((sum) => `${sum} = f32x4.relaxed_madd(x, y, ${sum});`).join("\n    ")}
    count--;
  }
  ${SUMS.map((sum, i) => `v128.store(at, ${sum}, ${32 + 16 * i});`).join(" ")}
}`;
const ROUNDS = 20_000;

/** A function that carries out about `flops` floating-point operations and returns how many it were. */
export async function peakKernel(): Promise<(flops: number) => number> {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const flags = [
    "--runtime",
    "stub",
    "--initialMemory",
    "1",
    "--noAssert",
    "-O3",
    "--enable",
    "simd",
    "--enable",
    "relaxed-simd",
  ];
  const { error, stderr } = await asc.main(["peak.ts", "--outFile", "peak.wasm", ...flags], {
    readFile: (name) => (name === "peak.ts" ? SOURCE : null),
    writeFile: (_name, contents) => void (bytes = contents as Uint8Array<ArrayBuffer>),
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`The peak kernel does not compile: ${stderr.toString()}`);
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const run = instance.exports["run"] as (count: number, at: number) => void;
  return (flops) => {
    const calls = Math.ceil(flops / (ROUNDS * SUMS.length * 8));
    for (let i = 0; i < calls; i++) run(ROUNDS, 1024);
    return calls * ROUNDS * SUMS.length * 8;
  };
}
