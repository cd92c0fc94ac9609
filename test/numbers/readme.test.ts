/** The training loop that the README shows, run without a change on the file that its command writes. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pythonWithTorch } from "../reference/driver";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What a person has already: encoders and a loader of batches. */
const BEFORE = `
import torch
torch.manual_seed(0)
torch.set_num_threads(1)
encoder_x = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 32), torch.nn.ReLU(), torch.nn.Linear(32, 16))
encoder_y = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 32), torch.nn.ReLU(), torch.nn.Linear(32, 16))
before = [parameter.clone() for parameter in encoder_x.parameters()]
batch = torch.rand(64, 1, 28, 28), torch.rand(64, 1, 28, 28)
loader = [batch] * 30
history = []
`;

const AFTER = `
import json
moved = all(not torch.equal(a, b) for a, b in zip(before, encoder_x.parameters()))
print(json.dumps({"losses": history, "terms": list(terms), "moved": moved}))
`;

test("the README's training loop on the exported loss", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, loop] = /```python\n(# example: loss only\n[^]*?)```/.exec(readme)!;
  const [, command] = /`bottleneck (export [^`]*--to loss-only[^`]*)`/.exec(readme)!;
  const lines = loop!.trim().split("\n");
  assert.ok(lines.length <= 14, "the loop is about ten lines");
  const [inside] = /^ +loss\.backward\(\)$/m.exec(loop!)!;
  const watched = loop!.replace(inside, `${inside}\n    history.append(float(loss))`);

  const folder = mkdtempSync(join(tmpdir(), "bottleneck-readme-"));
  try {
    const words = command!.split(" ").map((word) => (word === "loss.py" ? join(folder, "loss.py") : word));
    execFileSync(process.execPath, ["--import", "tsx", "cli/bottleneck.ts", ...words], { cwd: root });
    writeFileSync(join(folder, "train.py"), BEFORE + watched + AFTER);
    const { status, stdout, stderr } = spawnSync(pythonWithTorch(), ["train.py"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    const { losses, terms, moved } = JSON.parse(stdout) as {
      losses: number[];
      terms: string[];
      moved: boolean;
    };
    assert.ok(
      losses.every(Number.isFinite) && losses.at(-1)! < losses[0]!,
      `the loss falls: ${losses.join(", ")}`,
    );
    assert.ok(moved, "the encoders learn");
    assert.deepEqual(terms, [
      "compress I(X; Zx)",
      "compress I(Y; Zy)",
      "keep I(Zx; Zy)",
      "keep I(X; Zx)",
      "keep I(Y; Zy)",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
