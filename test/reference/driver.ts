/**
 * Drives check.py and mnist_views.py: puts the tensors of a request into one binary file, runs the script in a scratch
 * folder and reads the tensors of the answer back. README.md describes the fields of a request and of an answer.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

type TensorData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** Row-major numbers and their shape (`[]` for a scalar), anywhere in a request where the format says "tensor". */
export interface Tensor {
  readonly data: TensorData;
  readonly shape: readonly number[];
}

interface TensorEntry {
  readonly file: string;
  readonly dtype: keyof typeof readers;
  readonly shape: number[];
  readonly offset: number;
}

const readers = {
  float32: (bytes: ArrayBuffer) => new Float32Array(bytes),
  float64: (bytes: ArrayBuffer) => new Float64Array(bytes),
  int32: (bytes: ArrayBuffer) => new Int32Array(bytes),
  int64: (bytes: ArrayBuffer) => new BigInt64Array(bytes),
  uint8: (bytes: ArrayBuffer) => new Uint8Array(bytes),
};

const widths = { float32: 4, float64: 8, int32: 4, int64: 8, uint8: 1 };

const folder = dirname(fileURLToPath(import.meta.url));

const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");
const NEWEST = join(cache, "torch", "bin", "python");

/**
 * The first Python that has torch: `BOTTLENECK_PYTHON`, the newest, which `npm test` installs outside the checkout, `python3`
 * on the path, Debian's. Throws when there is none.
 */
export function pythonWithTorch(): string {
  const probe = "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)";
  const candidates = [process.env["BOTTLENECK_PYTHON"], NEWEST, "python3", "/usr/bin/python3"];
  for (const python of candidates) {
    if (python !== undefined && spawnSync(python, ["-c", probe]).status === 0) return python;
  }
  throw new Error(
    "No Python with torch: install python3-torch, or set BOTTLENECK_PYTHON to a Python that has it.",
  );
}

/** Debian's Python with the oldest torch that exports are held to, 1.13; undefined where it is not installed. */
export function pythonWithOldTorch(): string | undefined {
  const python = "/usr/bin/python3";
  const probe = "import torch; assert torch.__version__.startswith('1.13')";
  return spawnSync(python, ["-c", probe]).status === 0 ? python : undefined;
}

/**
 * Runs `check.py` or `mnist_views.py` on a request whose tensors are {@link Tensor} values, and returns its answer with the
 * same. A case that failed is in the answer as `{ id, error }`; anything else that goes wrong throws with the script's output.
 */
export const askReference = (
  request: object,
  script: "check.py" | "mnist_views.py" = "check.py",
  env: NodeJS.ProcessEnv = {},
): Promise<unknown> => askPython(join(folder, script), request, env);

/** On tensors of a few numbers, further threads wait at full speed: four times the processor's time. */
const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

/** The same with any script that reads and writes a folder so; exit code 1 says that some case failed. */
export async function askPython(
  script: string,
  request: object,
  env: NodeJS.ProcessEnv = {},
  python = pythonWithTorch(),
): Promise<unknown> {
  const scratch = await mkdtemp(join(tmpdir(), "bottleneck-reference-"));
  try {
    await writeRequest(scratch, request);
    const { code, output } = await run(python, [script, scratch], { ...ONE_THREAD, ...env });
    const answer = await readFile(join(scratch, "response.json"), "utf8").catch(() => undefined);
    if (answer === undefined || (code !== 0 && code !== 1)) {
      throw new Error(`${basename(script)} exited with ${String(code)}:\n${output}`);
    }
    return unpack(JSON.parse(answer), await readFile(join(scratch, "response.bin")));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Puts a request and its tensors into a folder, as the scripts read them. */
export async function writeRequest(folder: string, request: object): Promise<void> {
  const { json, bytes } = pack(request);
  await writeFile(join(folder, "request.bin"), bytes);
  await writeFile(join(folder, "request.json"), JSON.stringify(json));
}

function run(python: string, args: string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ code: number | string; output: string }>((resolve) => {
    const options = { env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", ...env }, maxBuffer: 1 << 24 };
    execFile(python, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? 1), output: stdout + stderr });
    });
  });
}

/** The request with each tensor replaced by its place in one file. A tensor used twice is stored once. */
function pack(request: object): { json: unknown; bytes: Uint8Array } {
  const parts: Uint8Array[] = [];
  const places = new Map<TensorData, number>();
  let size = 0;
  const place = (data: TensorData): number => {
    const known = places.get(data);
    if (known !== undefined) return known;
    const offset = size;
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    places.set(data, offset);
    size += data.byteLength;
    return offset;
  };
  const visit = (value: unknown): unknown => {
    if (isTensor(value)) {
      const dtype = dtypeOf(value.data);
      return { file: "request.bin", dtype, shape: value.shape, offset: place(value.data) };
    }
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
  };
  return { json: visit(request), bytes: Buffer.concat(parts) };
}

function unpack(value: unknown, bytes: Buffer): unknown {
  if (Array.isArray(value)) return value.map((item) => unpack(item, bytes));
  if (typeof value !== "object" || value === null) return value;
  if ("dtype" in value && "shape" in value) {
    const { dtype, shape, offset } = value as TensorEntry;
    const length = shape.reduce((product, n) => product * n, 1) * widths[dtype];
    const own = new Uint8Array(bytes.subarray(offset, offset + length)).buffer;
    return { data: readers[dtype](own), shape } satisfies Tensor;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item, bytes)]));
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === "object" && value !== null && "data" in value && ArrayBuffer.isView(value.data);
}

function dtypeOf(data: TensorData): keyof typeof readers {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int32Array) return "int32";
  return data instanceof BigInt64Array ? "int64" : "uint8";
}
