/** Data whose samples lack streams or classes: batches by pattern, what codes are judged on, and what is said. */
import assert from "node:assert/strict";
import test from "node:test";
import { fieldOf, type Dataset } from "../../core/data/dataset";
import { analyse } from "../../core/theory/analyse";
import { changeEdit } from "../../core/theory/change-edit";
import { presenceText } from "../../core/theory/missing/presence";
import { patternsOf, sharedOut } from "../../core/theory/missing/patterns";
import { Absences } from "../../core/train/absences";
import { batchesInTurn, PatternBatches } from "../../core/train/batches";
import { Holes } from "../../core/train/holes";
import { readPairs } from "../../core/train/measurements/subjects";
import { Slices } from "../../core/train/clock";
import { chooseSpec, prepare, type Preparation } from "../../core/train/prepare";
import { Rejection } from "../../core/train/rejection";
import type { Pattern } from "../../core/theory/spec";
import { normals, previewed, type Saved } from "../cases/say";
import { opened } from "./train";

const ROWS = 400;
const lacks = (every: number, first = 0): Uint8Array =>
  Uint8Array.from({ length: ROWS }, (_, row) => (row % every === first ? 1 : 0));
const holes = new Holes(
  new Map([
    ["X", lacks(5)],
    ["Y", lacks(8)],
  ]),
);
const all = Int32Array.from({ length: ROWS }, (_, row) => row);

test("batches have of each pattern its share, each row with what it has, and a pass sees each row once", () => {
  const patterns = sharedOut(holes.patternsOf(all), 40);
  // Of 40 rows each: 70, 20, 10 and 5 % of the data, whole, without X, without Y and without both, in another order.
  assert.deepEqual(
    patterns.map(({ absent, rows }) => [absent.join(), rows]),
    [
      ["", 28],
      ["X,Y", 1],
      ["X", 7],
      ["Y", 4],
    ],
  );
  const batches = new PatternBatches(1, holes.groupsOf(all), patterns);
  const seen = new Map<number, number>();
  for (let step = 0; step < 10; step++) {
    const rows = batches.at(step);
    assert.equal(new Set(rows).size, 40);
    const count = (stream: string): number =>
      [...rows].filter((row) => holes.of(row).includes(stream)).length;
    assert.deepEqual([count("X"), count("Y")], [8, 5]);
    for (const row of rows) seen.set(row, (seen.get(row) ?? 0) + 1);
  }
  assert.deepEqual([seen.size, ...new Set(seen.values())], [ROWS, 1]);
  assert.deepEqual(batches.at(3), new PatternBatches(1, holes.groupsOf(all), patterns).at(3));
  assert.notDeepEqual(batches.at(3), new PatternBatches(2, holes.groupsOf(all), patterns).at(3));
  const turns = batchesInTurn(holes.groupsOf(all), patterns);
  assert.deepEqual(
    [...new Set(turns.flatMap((rows) => [...rows]))].sort((a, b) => a - b),
    [...all],
  );
});

test("where the data say what rows lack, only the other streams are drawn, within each pattern", () => {
  const range = { start: 0, end: 0 };
  const missing = [
    { stream: "X", rate: 0.2, measured: true, range },
    { stream: "Z", rate: 0.25, range },
  ];
  const known = sharedOut(new Holes(new Map([["X", lacks(5)]])).patternsOf(all), 40);
  assert.deepEqual(
    patternsOf(missing, 40, known).map(({ absent, rows }) => [absent.join(), rows]),
    [
      ["", 24],
      ["Z", 8],
      ["X", 6],
      ["X,Z", 2],
    ],
  );
  const only = new Holes(new Map([["X", lacks(5)]]));
  const absences = new Absences({ missing, parts: [], holes: only, known: { train: known } }, 1, "train");
  const rows = new PatternBatches(1, only.groupsOf(all), known).at(0);
  const lacking = absences.at(rows, "", 0);
  assert.equal(lacking.filter((absent) => absent.includes("Z")).length, 10);
  rows.forEach((row, i) => assert.equal(lacking[i]!.includes("X"), only.of(row).length > 0));
});

const spec = (lines = ""): string => `spec S {
  data "data.npz" { seed = 1 }
  modality X : vector(3)
  modality Y : vector(2)
  ${lines}
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  latent Z : gaussian(2) from X, Y by poe
  compress I(X; Zx)
  compress I(Y; Zy)
  compress I(X, Y; Z)
  keep 4 * I(Zx; Zy) by infonce
  keep 4 * I(X; Z)
  keep 4 * I(Y; Z)
  train { epochs = 8, batch = 32, seed = 1, optimizer = adam(1e-2) }
}
`;

