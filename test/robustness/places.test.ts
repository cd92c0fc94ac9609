/** Paths that lead off the machine, and files that never end, are refused in words. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Failure } from "../../cli/command";
import { readSource } from "../../cli/source";
import { usedAddress } from "../../core/language/uses";
import { readSpecFile } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";

test("a used path to another machine is opened nowhere, however it is written", () => {
  const location = "file:///specs/a.bottleneck";
  for (const path of [
    "//server/share/b.bottleneck",
    "\\\\server\\share\\b.bottleneck",
    "/..//server/share/b.bottleneck",
    "../../..//server/share/b.bottleneck",
    "file://server/share/b.bottleneck",
  ])
    assert.ok("problem" in usedAddress(path, location), path);
  assert.ok("address" in usedAddress("./b.bottleneck", location));
  assert.ok("address" in usedAddress("./b.bottleneck", "file://server/share/a.bottleneck"));
});

test("data of another machine is not read", async () => {
  for (const path of ["//server/share/x.npz", "\\\\server\\share\\x.npz"])
    await assert.rejects(
      readSpecFile(defaultSettings, "file:///specs/a.bottleneck", path),
      /another machine/,
    );
});

test("a pipe as a file is one error, and no wait", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bottleneck-pipe-"));
  const pipe = join(folder, "a.bottleneck");
  execFileSync("mkfifo", [pipe]);
  try {
    await assert.rejects(readSource(pipe), (error) => {
      assert.ok(error instanceof Failure);
      assert.match(error.message, /is a device or a pipe/);
      return true;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
