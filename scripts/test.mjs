// Every check: `npm test`, some parts (`npm test -- theory program`), or a file or folder (`npm test -- test/cli`).
// Prints the time of each part and ends with `N passed, N failed` and, if any, `, N skipped`.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { ensurePackages, root } from "./setup.mjs";

ensurePackages();

/** Parts that need a browser, an editor or Python come last; every other folder of test/ is a part of its own. */
const LAST = ["reference", "numbers", "panel", "editor", "story"];
/** Parts whose pages and windows wait for what they draw: one file at a time. */
const ALONE = ["panel", "editor", "story"];
const NOT_TESTS = ["bench", "output", "verify"];

const folders = readdirSync(join(root, "test")).filter(
  (name) =>
    statSync(join(root, "test", name)).isDirectory() && !NOT_TESTS.includes(name) && !LAST.includes(name),
);
const last = LAST.filter((name) => existsSync(join(root, "test", name)));
const all = ["lint", "format", "types", ...folders, ...last];

/** The folder of test/ that a path lies in; undefined for a path that holds no tests. */
function folderOf(path) {
  const inside = relative(join(root, "test"), resolve(path));
  const [folder] = inside.split(sep);
  return existsSync(path) && (folders.includes(folder) || last.includes(folder)) ? folder : undefined;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name) && folderOf(name) === undefined);
if (unknown.length > 0) {
  console.error(
    `There is no part, test file or folder of tests ${unknown.join(", ")}. The parts are ${all.join(", ")}.`,
  );
  process.exit(2);
}
const parts = asked.length > 0 ? asked : all;
const folderOfPart = (part) => (all.includes(part) ? part : folderOf(part));

const { build } = await import("./build.mjs");
const { prepareMachine } = await import("./machine.mjs");
const { packageExtension } = await import("./package.mjs");
const PREPARED = [...LAST, "executors"];
if (parts.some((part) => PREPARED.includes(folderOfPart(part)))) prepareMachine();

/** Runs a command in the root; resolves with its exit code and output. */
function run(command, args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function testFiles(folder) {
  if (!statSync(folder).isDirectory()) return [folder];
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...testFiles(path));
    else if (entry.name.endsWith(".test.ts")) found.push(path);
  }
  return found.sort();
}

async function check(command, args) {
  const { code, output } = await run(command, args);
  if (code !== 0) console.log(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

async function tests(part) {
  const files = testFiles(all.includes(part) ? join(root, "test", part) : resolve(part));
  if (files.length === 0) return { passed: 0, failed: 0, skipped: [] };
  const alone = ALONE.includes(folderOfPart(part));
  const { code, output } = await run(process.execPath, [
    "--import",
    "tsx",
    "--test",
    `--test-concurrency=${alone ? 1 : 2}`,
    "--test-reporter=./scripts/reporter.mjs",
    "--test-timeout=900000",
    ...files,
  ]);
  const line = output.split("\n").findLast((text) => text.startsWith("@totals "));
  const shown = output.split("\n").filter((text) => text !== line);
  if (shown.some((text) => text.trim() !== "")) console.log(shown.join("\n"));
  if (line === undefined) return { passed: 0, failed: 1, skipped: [] };
  const totals = JSON.parse(line.slice("@totals ".length));
  // A runner that died without telling of a failed test has failed all the same.
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  if (totals.passed + totals.failed + totals.skipped.length === 0) {
    console.log(`  no test ran in ${part}`);
    totals.failed = 1;
  }
  return totals;
}

const started = Date.now();
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
console.log("Building …");
await build();
if (parts.some((part) => folderOfPart(part) === "editor")) {
  const failure = packageExtension();
  if (failure !== undefined) console.error(failure);
}
console.log(`built in ${seconds(started)}`);

const bin = (name) => join(root, "node_modules", ".bin", name);
/** Checks of the whole text, each on one core. */
const CHECKS = {
  lint: () => check(bin("eslint"), ["."]),
  format: () => check(bin("prettier"), ["--check", "."]),
  types: () => check(bin("tsc"), ["--noEmit"]),
};

const sum = { passed: 0, failed: 0, skipped: [] };
async function carryOut(part) {
  const begun = Date.now();
  const result = await (CHECKS[part]?.() ?? tests(part));
  sum.passed += result.passed;
  sum.failed += result.failed;
  sum.skipped.push(...result.skipped);
  const skipped = result.skipped.length > 0 ? `, ${result.skipped.length} skipped` : "";
  console.log(
    `${part.padEnd(12)} ${String(result.passed).padStart(5)} passed, ${result.failed} failed${skipped}  (${seconds(begun)})`,
  );
}
await Promise.all(parts.filter((part) => part in CHECKS).map(carryOut));
for (const part of parts) if (!(part in CHECKS)) await carryOut(part);

// What may be missing is written down with its reason; in CI anything else that was skipped is a failure.
const allowed = readFileSync(join(root, "test", "unavailable.md"), "utf8");
for (const { name, reason } of sum.skipped) {
  const known = allowed.includes(`\`${name}\``);
  console.log(`skipped: ${name}${reason && reason !== "true" ? `: ${reason}` : ""}`);
  if (process.env.CI && !known) {
    console.log(`  not in test/unavailable.md: counted as failed`);
    sum.failed += 1;
  }
}
console.log(`\nin ${seconds(started)}`);
const skipped = sum.skipped.length > 0 ? `, ${sum.skipped.length} skipped` : "";
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed > 0 ? 1 : 0;