const shared = normals(1, 2 * ROWS);
const noise = normals(2, 5 * ROWS);
const X = Float32Array.from({ length: 3 * ROWS }, (_, i) => {
  const row = Math.floor(i / 3);
  return lacks(5)[row] ? NaN : shared[2 * row + (i % 2)]! + 0.3 * noise[i]!;
});
const Y = Float32Array.from({ length: 2 * ROWS }, (_, i) =>
  lacks(8)[i >> 1] ? NaN : shared[i]! + 0.3 * noise[3 * ROWS + i]!,
);
const classes = Array.from({ length: ROWS }, (_, row) =>
  row % 3 === 0 ? -1 : (shared[2 * row]! > 0 ? 1 : 0) + (shared[2 * row + 1]! > 0 ? 2 : 0),
);

const emptied = (value: number, row: number): number => (row % 4 === 3 ? NaN : value);

function preparedFrom(text: string): Preparation {
  const order = (from: number, to: number): Int32Array => all.slice(from, to);
  const dataset: Dataset = {
    name: "data.npz",
    samples: ROWS,
    fields: {
      X: fieldOf("X", "", { shape: [3], values: X }),
      Y: fieldOf("Y", "", { shape: [2], values: Y }),
      N: fieldOf("N", "", { shape: [], values: Float32Array.from(shared.slice(0, ROWS), emptied) }),
      L: fieldOf("L", "", { shape: [], values: Int32Array.from(classes) }),
      C: fieldOf("C", "", { shape: [], values: Int32Array.from(all, (row) => row % 2) }),
    },
    splits: { train: order(0, 240), validation: order(240, 320), test: order(320, 400) },
  };
  return prepare(chooseSpec({ text }), dataset);
}

test("codes are judged on rows that have what they are inferred from, and classes where they are known", async () => {
  const preparation = preparedFrom(spec("observe L : label(4)"));
  assert.deepEqual(
    preparation.derived.spec.missing.map(({ stream, rate }) => [stream, rate]),
    [
      ["X", 0.2],
      ["Y", 0.125],
    ],
  );
  const training = await opened(preparation, 1);
  try {
    await training.run();
    assert.deepEqual(training.failures, []);
    const { test: rows, train } = preparation.data.splits;
    assert.equal(preparation.absent.holes!.of(rows[0]!).join(), "X,Y");
    const judged = await training.codes(rows, 1);
    const seen = await training.codes(train, 1);
    const factors = [preparation.data.streams.get("L")!];
    const clock = {
      now: () => performance.now(),
      defer: () => new Promise<void>((done) => setImmediate(done)),
    };
    const readings = await readPairs({ seen, judged, factors }, "draws", new Slices(clock));
    const has = (row: number, stream: string): boolean =>
      !preparation.absent.holes!.of(row).includes(stream) && classes[row]! >= 0;
    const own = { Zx: ["X"], Zy: ["Y"], Z: ["X", "Y"], "Z without X": ["Y"], "Z without Y": ["X"] };
    for (const [code, streams] of Object.entries(own)) {
      const reading = readings.find((one) => one.code === code)!;
      const expected = rows.filter((row) => streams.every((stream) => has(row, stream)));
      assert.deepEqual(reading.rows, expected, code);
      assert.deepEqual(
        [...(reading.reading.truth as Float32Array)],
        [...expected].map((row) => classes[row]!),
      );
    }
    const withX = rows.filter((row) => row % 5 !== 0);
    assert.equal(judged.rates["Zx"]!.length, withX.length);
    // Held-out values are means over the rows of the batches that have what a term reads.
    const measured = await training.measure(rows);
    const { holes, known } = preparation.absent;
    const used = batchesInTurn(holes!.groupsOf(rows), known!["evaluate"]!).flatMap((batch) => [...batch]);
    const rates = used.filter((row) => row % 5 !== 0).map((row) => judged.rates["Zx"]![withX.indexOf(row)]!);
    const mean = rates.reduce((total, rate) => total + rate, 0) / rates.length;
    const found = measured.rates["Zx"]!.reduce((total, rate) => total + rate, 0);
    assert.ok(rates.length < used.length && Math.abs(found - mean) < 1e-4 * mean, `${found} and ${mean}`);
  } finally {
    await training.dispose();
  }
});

test("terms of a target are of the samples that have it, and batches have as many as the data", () => {
  const { derived, absent, programs } = preparedFrom(
    spec("target L : label(4)\n latent W : gaussian(2) from Y\n keep I(L; W)"),
  );
  const term = derived.terms.find(({ term }) => term.id.includes("(L; W)"))!;
  assert.deepEqual(term.rows, [["L"], ["Y"]]);
  const share = all.slice(0, 240).filter((row) => row % 8 !== 0 && row % 3 !== 0).length / 240;
  assert.match(
    term.reason,
    new RegExp(`averaged over the rows with L and Y, ${share.toPrecision(2)} of all`),
  );
  const rows = programs.train.buffers.find(({ name }) => name === "rows.L and Y")!;
  const { known } = absent;
  const whole = known!["train"]!.filter(({ absent }) => !absent.includes("L") && !absent.includes("Y"));
  assert.deepEqual(rows.shape, [whole.reduce((sum, pattern) => sum + pattern.rows, 0)]);
});

