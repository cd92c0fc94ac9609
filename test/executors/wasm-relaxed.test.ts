/** Where the engine has relaxed SIMD only behind a flag (Node 20), the other tests again in a child with the flag. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { builds } from "./wasm-harness";

test("the build with relaxed SIMD passes the same tests", () => {
  if (builds.includes("on")) return;
  const folder = dirname(fileURLToPath(import.meta.url));
  const files = readdirSync(folder).filter(
    (name) => /^wasm-.*\.test\.ts$/.test(name) && name !== "wasm-relaxed.test.ts",
  );
  const flags = ["--experimental-wasm-relaxed-simd", "--import", "tsx", "--test"];
  const environment = { ...process.env };
  delete environment["NODE_TEST_CONTEXT"];
  const child = spawnSync(process.execPath, [...flags, ...files.map((name) => join(folder, name))], {
    encoding: "utf8",
    env: environment,
  });
  assert.equal(child.status, 0, child.stdout + child.stderr);
  assert.match(child.stdout, /relaxed SIMD on/);
});
