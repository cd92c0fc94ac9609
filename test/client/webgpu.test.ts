/** Installing WebGPU for previews, in an editor that is a fake: nothing happens before the person has agreed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { beforeEach, test } from "node:test";
import type { Home } from "../../client/home";
import { h5wasmPackage } from "../../trainer/h5wasm-package";
import { webGpuPackage } from "../../trainer/webgpu-package";
import { cancelling, dialogue, settings, workspace } from "./vscode";

const fake = new URL("./vscode.ts", import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === "vscode" ? { url: ${JSON.stringify(fake)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const { installWebGpu } = await import("../../client/webgpu");
const { installH5wasm } = await import("../../client/h5wasm");

type Install = NonNullable<Home["installPackage"]>;
const asked: string[] = [];
let installing: (options: Parameters<Install>[2]) => Promise<void>;
const installPackage: Install = (wanted, folder, options) => {
  asked.push(`${wanted} in ${folder}`);
  return installing(options);
};
const home = { installPackage } as Partial<Home> as Home;
const install = (of = home, folder: string | undefined = "/storage/modules") =>
  installWebGpu(of, folder, () => undefined);
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  asked.length = 0;
  dialogue.said.length = 0;
  dialogue.answers = ["Install"];
  settings.clear();
  workspace.isTrusted = true;
  installing = async () => undefined;
});

test("once agreed to, it is installed into the extension's storage, and used when that is asked for", async () => {
  assert.equal(await install(), true);
  assert.deepEqual(asked, [`webgpu@${webGpuPackage.version} in /storage/modules`]);
  assert.match(dialogue.said[0]!, /130 MB/);
  await quiet();
  assert.equal(settings.size, 0);
  dialogue.answers = ["Install", "Use It for Previews"];
  await install();
  await quiet();
  assert.deepEqual(settings.get("executor"), { value: "webgpu", where: 1 });
});

test("HDF5 for large files is installed in the same way", async () => {
  assert.equal(await installH5wasm(home, "/storage/modules", () => undefined), true);
  assert.deepEqual(asked, [`h5wasm@${h5wasmPackage.version} in /storage/modules`]);
  assert.match(dialogue.said[0]!, /Install HDF5 for large files \(15 MB\)/);
  workspace.isTrusted = false;
  assert.equal(await installH5wasm(home, "/storage/modules", () => undefined), false);
  assert.match(dialogue.said.at(-1)!, /trust this workspace/);
});

test("without an agreement, in an untrusted workspace or in a browser nothing is installed", async () => {
  dialogue.answers = [];
  assert.equal(await install(), false);
  dialogue.answers = ["Install"];
  workspace.isTrusted = false;
  assert.equal(await install(), false);
  assert.match(dialogue.said.at(-1)!, /trust this workspace/);
  workspace.isTrusted = true;
  assert.equal(await install({} as Home), false);
  assert.match(dialogue.said.at(-1)!, /browser/);
  assert.deepEqual(asked, []);
});

test("a failure is told with its reason; one that the person ended is not", async () => {
  installing = () => Promise.reject(new Error("npm was not found. Install Node.js."));
  assert.equal(await install(), false);
  assert.match(dialogue.said.at(-1)!, /npm was not found/);
  const before = dialogue.said.length;
  installing = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  const ended = install();
  await quiet();
  cancelling.happen(undefined);
  assert.equal(await ended, false);
  assert.equal(dialogue.said.length, before + 1, "only the question");
});

test("the versions are the ones that the tests run", () => {
  const machine = readFileSync(new URL("../../scripts/machine.mjs", import.meta.url), "utf8");
  assert.equal(/const WEBGPU = "([^"]+)"/.exec(machine)?.[1], webGpuPackage.version);
  assert.equal(/const H5WASM = "([^"]+)"/.exec(machine)?.[1], h5wasmPackage.version);
});
