/** A sweep of a project as a script for Slurm. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pythonWithTorch } from "../reference/driver";
import { scratch, writeProject } from "./projects";

const text = `spec S {
  data "planted-factors" { samples = 8, validation = 4, test = 4 }
  modality X : vector(64)
  latent Z : gaussian(4) from X
  compress I(X; Z)
  keep I(X; Z)
}`;

test("Slurm gets an array of the trainings of a sweep", () => {
  const folder = writeProject(text, scratch());
  const options = [
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
  ];
  const written = spawnSync(pythonWithTorch(), ["sweep.py", ...options], { cwd: folder, encoding: "utf8" });
  assert.equal(written.status, 0, written.stderr);
  const script = readFileSync(join(folder, "sweep.sbatch"), "utf8");
  assert.match(script, /#SBATCH --array=0-2/);
  const echoed = spawnSync(
    "bash",
    ["--norc", "-c", `eval() { echo "$@"; }; SLURM_ARRAY_TASK_ID=1; . ./sweep.sbatch`],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  assert.equal(
    echoed.stdout.trim(),
    "torchrun --standalone --nproc_per_node 2 train.py --seed 2 --out sweep/seed-2 --epochs 3",
  );
});
