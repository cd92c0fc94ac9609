/** The README's lines about a training project, followed word for word. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pythonWithTorch } from "../reference/driver";
import { linesOf, oneThread, reportOf, scratch } from "./projects";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Two processes of torchrun train as one does. */
function assertSame(one: string, two: string): void {
  const [lines, others] = [linesOf(one), linesOf(two)];
  assert.ok(lines.length > 7);
  assert.equal(others.length, lines.length);
  for (const [i, line] of lines.entries())
    for (const [name, value] of Object.entries(line))
      if (typeof value === "number" && name !== "seconds") {
        const other = others[i]![name]!;
        assert.ok(
          Math.abs(other - value) < 1e-3 * Math.max(1, Math.abs(value)),
          `${name} of line ${i} is ${value} by one process, ${other} by two`,
        );
      }
  assert.equal(reportOf(two).step, reportOf(one).step);
}

/** A `python` that runs scripts in forks of a process that has torch: ten imports of it take longer than all that they do. */
async function warmPython(socket: string, command: string) {
  const script = fileURLToPath(new URL("warm_python.py", import.meta.url));
  const stdio = ["pipe", "pipe", "inherit"] as const;
  const server = spawn(pythonWithTorch(), [script, socket, command], { stdio: [...stdio], env: oneThread });
  await once(server.stdout!, "data");
  return { stdin: server.stdin! };
}

test("the README's ten lines export a project, train it in every way, and show what its codes keep", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, block] = /```\n(# example: project\n[^]*?)```/.exec(readme)!;
  assert.ok(block!.trim().split("\n").length <= 10);
  const place = scratch();
  mkdirSync(join(place, "examples"));
  mkdirSync(join(place, "bin"));
  copyFileSync(
    join(root, "examples", "planted-factors.bottleneck"),
    join(place, "examples", "planted-factors.bottleneck"),
  );
  const command = (name: string, line: string): void => {
    writeFileSync(join(place, "bin", name), `#!/bin/sh\nexec ${line} "$@"\n`);
    chmodSync(join(place, "bin", name), 0o755);
  };
  const warm = await warmPython(join(place, "python.socket"), join(place, "bin", "python"));
  const loader = join(root, "node_modules", "tsx", "dist", "loader.mjs");
  command("bottleneck", `${process.execPath} --import ${loader} ${join(root, "cli", "bottleneck.ts")}`);
  const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-e", "-c", block!], {
    cwd: place,
    encoding: "utf8",
    env: { ...oneThread, PATH: `${join(place, "bin")}${delimiter}${process.env["PATH"]}` },
  });
  warm.stdin.end();
  assert.equal(status, 0, stderr);
  const planted = join(place, "planted");
  for (const run of ["run", "run-2", "two"]) assert.ok(reportOf(join(planted, run)).probes.length > 0, run);
  assert.equal(linesOf(join(planted, "run-2")).at(-1)!["beta"], 16);
  assertSame(join(planted, "run"), join(planted, "two"));
  const [head, ...rows] = readFileSync(join(planted, "sweep", "table.csv"), "utf8")
    .trim()
    .split(/\r?\n/);
  assert.match(head!, /^run,seed,step,beta,test loss,.*r2 of shared_1 in the draw of Zx/);
  assert.deepEqual(
    rows.map((row) => row.split(",")[0]),
    ["seed-1-beta-16", "seed-2-beta-16"],
  );
  assert.ok(existsSync(join(planted, "run", "state.pt")));
  assert.match(stdout, /Zx/);
});
