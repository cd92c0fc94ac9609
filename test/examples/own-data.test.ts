/** The examples of data files: the script makes them, they are read as they were planted, and a training finds what is shared. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { SpecData } from "../../cli/data-report";
import { folderReaders, readers } from "../../core/data/readers/index";
import { analyse } from "../../core/theory/analyse";
import { chooseSpec, loadFor, prepare } from "../../core/train/prepare";
import { readSpecFile } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";
import { bottleneck } from "../cli/terminal";
import { opened } from "../trainer/train";

const examples = join(import.meta.dirname, "..", "..", "examples", "own-data");
const folder = mkdtempSync(join(tmpdir(), "bottleneck-own-data-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const specs = readdirSync(examples).filter((name) => name.endsWith(".bottleneck"));
for (const name of specs) cpSync(join(examples, name), join(folder, name));
execFileSync(process.execPath, [join(examples, "make.mjs"), join(folder, "data")], { stdio: "ignore" });

/** A probe of the factor from the mean of the code: at least this, and at most that. */
type Planted = [code: string, factor: string, atLeast: number, atMost: number];

const planted: Record<string, Planted[]> = {
  "visits.bottleneck": [
    ["Zw", "severity", 0.7, 1],
    ["Zl", "severity", 0.7, 1],
    ["Zw", "fitness", -1, 0.2],
  ],
  "pictures.bottleneck": [
    ["Zp", "colour", 0.9, 1],
    ["Zc", "colour", 0.9, 1],
    ["Zp", "ground", -1, 0.2],
  ],
  "cells.bottleneck": [
    ["Zr", "cell_type", 0.9, 1],
    ["Zp", "cell_type", 0.9, 1],
    ["Zr", "cycle", -1, 0.3],
  ],
};

test("each example has what was planted in it", () =>
  assert.deepEqual(Object.keys(planted).sort(), specs.sort()));

async function described(name: string): Promise<SpecData> {
  const { code, out, err } = await bottleneck("data", join(folder, name), "--json");
  assert.equal(code, 0, err || out);
  return JSON.parse(out) as SpecData;
}

const visits = readFileSync(join(folder, "data", "visits.csv"), "utf8")
  .trim()
  .split("\n")
  .slice(1);

test("`data` counts the empty cells of the table, its classes, and rows of whole patients", async () => {
  const { streams, splits, findings } = await described("visits.bottleneck");
  const laboratory = streams.find(({ name }) => name === "laboratory")!;
  const empty = visits.flatMap((line) => line.split(",").slice(9)).filter((cell) => cell === "").length;
  assert.ok(empty > 100);
  assert.equal(laboratory.missing, empty);
  assert.deepEqual(
    streams.find(({ name }) => name === "illness")!.classes!.map(({ name }) => name),
    ["healthy", "mild", "severe"],
  );
  assert.equal(splits.train + splits.validation + splits.test, visits.length);
  assert.deepEqual(findings, []);
});

test("`data` shows pictures with their captions, and the cells of whole donors", async () => {
  const pictures = await described("pictures.bottleneck");
  assert.deepEqual(
    pictures.streams.map(({ name, shape, classes }) => [name, shape, classes?.map((one) => one.name)]),
    [
      ["picture", [3, 12, 12], undefined],
      ["caption", [5], undefined],
      ["label", [], ["cross", "disc", "square"]],
      ["colour", [], ["blue", "green", "red", "yellow"]],
      ["ground", [], undefined],
    ],
  );
  assert.deepEqual([pictures.samples, pictures.findings], [1500, []]);
  const cells = await described("cells.bottleneck");
  assert.deepEqual([cells.samples, cells.skipped, cells.findings], [1800, [], []]);
  assert.deepEqual(
    cells.streams[0]!.transforms.map(({ by }) => by),
    ["log1p", "standardise"],
  );
});

for (const [name, found] of Object.entries(planted))
  test(`a training of ${name} finds what was planted`, async () => {
    const text = readFileSync(join(folder, name), "utf8");
    const choice = chooseSpec({ text, overrides: { seed: 1 } });
    const location = pathToFileURL(join(folder, name)).href;
    const dataset = await loadFor(choice, (path) => readSpecFile(defaultSettings, location, path));
    if (name === "visits.bottleneck") {
      const splitOf = new Map<string, string>();
      for (const [split, rows] of Object.entries(dataset.splits))
        for (const row of rows) {
          const patient = visits[row]!.split(",")[0]!;
          assert.equal(splitOf.get(patient) ?? split, split, `${patient} is in two splits`);
          splitOf.set(patient, split);
        }
    }
    const training = await opened(prepare(choice, dataset), 1);
    await training.run();
    assert.deepEqual(training.failures, []);
    const probes = await training.probes();
    await training.dispose();
    for (const [code, factor, atLeast, atMost] of found) {
      const probe = probes.find((one) => one.code === code && one.factor === factor)!;
      assert.ok(
        probe.mean >= atLeast && probe.mean <= atMost,
        `${factor} from ${code}: ${probe.mean.toFixed(2)}, not from ${atLeast} to ${atMost}`,
      );
    }
  });

test("the example of each format in the manual is a spec without errors", () => {
  for (const { id, example } of [...readers, ...folderReaders]) {
    const stream = /^modality (\w+)/m.exec(example.spec)?.[1];
    const text = `spec S {\n${example.spec}\nlatent Z : gaussian(2) from ${stream}\ncompress I(${stream}; Z)\nkeep I(${stream}; Z)\n}\n`;
    const errors = analyse(text).diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(errors, [], id);
  }
});
