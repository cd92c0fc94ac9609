/** Exported loaders read what the preview reads: the same splits, rows in the same order, the same scaled numbers. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { bindStreams, type BoundStream } from "../../core/data/bind";
import type { Dataset } from "../../core/data/dataset";
import { copyValues } from "../../core/data/rows";
import { exportLoader } from "../../core/export/project/loader";
import { sizeOf } from "../../core/program/program";
import { chooseSpec, loadFor } from "../../core/train/prepare";
import { readSpecFile } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";
import { npy, npz } from "../data/files";
import { askPython } from "../reference/driver";
import { scratch } from "./projects";

const root = join(import.meta.dirname, "..", "..");
const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");
const installed = join(cache, "formats", "lib");
const libraries = existsSync(installed)
  ? join(
      installed,
      readdirSync(installed).find((name) => name.startsWith("python"))!,
      "site-packages",
    )
  : undefined;
const lack = libraries === undefined && "Python's libraries of data formats are missing";

const ROWS = 60;
const numbers = Array.from({ length: 3 * ROWS }, (_, i) => 100 * Math.sin(i) ** 2);

/** The data of each spec, and its streams. */
const specs: Record<string, [data: string, ...streams: string[]]> = {
  npz: [
    '"data/pairs.npz" { stratify = L, validation = 9, test = 8, seed = 3 }',
    "modality X : vector(3) log1p standardise clip(-1 .. 1)",
    "modality Y : image(3, 1) = X scale(0 .. 100)",
    "observe L : label(3)",
    "observe grade : label(3) renumber",
  ],
  csv: [
    '"data/visits.csv" { groups = patient, standardise = true }',
    "modality watch : vector(5) = steps .. pauses",
    "modality laboratory : vector(6) = glucose .. zinc fill standardise",
    "observe illness : label(3)",
  ],
  h5mu: [
    '"data/cells.h5mu" { groups = donor, samples = 500 }',
    "modality rna : vector(40) log1p standardise",
    "modality protein : vector(12) = protein",
    "observe cell_type : label(4)",
    "observe cycle : scalar",
  ],
  pictures: [
    '"data/pictures"',
    "modality image : image(12, 12, 3)",
    "modality caption : text(5, 13)",
    "observe label : label(3)",
    "observe ground : scalar",
  ],
  parquet: [
    '"files/snappy.parquet"',
    "modality code : vector(3) standardise",
    "modality said : text(4, 16)",
    "modality gene : vector(2)",
    "observe dose : scalar fill",
    "observe group : label(2)",
  ],
  jsonl: [
    '"files/lines.jsonl"',
    "modality code : vector(3) standardise",
    "modality said : text(4, 16)",
    "modality gene : vector(2)",
    "observe dose : scalar fill",
    "observe group : label(2)",
  ],
  tsv: [
    '"files/table.tsv"',
    "modality gene : vector(2)",
    "observe dose : scalar fill",
    "observe group : label(2)",
  ],
  h5: [
    '"files/plain.h5"',
    "modality x : vector(3) standardise",
    'modality picture : image(4, 6) = "views/picture"',
    "observe group : label(2)",
    "observe fixed : label(2)",
  ],
  matlab: ['"files/matlab.mat"', "modality x : vector(3)", "observe label : scalar"],
  h5ad: ['"files/cells.h5ad"', "modality X : vector(3)", "observe kind : label(2)"],
  absent: [
    '"data/absent.npz" { seed = 2 }',
    "modality X : vector(3) fill standardise",
    "modality Y : image(3, 1)",
    "target L : label(3)",
    "missing X rate 0.2",
    "missing Y rate 0.2",
    "missing L rate 0.2",
  ],
  windows: [
    '"data/walk.npz" { window = 6, step = 2, seed = 2 }',
    "modality X : signal(6, 3) = S standardise",
    "modality Y : vector(3) = S",
    "modality W : text(2, 3) = said",
    "observe L : label(3) = act",
  ],
  recordings: [
    '"data/walk.csv" { window = 4, step = 3, groups = who }',
    "modality X : signal(4, 2) = a .. b standardise",
    "modality Y : vector(2) = a .. b",
    "observe act : label(3)",
  ],
  joined: [
    '"data/first.csv" { join = ["data/second.csv", "data/third.csv"], key = patient, groups = patient, stratify = L }',
    "modality X : vector(2) = a .. b",
    "modality Y : vector(2) = c .. d fill standardise",
    'observe again : scalar = "second/a" fill',
    "observe T : scalar fill",
    "observe L : label(2)",
  ],
  holes: ['"files/both.h5mu"', "modality rna : vector(3)", "modality protein : vector(3) fill standardise"],
};

interface Loaded {
  splits: Record<string, number[]>;
  streams: Record<string, (number | null)[]>;
  /** Which rows have each stream that some lack. */
  present: Record<string, boolean[]>;
}

const folder = scratch();
let loaded: Record<string, Loaded | { error: string }> = {};
const previews = new Map<string, { streams: BoundStream[]; splits: Dataset["splits"] }>();
/** Rows whose numbers are compared. */
const COMPARED = 12;

