/** A sweep of a project as a script for Slurm. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
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

const folder = writeProject(text, scratch());
const script = join(folder, "sweep.sbatch");
/** Writes a script of three seeds by two processes each. */
function sweep(...more: string[]): { status: number | null; stderr: string } {
  const options = ["--seeds", "1", "2", "3", "--processes", "2", "--slurm", "sweep.sbatch"];
  return spawnSync(pythonWithTorch(), ["sweep.py", ...options, "--", ...more], {
    cwd: folder,
    encoding: "utf8",
  });
}

test("Slurm gets an array of the trainings of a sweep", () => {
  const { status, stderr } = sweep("--epochs", "3");
  assert.equal(status, 0, stderr);
  assert.match(readFileSync(script, "utf8"), /#SBATCH --array=0-2/);
  const trial = `eval() { echo "$@"; }; SLURM_ARRAY_TASK_ID=1; . ./sweep.sbatch`;
  const echoed = spawnSync("bash", ["--norc", "-c", trial], { cwd: folder, encoding: "utf8" });
  assert.equal(
    echoed.stdout.trim(),
    "python -m torch.distributed.run --standalone --nproc_per_node 2 train.py --seed 2 --out sweep/seed-2 --no-left-behind --epochs 3",
  );
});

test("a knob without values is refused", () => {
  const { status, stderr } = spawnSync(pythonWithTorch(), ["sweep.py", "--knob", "beta"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(status, 2);
  assert.match(stderr, /error: --knob beta needs values, such as --knob beta 4 16$/m);
});

test("a script that a person has changed is not overwritten", () => {
  assert.equal(sweep("--epochs", "3").status, 0);
  writeFileSync(script, `${readFileSync(script, "utf8")}# for our cluster\n`);
  const { status, stderr } = sweep("--epochs", "3");
  assert.equal(status, 1);
  assert.match(stderr, /^sweep\.sbatch is there already, and differs: remove it, or name another file\.$/m);
  assert.match(readFileSync(script, "utf8"), /# for our cluster\n$/);
});
