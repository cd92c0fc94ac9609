/**
 * Builds the WebAssembly kernels: AssemblyScript sources -> core/train/executors/wasm/generated.ts, four modules as
 * base64 (with and without relaxed SIMD, for memory that is shared between threads or not).
 */
import { readdir, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const sources = join(root, "core/train/executors/wasm/kernels");
const output = join(root, "core/train/executors/wasm/generated.ts");

const flags = [
  ["--runtime", "stub"],
  ["--importMemory", "--noAssert", "-O3"],
  ["--enable", "simd", "--enable", "threads"],
  ["--use", "abort="],
  // Constants lie in the control block (kernels/layout.ts).
  ["--memoryBase", "512"],
].flat();
const relaxedFlags = ["--enable", "relaxed-simd"];
// A shared memory's declared maximum must be at least the maximum of the memory it is given: all of 4 GiB.
const sharedFlags = ["--sharedMemory", "--maximumMemory", "65536"];

/** Compiles the kernels with these further flags; returns the module's bytes. */
async function compile(furtherFlags) {
  const { default: asc } = await import("assemblyscript/asc");
  let bytes;
  const { error, stderr } = await asc.main(
    ["index.ts", "--baseDir", sources, "--outFile", "index.wasm", ...flags, ...furtherFlags],
    { writeFile: (_name, contents) => void (bytes = contents) },
  );
  if (error) throw new Error(`The kernels do not compile: ${error.message}\n${stderr.toString()}`);
  return bytes;
}

async function isFresh() {
  const built = await stat(output).catch(() => undefined);
  if (!built) return false;
  const inputs = [
    fileURLToPath(import.meta.url),
    ...(await readdir(sources)).map((name) => join(sources, name)),
  ];
  const changed = await Promise.all(inputs.map(async (path) => (await stat(path)).mtimeMs));
  return Math.max(...changed) < built.mtimeMs;
}

/** Writes generated.ts unless it is newer than everything it is made from. */
export async function buildKernels() {
  if (await isFresh()) return;
  const builds = {
    plain: await compile([]),
    relaxed: await compile(relaxedFlags),
    plainShared: await compile(sharedFlags),
    relaxedShared: await compile([...relaxedFlags, ...sharedFlags]),
  };
  const lines = Object.entries(builds).map(
    ([name, bytes]) => `export const ${name} = "${Buffer.from(bytes).toString("base64")}";\n`,
  );
  // Put in place whole, since other processes may be reading it.
  const draft = `${output}.${process.pid}`;
  await writeFile(draft, `// Made by scripts/kernels.mjs from kernels/.\n${lines.join("")}`);
  await rename(draft, output);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels();
