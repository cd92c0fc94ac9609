/** PyTorch's process against the reference, and what is said where it cannot train. */
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { compile } from "../../core/program/compile";
import * as e from "../../core/program/expression";
import { startTorch } from "../../trainer/torch/index";
import { createTorchExecutor, type TorchAnswer } from "../../core/train/executors/torch";
import { FrameReader, packed } from "../../trainer/torch/frames";
import { TorchProcess } from "../../trainer/torch/process";
import { SharedFile } from "../../trainer/torch/shared-file";
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

test("inputs are the same through memory of both and through the pipe, in every program and at every run", async () => {
  const [x, more] = [e.input("x", [2, 9]), e.input("more", [2], "int32")];
  const program = compile({ rows: e.gather(e.square(x), more) }, { batch: 1 });
  const other = compile({ sum: e.sum(e.mul(x, e.input("y", [2, 9])), 0) }, { batch: 1 });
  const line = new TorchProcess(python);
  await line.ask({ op: "hello", device: "cpu", threads: 1, packages: [] });
  const executor = createTorchExecutor(line, "test");
  for (const shared of [true, false]) {
    if (!shared) line.share = () => undefined;
    const session = await executor.open({ program, other });
    for (const k of [1, 2, 3]) {
      const values = Array.from({ length: 18 }, (_, i) => i + k);
      session.write("program", "x", values);
      session.write("program", "more", [1, k % 2]);
      session.write("other", "x", new Float32Array(36).fill(k).subarray(18));
      session.write("other", "y", Float32Array.from(values));
      await session.run("program");
      await session.run("other");
      const square = (row: number): number[] => values.slice(9 * row, 9 * row + 9).map((v) => v * v);
      assert.deepEqual([...(await session.read("program", "rows"))], [...square(1), ...square(k % 2)]);
      const sums = values.slice(0, 9).map((v, i) => k * (v + values[9 + i]!));
      assert.deepEqual([...(await session.read("other", "sum"))], sums);
    }
    session.dispose();
  }
  executor.close();
});

test("memory of two processes has what was written, loses its name, and ends once", () => {
  const file = SharedFile.create(100, () => ends++)!;
  let ends = 0;
  file.write(4, Float32Array.of(1, 2).subarray(1));
  file.write(8, Int32Array.of(-1));
  const bytes = readFileSync(file.path);
  assert.deepEqual([bytes.length, bytes.readFloatLE(4), bytes.readInt32LE(8)], [100, 2, -1]);
  file.unlink();
  assert.equal(existsSync(file.path), false);
  file.close();
  file.close();
  file.write(0, Float32Array.of(1));
  assert.equal(ends, 1);
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