test("a target of one number that is empty in some samples is left out of its own term alone", () => {
  const { derived, findings } = preparedFrom(
    spec("target N : scalar\n latent W : gaussian(2) from Y\n keep I(N; W)"),
  );
  const rows = Object.fromEntries(derived.terms.map(({ term, rows }) => [term.id, presenceText(rows)]));
  assert.equal(rows["keep I(N; W)"], "N and Y");
  assert.equal(rows["keep I(X; Z)"], "X");
  const said = findings.find(({ about }) => about === "N")!;
  assert.match(said.message, /`N` is unknown in 100 of 400 samples.*Write `missing N rate 0\.25`/);
});

test("any number of streams can be absent from the data, in the patterns that occur", () => {
  const targets = (count: number): string =>
    Array.from(
      { length: count },
      (_, i) => `target T${i} : label(4) = L\n keep I(T${i}; Z)\n missing T${i} rate 0.3333`,
    ).join("\n");
  const known = (count: number): Pattern[] => [...preparedFrom(spec(targets(count))).absent.known!["train"]!];
  const names = Array.from({ length: 12 }, (_, i) => `T${i}`);
  // All of them lack the same samples, so that many have the patterns of one.
  assert.deepEqual(
    known(12),
    known(1).map(({ absent, rows }) => ({
      absent: absent.flatMap((name) => (name === "T0" ? names : [name])),
      rows,
    })),
  );
});

test("at most eight streams that the data have can be missing, and the refusal names the line", () => {
  const whole = (count: number): string =>
    Array.from(
      { length: count },
      (_, i) => `target C${i} : label(2) = C\n keep I(C${i}; Z)\n missing C${i} rate 0.1`,
    ).join("\n");
  assert.doesNotThrow(() => preparedFrom(spec(whole(8))));
  assert.throws(
    () => preparedFrom(spec(whole(9))),
    (error: unknown) =>
      error instanceof Rejection &&
      error.message ===
        "`missing` is simulated for 9 streams that all samples of the data have, and a preview simulates at most 8. Remove the line of `C8`.",
  );
});

test("the data decide how often a stream is missing, whatever rate is written", () => {
  const written = preparedFrom(spec("missing X rate 0.6\n missing Y rate 0.3"));
  const { programs } = preparedFrom(spec());
  assert.deepEqual(written.programs.train, programs.train);
});

test("a preview says what is absent and unknown, and the fix writes the line", async () => {
  const arrays: Record<string, Saved> = {
    X: ["f4", [ROWS, 3], [...X]],
    Y: ["f4", [ROWS, 2], [...Y]],
    L: ["i4", [ROWS], classes],
  };
  const text = spec("missing X rate 0.2\n observe L : label(4)");
  const { refused, before, report } = await previewed(text.replace("epochs = 8", "steps = 3"), arrays);
  assert.equal(refused, "");
  assert.deepEqual(before, ["undeclared-absence", "unknown-values"]);
  assert.match(report, /`Y` is absent from 50 of 400 samples.*Write `missing Y rate 0\.125`/);
  assert.match(report, /`L` is unknown in 134 of 400 samples/);
  const [, judged, lacking] = /Terms on (\d+) test samples, (\d+) of which lack a stream or a factor,/.exec(
    report,
  )!;
  assert.ok(Number(lacking) > 0 && Number(lacking) < Number(judged));
  const fix = { kind: "missing", stream: "Y", rate: 0.125 } as const;
  const commented = text.replace("modality Y : vector(2)", "modality Y : vector(2) // of the left eye");
  const { edit } = changeEdit(analyse(commented), undefined, fix)!;
  const { start, end } = edit.range;
  const written = commented.slice(0, start) + edit.text + commented.slice(end);
  assert.match(written, /\/\/ of the left eye\n {2}missing Y rate 0\.125\n/);
  assert.deepEqual(
    analyse(written)
      .specs[0]!.spec!.missing.map(({ stream }) => stream)
      .sort(),
    ["X", "Y"],
  );
  assert.equal(changeEdit(analyse(written), undefined, fix), undefined);
});

test("a split with fewer than two rows of what a term reads is refused, by its name", () => {
  const never = Float32Array.from(Y, (value, i) =>
    i >> 1 >= 240 && i >> 1 < 320 && (i >> 1) % 5 > 0 ? NaN : value,
  );
  const before = Y.slice();
  Y.set(never);
  try {
    assert.throws(
      () => preparedFrom(spec()),
      (error: unknown) =>
        error instanceof Rejection &&
        /at least 2 rows with X and Y.*validation samples has fewer/.test(error.message),
    );
  } finally {
    Y.set(before);
  }
});