before(async () => {
  if (lack) return;
  execFileSync(process.execPath, [join(root, "examples", "own-data", "make.mjs"), join(folder, "data")]);
  cpSync(join(root, "test", "robustness", "files"), join(folder, "files"), { recursive: true });
  const L = numbers.slice(0, ROWS).map((_, i) => i % 3);
  const pairs = npz({
    X: npy("f4", [ROWS, 3], numbers),
    L: npy("i8", [ROWS], L),
    grade: npy(
      "i8",
      [ROWS],
      L.map((one) => 10 * one + 5),
    ),
  });
  writeFileSync(join(folder, "data", "pairs.npz"), pairs);
  const lacking = npz({
    X: npy(
      "f4",
      [ROWS, 3],
      numbers.map((value, i) => (Math.floor(i / 3) % 5 === 1 || i === 0 ? NaN : value)),
    ),
    Y: npy("f4", [ROWS, 3], numbers),
    Y_present: npy(
      "u1",
      [ROWS],
      L.map((_, i) => (i % 4 === 2 ? 0 : 1)),
    ),
    L: npy(
      "i8",
      [ROWS],
      L.map((value, i) => (i % 6 === 3 ? -1 : value)),
    ),
  });
  writeFileSync(join(folder, "data", "absent.npz"), lacking);
  const steps = Array.from({ length: 5 * ROWS }, (_, i) => i);
  const walk = {
    S: npy(
      "f4",
      [steps.length, 3],
      steps.flatMap((i) => [Math.sin(i), Math.cos(i / 3), i % 7]),
    ),
    act: npy(
      "i4",
      [steps.length],
      steps.map((i) => Math.floor(i / 4) % 3),
    ),
    S_present: npy(
      "u1",
      [steps.length],
      steps.map((i) => (i % 13 === 5 ? 0 : 1)),
    ),
    said: npy(
      "i4",
      [steps.length, 2],
      steps.flatMap((i) => [i % 3, i % 2]),
    ),
    said_length: npy(
      "u1",
      [steps.length],
      steps.map((i) => i % 3),
    ),
  };
  writeFileSync(join(folder, "data", "walk.npz"), npz(walk));
  // Names too many for classes separate recordings and join files.
  const who = (i: number): string => `p${Math.floor(i / 7)}`;
  const table = (name: string, head: string, row: (i: number) => string, rows = ROWS): void =>
    writeFileSync(
      join(folder, "data", name),
      `${head}\n${Array.from({ length: rows }, (_, i) => row(i)).join("\n")}\n`,
    );
  table(
    "walk.csv",
    "who,a,b,act,X_present",
    (i) => `${who(i)},${numbers[i]},${numbers[i + 60]},${["r", "s", "w"][i % 3]},${i % 9 === 4 ? 0 : 1}`,
  );
  table("first.csv", "patient,a,b,L", (i) => `q${i},${numbers[i]},${numbers[i + 60]},${i % 2}`);
  table("second.csv", "patient,c,d,a", (i) => `q${2 * i},${numbers[i]},${-i},${i / 3}`, 40);
  table("third.csv", "patient,T", (i) => `q${3 * i},${numbers[i]}`, 20);
  for (const [name, [data, first, ...others]] of Object.entries(specs)) {
    const X = /^modality (\w+)/.exec(first!)![1]!;
    const lines = [
      first,
      ...others,
      `latent Z : gaussian(2) from ${X}`,
      `compress I(${X}; Z)`,
      `keep I(${X}; Z)`,
    ];
    const choice = chooseSpec({ text: `spec S {\ndata ${data}\n${lines.join("\n")}\n}\n` });
    const location = pathToFileURL(join(folder, "s.bottleneck")).href;
    const dataset = await loadFor(choice, (path) => readSpecFile(defaultSettings, location, path));
    previews.set(name, { streams: bindStreams(dataset, choice.spec.streams), splits: dataset.splits });
    for (const { name: file, text } of exportLoader(choice.spec, name)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
  }
  const packages = Object.keys(specs).map((name) => `${name}_data`);
  const request = { folder, packages, rows: COMPARED };
  const script = join(import.meta.dirname, "check_loaders.py");
  loaded = (await askPython(script, request, { PYTHONPATH: libraries! })) as typeof loaded;
});

after(() => rmSync(folder, { recursive: true, force: true }));

for (const name of Object.keys(specs))
  test(`the loader of ${name} reads what the preview reads`, { skip: lack }, () => {
    const found = loaded[`${name}_data`]!;
    assert.ok("splits" in found, (found as { error: string }).error);
    const { streams, splits } = previews.get(name)!;
    for (const split of ["train", "validation", "test"] as const)
      assert.deepEqual(found.splits[split], [...splits[split]], split);
    assert.deepEqual(
      Object.keys(found.streams),
      streams.map((stream) => stream.name),
    );
    for (const { name: stream, kind, values, shape, absent } of streams) {
      // A row without the stream is NaN there, or the class -1.
      const rows = absent ? Array.from(absent.slice(0, COMPARED), (lacks) => lacks === 0) : undefined;
      assert.deepEqual(found.present[stream], rows);
      const expected = new Float32Array(COMPARED * sizeOf(shape));
      copyValues({ values }, 0, expected.length, expected, 0);
      const width = sizeOf(shape);
      const wrong = expected.findIndex((value, i) => {
        const read = found.streams[stream]![i]!;
        if (rows?.[Math.floor(i / width)] === false) return read !== (kind.name === "label" ? -1 : null);
        return !(Math.abs(value - read) <= 2e-7 * Math.max(1, Math.abs(value)));
      });
      assert.equal(found.streams[stream]!.length, expected.length);
      assert.equal(
        wrong,
        -1,
        `${stream}[${wrong}] is ${found.streams[stream]![wrong]}, not ${expected[wrong]}`,
      );
    }
  });
