/** A project on several processes, and its sweeps. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { pythonWithTorch } from "../reference/driver";
import { linesOf, oneThread, reportOf, scratch, writeProject } from "./projects";

const text = `spec S {
  data "planted-factors" { samples = 256, validation = 64, test = 64, seed = 2 }
  modality X : vector(64)
  modality Y : vector(64)
  observe shared_1 : scalar
  latent Zx : gaussian(4) from X
  latent Zy : gaussian(4) from Y
  knob beta = 8 in 0.1 .. 100 log
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
  keep I(X; Zx)
  train { steps = 12, batch = 64, seed = 5 }
}`;

const folder = writeProject(text, scratch());
const python = pythonWithTorch();
const run = (...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(python, args, {
    cwd: folder,
    env: oneThread,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return stdout;
};

/** A port that is free now: a fixed one may be in use. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

test("two processes of torchrun train as one does", async () => {
  const arguments_ = ["--device", "cpu", "--log-every", "1"];
  run("train.py", ...arguments_, "--out", "one");
  const port = String(await freePort());
  const launch = ["-m", "torch.distributed.run", "--nproc_per_node", "2", "--master_port", port];
  run(...launch, "train.py", ...arguments_, "--out", "two");
  const [one, two] = ["one", "two"].map((out) => linesOf(join(folder, out)));
  assert.equal(one!.length, two!.length);
  one!.forEach((line, i) => {
    for (const [name, value] of Object.entries(line))
      if (typeof value === "number" && name !== "seconds")
        assert.ok(Math.abs(two![i]![name]! - value) < 1e-3 * Math.max(1, Math.abs(value)), `${name} at ${i}`);
  });
  assert.equal(reportOf(join(folder, "two")).step, reportOf(join(folder, "one")).step);
});

test("Slurm gets an array of the trainings of a sweep", () => {
  run(
    "sweep.py",
    "--seeds",
    "1",
    "2",
    "3",
    "--processes",
    "2",
    "--slurm",
    "sweep.sbatch",
    "--",
    "--epochs",
    "3",
  );
  const script = readFileSync(join(folder, "sweep.sbatch"), "utf8");
  assert.match(script, /#SBATCH --array=0-2/);
  const echoed = spawnSync("bash", ["-c", `eval() { echo "$@"; }; SLURM_ARRAY_TASK_ID=1; . ./sweep.sbatch`], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(
    echoed.stdout.trim(),
    "torchrun --standalone --nproc_per_node 2 train.py --seed 2 --out sweep/seed-2 --epochs 3",
  );
});
