// Every check: `npm test`, some parts (`npm test -- theory program`), or a file or folder (`npm test -- test/cli`).
// Two jobs run at a time: a test file, the linter, the formatter or the compiler. Missing tools are installed meanwhile.
// Prints the time of each part and ends with `N passed, N failed` and, if any, `, N skipped`.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { runJobs } from "./queue.mjs";
import { ensurePackages, root } from "./setup.mjs";

ensurePackages();

/** Parts whose pages and windows wait for what they draw: one of their files at a time, beside others. They take longest. */
const WINDOWS = ["story", "editor", "panel"];
/** Parts with tests that need a browser, an editor or Python: they wait until the machine has them. */
const MACHINE = [
  ...WINDOWS,
  "numbers",
  "reference",
  "executors",
  "trainer",
  "cli",
  "lists",
  "data",
  "client",
];
const NOT_TESTS = ["bench", "output", "verify"];
const LANES = 2;
/** Milliseconds after which a file is stopped and has failed. */
const LIMIT = 900_000;
/** How many of the slowest files are named at the end. */
const SLOWEST = 10;

const folders = readdirSync(join(root, "test")).filter(
  (name) => statSync(join(root, "test", name)).isDirectory() && !NOT_TESTS.includes(name),
);
const bin = (name) => join(root, "node_modules", ".bin", name);
/** Checks of the whole text. */
const CHECKS = {
  lint: [bin("eslint"), "."],
  types: [bin("tsc"), "--noEmit"],
  format: [bin("prettier"), "--check", "."],
};
const all = [
  ...MACHINE.filter((name) => folders.includes(name)),
  ...Object.keys(CHECKS),
  ...folders.filter((name) => !MACHINE.includes(name)),
];

/** The folder of test/ that a path lies in; undefined for a path that holds no tests. */
function folderOf(path) {
  const [folder] = relative(join(root, "test"), resolve(path)).split(sep);
  return folders.includes(folder) && statSync(path, { throwIfNoEntry: false }) ? folder : undefined;
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

/** Runs a command in the root; resolves with its exit code and output. */
function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function testFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(path, name))
    .sort();
}

async function check(command, args) {
  const { code, output } = await run(command, args);
  if (code !== 0) console.log(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

/** What the reporter's line for this script begins with. */
const TOTALS = "@totals ";
/** Where the reporter writes of each file. */
const reports = mkdtempSync(join(tmpdir(), "bottleneck-test-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

async function testFile(path) {
  const report = join(reports, relative(root, path).replaceAll(sep, "."));
  const flags = ["--test-reporter=./scripts/reporter.mjs", `--test-reporter-destination=${report}`];
  const { code, output } = await run(process.execPath, ["--import", "tsx", ...flags, path], {
    timeout: LIMIT,
  });
  const written = statSync(report, { throwIfNoEntry: false }) ? readFileSync(report, "utf8") : "";
  const lines = written.split("\n");
  const line = lines.findLast((text) => text.startsWith(TOTALS));
  const shown = lines.filter((text) => text !== line).join("\n");
  if (shown.trim() !== "") console.log(shown);
  if (process.env.BOTTLENECK_TEST_OUTPUT) console.log(output);
  const totals =
    line === undefined
      ? { passed: 0, failed: 0, skipped: [], errors: [] }
      : JSON.parse(line.slice(TOTALS.length));
  // A file that ended badly without a failed test has failed all the same, as has one without tests.
  if (totals.failed === 0 && (code !== 0 || totals.passed + totals.skipped.length === 0)) {
    console.log(
      `\n  FAILED ${relative(root, path)}: ended with ${code} after ${totals.passed} tests\n${[output, ...totals.errors].join("\n")}`,
    );
    totals.failed = 1;
  }
  return totals;
}

const started = Date.now();
const inSeconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
const needsMachine = (part) => MACHINE.includes(folderOfPart(part));
/** Installs in a process of its own what is missing, beside the tests that do not need it. */
const machine = parts.some(needsMachine)
  ? run(process.execPath, ["scripts/machine.mjs"], { stdio: ["ignore", "inherit", "inherit"] })
  : undefined;
console.log("Building …");
const { build } = await import("./build.mjs");
await build();
console.log(`built in ${inSeconds(Date.now() - started)}`);
/** The machine, and the extension's package. */
const packaged = machine?.then(() =>
  parts.some((part) => folderOfPart(part) === "editor")
    ? run(process.execPath, ["scripts/package.mjs", "--built"], { stdio: ["ignore", "ignore", "inherit"] })
    : undefined,
);

const sum = { passed: 0, failed: 0, skipped: [] };
const slowest = [];
function add(to, { passed, failed, skipped }) {
  to.passed += passed;
  to.failed += failed;
  to.skipped.push(...skipped);
}

/** The jobs of a part; the last of them to end prints how all went, and the time that they took together. */
function jobsOf(part) {
  const result = { passed: 0, failed: 0, skipped: [] };
  let milliseconds = 0;
  const folder = folderOfPart(part);
  const tasks =
    part in CHECKS
      ? [{ name: part, carryOut: () => check(CHECKS[part][0], CHECKS[part].slice(1)) }]
      : testFiles(all.includes(part) ? join(root, "test", part) : resolve(part)).map((path) => ({
          name: relative(root, path),
          carryOut: () => testFile(path),
        }));
  let left = tasks.length;
  return tasks.map(({ name, carryOut }) => ({
    alone: WINDOWS.includes(folder) ? "window" : undefined,
    after: needsMachine(part) ? packaged : undefined,
    async run() {
      const begun = Date.now();
      add(result, await carryOut());
      const took = Date.now() - begun;
      milliseconds += took;
      slowest.push({ name, took });
      left -= 1;
      if (left > 0) return;
      add(sum, result);
      const skipped = result.skipped.length > 0 ? `, ${result.skipped.length} skipped` : "";
      console.log(
        `${part.padEnd(12)} ${String(result.passed).padStart(5)} passed, ${result.failed} failed${skipped}  (${inSeconds(milliseconds)})`,
      );
    },
  }));
}
await runJobs(parts.flatMap(jobsOf), LANES);

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
slowest.sort((a, b) => b.took - a.took);
console.log("\nslowest:");
for (const { name, took } of slowest.slice(0, SLOWEST))
  console.log(`  ${inSeconds(took).padStart(8)}  ${name}`);
console.log(`\nin ${inSeconds(Date.now() - started)}`);
const skipped = sum.skipped.length > 0 ? `, ${sum.skipped.length} skipped` : "";
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed > 0 ? 1 : 0;
