import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { readSpecFile } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";
import { relaxedSimdFlags, spawnTrainer } from "../../trainer/spawn";

const folder = mkdtempSync(join(tmpdir(), "bottleneck trainer-"));
test.after(() => rmSync(folder, { recursive: true }));

test("paths start in the document's folder, whatever characters they hold", async () => {
  const name = "what's #1? 50%.npy";
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", name), "bytes");
  const document = pathToFileURL(join(folder, "my spec.bottleneck")).href;
  const read = async (path: string, uri = document, settings = defaultSettings): Promise<string> => {
    const file = await readSpecFile(settings, uri, path);
    assert.ok("size" in file);
    return Buffer.from(await file.read(0, file.size)).toString();
  };
  assert.equal(await read(`data/${name}`), "bytes");
  assert.equal(await read(`./data/${name}`), "bytes");
  assert.equal(await read(join(folder, "data", name)), "bytes");
  // A document without a folder of its own reads from the one it is told.
  for (const base of [folder, pathToFileURL(folder).href]) {
    assert.equal(
      await read(`data/${name}`, "untitled:Untitled-1", { ...defaultSettings, folder: base }),
      "bytes",
    );
  }
  await assert.rejects(read("nothing.npy"), /there is no file .*nothing\.npy/);
  const listed = await readSpecFile(defaultSettings, document, "data");
  assert.ok("names" in listed);
  assert.deepEqual(listed.names, [name], "a folder is listed");
  assert.equal(Buffer.from(await listed.read(name)).toString(), "bytes");
  await assert.rejects(read("/dev/zero"), process.platform === "win32" ? /no file/ : /a device or a pipe/);
  await assert.rejects(read(`data/${name}`, document, { ...defaultSettings, files: false }), /trusted/);
});

test("relaxed SIMD is asked for by a flag where V8 has it behind one", () => {
  assert.deepEqual(relaxedSimdFlags("11.3.244.8-node.33"), ["--experimental-wasm-relaxed-simd"]);
  assert.deepEqual(relaxedSimdFlags("11.4.183"), []);
  assert.deepEqual(relaxedSimdFlags("13.6.233.17-node.37"), []);
});

/** A trainer whose program is this text. */
function spawnText(text: string): ReturnType<typeof spawnTrainer> {
  const entry = join(folder, `${text.length}.js`);
  writeFileSync(entry, text);
  return spawnTrainer(entry, defaultSettings);
}

test("a trainer that ends by itself says why; messages sent after that are no fault", async () => {
  const thrown = spawnText("throw new TypeError('no such thing')");
  assert.match(await thrown.ended, /exit code 1: TypeError: no such thing/);
  thrown.channel.send({ kind: "run" });
  thrown.channel.close();
  const killed = spawnText("process.kill(process.pid, 'SIGTERM')");
  assert.match(await killed.ended, /SIGTERM/);
});

test("what a trainer says is checked before it is handed on", async () => {
  const heard: unknown[] = [];
  const trainer = spawnText(
    "process.send({ kind: 'nonsense' }); process.send({ kind: 'phase', generation: 1, phase: 'idle' }); setTimeout(() => {}, 50)",
  );
  trainer.channel.listen((message) => heard.push(message));
  await trainer.ended;
  assert.deepEqual(heard, [{ kind: "phase", generation: 1, phase: "idle" }]);
});

test("a stopped trainer is gone, and its end is not told as a fault", async () => {
  const trainer = spawnText(
    "setInterval(() => {}, 1000); process.send({ kind: 'phase', generation: 1, phase: 'idle' })",
  );
  await new Promise((resolve) => trainer.channel.listen(resolve));
  trainer.stop();
  const told = await Promise.race([
    trainer.ended,
    new Promise((resolve) => setTimeout(() => resolve("nothing"), 300)),
  ]);
  assert.equal(told, "nothing");
});

test(
  "a trainer that hears nothing ends with its parent",
  { skip: process.platform === "win32" },
  async () => {
    const outlive = JSON.stringify(join(import.meta.dirname, "..", "..", "trainer", "outlive.ts"));
    const child = join(folder, "busy.mts");
    writeFileSync(
      child,
      `import { endWithParent } from ${outlive}; endWithParent(); console.log(process.pid); setTimeout(() => { for (;;); }, 300);`,
    );
    const parent = join(folder, "parent.mjs");
    writeFileSync(
      parent,
      `import { spawn } from "node:child_process"; spawn(process.execPath, ["--import", "tsx", ${JSON.stringify(child)}], { stdio: "inherit" }); setInterval(() => {}, 1000);`,
    );
    const running = spawn(process.execPath, [parent], {
      cwd: join(import.meta.dirname, "..", ".."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(running.stdout, "data")) as [Buffer];
    const pid = Number(said.toString());
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.ok(isAlive(pid));
    running.kill("SIGKILL");
    for (let i = 0; i < 100 && isAlive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(!isAlive(pid), "it is gone");
  },
);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
