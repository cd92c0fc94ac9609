/** What `npm install -g` gives: the packed files are what the commands need and nothing else, and the commands work. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

const root = join(import.meta.dirname, "..", "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  bin: Record<string, string>;
  scripts: Record<string, string>;
  dependencies?: unknown;
};

/** Megabytes of the packed file: a library that slips in shows here. */
const MOST = 2.5;

test("the packed files are those that the commands need; each command runs where it is installed", async () => {
  // `npm test` has built them; building again here would take them from under other tests.
  assert.equal(manifest.scripts["prepack"], "node scripts/build.mjs");
  assert.equal(manifest.dependencies, undefined, "the bundles hold all that they need");
  const folder = mkdtempSync(join(tmpdir(), "bottleneck-pack-"));
  const npm = (...args: string[]): string =>
    execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  try {
    const packed = npm("pack", "--ignore-scripts", "--json", "--pack-destination", folder);
    const [{ filename, size, files }] = JSON.parse(packed) as [
      { filename: string; size: number; files: { path: string }[] },
    ];
    const paths = files.map(({ path }) => path);
    const others = paths.filter((path) => !/^(dist|docs\/manual|core\/catalogue)\//.test(path));
    assert.deepEqual(others.sort(), ["LICENSE", "README.md", "package.json"]);
    // Editors open the texts of methods.
    const methods = readdirSync(join(root, "core/catalogue")).filter((file) => file.endsWith(".bottleneck"));
    assert.deepEqual(
      paths.filter((path) => path.startsWith("core/catalogue/")).sort(),
      methods.map((file) => `core/catalogue/${file}`).sort(),
    );
    assert.deepEqual(paths.filter((path) => path.startsWith("dist/")).sort(), [
      "dist/cli/bottleneck.js",
      "dist/package.json",
      "dist/server/node.js",
      "dist/trainer/interpreter.py",
      "dist/trainer/node.js",
      "dist/trainer/own_modules.py",
      "dist/trainer/tfjs-backend-wasm-simd.wasm",
      "dist/trainer/tfjs-backend-wasm.wasm",
      "dist/webview/panel.css",
      "dist/webview/panel.js",
    ]);
    assert.ok(size < MOST * 2 ** 20, `${(size / 2 ** 20).toFixed(1)} MB packed, ${MOST} at most`);

    npm(
      "install",
      "--global",
      "--offline",
      "--no-audit",
      "--no-fund",
      "--prefix",
      folder,
      join(folder, filename),
    );
    const bin = (name: string): string =>
      process.platform === "win32" ? join(folder, `${name}.cmd`) : join(folder, "bin", name);
    const spec = join(root, "examples", "planted-factors.bottleneck");
    const run = (...args: string[]): string =>
      execFileSync(bin("bottleneck"), args, { cwd: folder, encoding: "utf8" });
    assert.match(run("check", spec), /no errors/);
    assert.match(run("export", "--to", "pytorch", spec), /^import torch$/m);
    const report = JSON.parse(run("preview", "--epochs", "1", "--json", spec)) as { step: number };
    assert.ok(report.step > 0);
    assert.match(
      await initialized(bin("bottleneck-language-server")),
      /"serverInfo":\{"name":"bottleneck-language-server"/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** What a language server answers to `initialize` over standard input and output. */
async function initialized(command: string): Promise<string> {
  const server = spawn(command, ["--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    const params = { processId: null, rootUri: null, capabilities: {} };
    const message = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
    server.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
    let heard = "";
    for await (const chunk of server.stdout.setEncoding("utf8")) {
      heard += chunk as string;
      if (heard.includes('"id":1')) break;
    }
    return heard;
  } finally {
    server.kill();
  }
}
