/** Exports projects into folders and trains them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exportProject } from "../../core/export/project/index";
import { analyse } from "../../core/theory/analyse";
import { pythonWithTorch } from "../reference/driver";

/** A folder of its own, below the system's. */
export const scratch = (): string => mkdtempSync(join(tmpdir(), "bottleneck-project-"));

/** Writes the project of a text's first spec into a folder. */
export function writeProject(text: string, folder: string): string {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  const { derived } = specs[0]!;
  for (const { name, text: content, encoding } of exportProject(derived!)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), Buffer.from(content, encoding ?? "utf8"));
  }
  return folder;
}

/** Small runs are quickest on one thread, and numbers do not depend on how many there are. */
export const oneThread = { ...process.env, OMP_NUM_THREADS: "1" };

interface Training {
  folder: string;
  arguments: string[];
}

/** Trains projects one after another. @throws when one fails, with what it said */
export function trainProjects(runs: readonly Training[], python = pythonWithTorch()): void {
  const request = join(scratch(), "request.json");
  writeFileSync(request, JSON.stringify(runs));
  const script = fileURLToPath(new URL("run_projects.py", import.meta.url));
  const { status, stderr } = spawnSync(python, [script, request], { env: oneThread, encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

/** A line of a run's log. */
export type Line = Record<string, number> & { rows: "train" | "validation" };

export const linesOf = (run: string): Line[] =>
  readFileSync(join(run, "terms.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

export interface Report {
  step: number;
  test: Record<string, number>;
  validation: Record<string, number>;
  probes: { code: string; factor: string; of: "mean" | "draw"; r2?: number; accuracy?: number }[];
  findings: string[];
}

export const reportOf = (run: string): Report =>
  JSON.parse(readFileSync(join(run, "report.json"), "utf8")) as Report;
