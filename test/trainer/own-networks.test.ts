/** A preview with a network of the person's own: trained in their Python, and refused with the reason where it cannot be. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Executor } from "../../core/train/executor";
import { unpackSnapshot } from "../../core/train/snapshot";
import { startTorch } from "../../trainer/torch/index";
import { TorchProcess } from "../../trainer/torch/process";
import { pythonWithTorch } from "../reference/driver";
import { isKind, isPhase, smallSpec, startHost, type TestSession } from "./session";

const python = pythonWithTorch();
const folder = mkdtempSync(join(tmpdir(), "own-"));
after(() => rmSync(folder, { recursive: true }));

const write = (module: string, body: string): void =>
  writeFileSync(join(folder, `${module}.py`), `import torch\nfrom torch import nn\n${body}\n`);

const startOwn = (): Promise<Executor> =>
  startTorch({ python, device: "cpu", threads: 1, packages: [folder] });

const spec = (module: string): string =>
  smallSpec(`network encoder Zx = torch("${module}")`, { epochs: 2 }).replace(
    "network encoder X = mlp(16)",
    "",
  );

async function hosted(create: () => Promise<Executor>, body: (host: TestSession) => Promise<void>) {
  const host = startHost({}, create);
  try {
    await body(host);
  } finally {
    await host.close();
  }
  assert.deepEqual(host.refused, []);
}

async function refusal(host: TestSession, module: string): Promise<string> {
  const from = host.heard.length;
  host.open(spec(module));
  const { diagnostics } = await host.until(isKind("rejected"), from);
  assert.deepEqual(
    diagnostics.map(({ code, severity, range }) => [
      code,
      severity,
      spec(module).slice(range.start, range.end),
    ]),
    [["own-network", "error", `network encoder Zx = torch("${module}")`]],
  );
  return diagnostics[0]!.message;
}

test("it is trained to the end, and its weights are among those of the run", async () => {
  write(
    "nets",
    `class Encoder(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        print("what a module prints is no answer")
        self.body = nn.Sequential(nn.Linear(inputs, 8), nn.Dropout(0.1), nn.Tanh(), nn.Linear(8, outputs))

    def forward(self, x):
        return self.body(x)`,
  );
  await hosted(startOwn, async (host) => {
    host.open(spec("nets.Encoder"));
    await host.until(isPhase("finished"));
    const points = host.points();
    assert.ok(points.at(-1)!.total < points[0]!.total);
    host.channel.send({ kind: "save" });
    const { bytes } = await host.until(isKind("snapshot"));
    const { tensors, checkpoint } = unpackSnapshot(bytes)!;
    for (const saved of [tensors, checkpoint!.tensors]) {
      assert.deepEqual(saved["encoder.Zx.body.0.weight"]!.shape, [8, 784]);
      assert.ok(saved["encoder.Zx.body.0.weight"]!.values.some((value) => value !== 0));
    }
    assert.ok(tensors["adam.m.encoder.Zx.body.3.bias"]!.values.some((value) => value !== 0));
  });
});

test("what is wrong with a module is said at its line, and a changed file is read anew", async () => {
  write(
    "wrong",
    `class Plain:
    def __init__(self, inputs, outputs):
        pass

class Narrow(nn.Linear):
    def __init__(self, inputs, outputs):
        super().__init__(inputs, outputs + 1)

class Tall(nn.Linear):
    def forward(self, x):
        return [super().forward(x)]

class Raises(nn.Linear):
    def forward(self, x):
        raise RuntimeError("no such luck")

class Unmade(nn.Module):
    def __init__(self, inputs):
        super().__init__()

class Quits(nn.Module):
    def __init__(self, inputs, outputs):
        raise SystemExit(3)`,
  );
  write("broken", "import no_such_library");
  await hosted(startOwn, async (host) => {
    const cases: [string, RegExp][] = [
      ["nowhere.Encoder", /^There is no package `nowhere` in `\/.*own-\w+` or the Python \/\S+\.$/],
      [
        "broken.Encoder",
        /^Importing `broken` failed: ModuleNotFoundError.*no_such_library.*broken\.py, line 3\)\.$/,
      ],
      ["wrong.Missing", /^`wrong` \(.*wrong\.py\) has no `Missing`\.$/],
      ["wrong.Plain", /^`wrong\.Plain\(784, 8\)` gave a `Plain`, which is not a `torch\.nn\.Module`\.$/],
      ["wrong.Narrow", /^`wrong\.Narrow` returned \[2, 9\] for 2 rows; it must return \[2, 8\]\.$/],
      ["wrong.Tall", /^`wrong\.Tall` returned a `list`; it must return a tensor \[2, 8\]\.$/],
      ["wrong.Raises", /failed on rows \[2, 784\]: RuntimeError: no such luck \(.*wrong\.py, line 17\)\.$/],
      ["wrong.Unmade", /^`wrong\.Unmade\(784, 8\)` failed: TypeError: .*positional argument/],
      ["wrong.Quits", /^`wrong\.Quits\(784, 8\)` failed: SystemExit: 3 \(.*wrong\.py, line 25\)\.$/],
    ];
    for (const [module, said] of cases) assert.match(await refusal(host, module), said);
    write("wrong", "class Missing(nn.Linear):\n    pass");
    const from = host.heard.length;
    host.open(spec("wrong.Missing"));
    await host.until(isPhase("finished"), from);
  });
});

test("a batch on which a module fails ends the training with its reason", async () => {
  write(
    "late",
    `class Encoder(nn.Linear):
    def forward(self, x):
        if len(x) > 2:
            raise ValueError("too many rows")
        return super().forward(x)`,
  );
  await hosted(startOwn, async (host) => {
    host.open(spec("late.Encoder"));
    const { detail } = await host.until(isPhase("failed"));
    assert.match(
      detail!,
      /`late\.Encoder` failed on a batch of 32 rows: ValueError: too many rows \(.*, line 6\)/,
    );
  });
});

test("other executors refuse it, and say what to choose", async () => {
  write("unread", "raise SystemExit('imported')");
  const host = startHost();
  assert.match(
    await refusal(host, "unread.Encoder"),
    /^Only PyTorch can train your own `unread\.Encoder`, and this preview uses WebAssembly\. Choose a Python with the command Choose a Python for Previews, or on the command line/,
  );
  await host.close();
});

test("a process that ends while it trains says so", async () => {
  write(
    "crash",
    `import os
class Encoder(nn.Linear):
    def forward(self, x):
        if len(x) > 2:
            os._exit(5)
        return super().forward(x)`,
  );
  await hosted(startOwn, async (host) => {
    host.open(spec("crash.Encoder"));
    const { detail } = await host.until(isPhase("failed"));
    assert.match(detail!, /process ended \(exit code 5\).*only PyTorch can train/);
  });
});

test("an answer that does not come in time ends the process", async () => {
  const line = new TorchProcess(python);
  await assert.rejects(
    line.ask({ op: "hello", device: "cpu", threads: 1, packages: [] }, 0.01),
    /has not answered for/,
  );
});

test("without a folder, what is not installed is refused with where to put it", async () => {
  await hosted(
    () => startTorch({ python, device: "cpu", threads: 1 }),
    async (host) =>
      assert.match(
        await refusal(host, "nets.Encoder"),
        /^There is no package `nets` in the Python \/\S+\. Open its folder as a trusted workspace, or .*`BOTTLENECK_PACKAGES`\.$/,
      ),
  );
});
