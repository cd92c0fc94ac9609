/** PyTorch's process against the reference, and what is said where it cannot train. */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { compile } from "../../core/program/compile";
import * as e from "../../core/program/expression";
import { startTorch } from "../../trainer/torch/index";
import type { TorchAnswer } from "../../core/train/executors/torch";
import { FrameReader, packed } from "../../trainer/torch/frames";
import { pythonWithTorch } from "../reference/driver";
import { parity } from "./parity";

const python = pythonWithTorch();
parity("torch", () => startTorch({ python, device: "cpu", threads: 1 }));

const folder = mkdtempSync(join(tmpdir(), "python-"));
after(() => rmSync(folder, { recursive: true }));

/** A program in place of a Python. */
function pretended(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test("a Python that is not there, has no PyTorch, ends or says something else is refused with its reason", async () => {
  const cases: [string, RegExp][] = [
    [join(folder, "none"), /could not be started/],
    [
      pretended("bare", `echo "ModuleNotFoundError: No module named 'torch'" >&2; exit 1`),
      /has no PyTorch.*pip install torch/,
    ],
    [pretended("broken", "echo 'Segmentation fault' >&2; exit 3"), /exit code 3.*Segmentation fault/],
    [pretended("chatty", "echo Welcome to a shell; cat > /dev/null"), /something else than an answer/],
  ];
  for (const [command, reason] of cases) await assert.rejects(startTorch({ python: command }), reason);
});

test("an operation that fails is told with the next answer, and the process goes on", async () => {
  const executor = await startTorch({ python, device: "cpu", threads: 1 });
  const program = compile({ y: e.square(e.input("x", [2])) }, { batch: 1 });
  const broken = { ...program, operations: [{ ...program.operations[0]!, kind: "unheard" }] } as never;
  await assert.rejects(executor.open({ broken }), /PyTorch: KeyError/);
  const session = await executor.open({ program });
  session.write("program", "x", [2, 3]);
  await session.run("program");
  assert.deepEqual([...(await session.read("program", "y"))], [4, 9]);
  executor.close();
  await assert.rejects(session.run("program"), /was ended/);
});

test("frames are the same however they are cut", () => {
  const sent = [
    packed({ op: "a", text: "µ" }, Uint8Array.of(1, 2, 3)),
    packed({ op: "b" }, new Uint8Array(0)),
  ];
  const stream = Buffer.concat(sent.flat());
  for (let cut = 1; cut <= stream.length; cut++) {
    const heard: TorchAnswer[] = [];
    const reader = new FrameReader((frame) => heard.push(frame));
    for (let at = 0; at < stream.length; at += cut) reader.take(stream.subarray(at, at + cut));
    assert.deepEqual(
      heard.map(({ header, bytes }) => [header["op"], header["text"], [...bytes]]),
      [
        ["a", "µ", [1, 2, 3]],
        ["b", undefined, []],
      ],
    );
  }
});
