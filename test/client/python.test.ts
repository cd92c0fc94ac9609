/** Choosing the Python for previews, in an editor that is a fake: nothing is written before the person has agreed. */
import assert from "node:assert/strict";
import { register } from "node:module";
import { beforeEach, test } from "node:test";
import type { Home } from "../../client/home";
import { dialogue, settings, Uri, workspace } from "./vscode";

const fake = new URL("./vscode.ts", import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === "vscode" ? { url: ${JSON.stringify(fake)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const { choosePython } = await import("../../client/python");
const { trainerSettings } = await import("../../client/settings");

const started: string[] = [];
const home = {
  describePython: async (command: string) => {
    started.push(command);
    if (command !== "python3") throw new Error(`${command} has no PyTorch`);
    return "PyTorch 9 on CPU, python3";
  },
} as unknown as Home;

beforeEach(() => {
  started.length = 0;
  settings.clear();
  dialogue.said.length = 0;
  workspace.isTrusted = true;
});

test("a Python that was tried and agreed to trains from then on, by the person's own settings", async () => {
  dialogue.answers = ["python3", "Use it"];
  await choosePython(home);
  assert.deepEqual(started, ["python3"]);
  assert.match(dialogue.said[1]!, /Train previews with PyTorch 9 on CPU/);
  assert.deepEqual(Object.fromEntries(settings), {
    python: { value: "python3", where: 1 },
    executor: { value: "torch", where: 1 },
  });
});

test("without an agreement nothing is written, and without a choice nothing starts", async () => {
  dialogue.answers = ["python3"];
  await choosePython(home);
  dialogue.answers = [];
  await choosePython(home);
  assert.deepEqual([started, settings.size], [["python3"], 0]);
});

test("one that cannot train is refused with its reason", async () => {
  process.env["VIRTUAL_ENV"] = "/env";
  dialogue.answers = ["/env/bin/python"];
  await choosePython(home);
  delete process.env["VIRTUAL_ENV"];
  assert.match(dialogue.said.at(-1)!, /env.bin.python has no PyTorch/);
  assert.equal(settings.size, 0);
});

test("nothing starts in an untrusted workspace, or in a browser", async () => {
  workspace.isTrusted = false;
  dialogue.answers = ["python3", "Use it"];
  await choosePython(home);
  await choosePython({} as Home);
  assert.deepEqual([started, settings.size], [[], 0]);
  assert.match(dialogue.said[0]!, /trust this workspace/);
  assert.match(dialogue.said[1]!, /browser/);
});

test("a trainer is told of the Python, and where it imports networks from, in a trusted workspace alone", () => {
  const told = () => {
    const { python, packages } = trainerSettings(Uri.parse("/specs/a.bottleneck") as never, undefined);
    return { python, packages };
  };
  assert.deepEqual(told(), { python: undefined, packages: undefined });
  settings.set("python", { value: "/env/bin/python", where: 1 });
  assert.deepEqual(told(), { python: "/env/bin/python", packages: ["/work"] });
  workspace.isTrusted = false;
  assert.deepEqual(told(), { python: undefined, packages: undefined });
});
