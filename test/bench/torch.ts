/** PyTorch in a child process (step.py or losses.py), asked one thing at a time. */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Torch {
  ask<Answer>(request: object): Promise<Answer>;
  end(): void;
}

/**
 * Starts Python with this many threads for its loops and for BLAS.
 * @param options `python`: its command. `quiet`: what it prints beside its answers is not shown
 */
export function startTorch(
  threads: number,
  script: "step.py" | "losses.py" = "step.py",
  { python = "/usr/bin/python3", quiet = false } = {},
): Torch {
  const count = String(threads);
  const child = spawn(python, [join(dirname(fileURLToPath(import.meta.url)), script)], {
    env: {
      ...process.env,
      OMP_NUM_THREADS: count,
      OPENBLAS_NUM_THREADS: count,
      PYTHONDONTWRITEBYTECODE: "1",
    },
    stdio: ["pipe", "pipe", quiet ? "ignore" : "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<Answer>(request: object) {
      child.stdin.write(JSON.stringify(request) + "\n");
      const { value, done } = await lines.next();
      if (done) throw new Error("PyTorch ended; see its message above.");
      return JSON.parse(value) as Answer;
    },
    end: () => void child.stdin.end(),
  };
}
