/** Installing a package by npm, which a script plays here. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, test } from "node:test";
import { installedIn } from "../../trainer/installed";
import { installPackage } from "../../trainer/install";

const skip = process.platform === "win32" ? "the npm of this test is a shell script" : false;
const path = process.env["PATH"];
let folder: string;

before(() => (folder = mkdtempSync(join(tmpdir(), "bottleneck install "))));
after(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true });
});

/** Installs where npm does what a shell script says. */
async function install(script: string, signal = new AbortController().signal): Promise<string[]> {
  writeFileSync(join(folder, "npm"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  process.env["PATH"] = `${folder}${delimiter}${path}`;
  const lines: string[] = [];
  await installPackage("thing@1.2.3", join(folder, "modules"), { signal, log: (line) => lines.push(line) });
  return lines;
}

test("npm installs into a folder of its own, where the package is then found", { skip }, async () => {
  const lines = await install(
    'echo "$@"; mkdir -p node_modules/thing; echo "{}" > node_modules/thing/package.json; touch node_modules/thing/index.js',
  );
  assert.match(lines.join("\n"), /^install thing@1\.2\.3 /);
  assert.equal(readFileSync(join(folder, "modules", "package.json"), "utf8"), '{ "private": true }\n');
  assert.equal(installedIn([join(folder, "modules")], ["thing"]).length, 1);
});

test("what npm says went wrong is the reason", { skip }, async () => {
  const script = 'echo "npm error code E404" >&2; echo "npm error 404 Not Found - thing" >&2; exit 1';
  await assert.rejects(install(script), /npm could not install it: 404 Not Found - thing/);
  await assert.rejects(install("exit 7"), /it ended with code 7/);
});

test("it ends when it is aborted", { skip }, async () => {
  const abort = new AbortController();
  const ended = install("exec sleep 60", abort.signal);
  setTimeout(() => abort.abort(), 50);
  await assert.rejects(ended, { name: "AbortError" });
});

test("where there is no npm, it says what to do", { skip }, async () => {
  process.env["PATH"] = join(folder, "nothing");
  assert.equal(existsSync(process.env["PATH"]), false);
  await assert.rejects(
    installPackage("thing@1", join(folder, "modules"), {
      signal: new AbortController().signal,
      log: () => undefined,
    }),
    /npm was not found.*Install Node\.js/,
  );
});
