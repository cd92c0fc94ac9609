import assert from "node:assert/strict";
import { test } from "node:test";
import { createStyle } from "../../cli/terminal";
import { renderReport } from "../../cli/report";
import { analyse } from "../../core/theory/analyse";
import { measurements } from "../../core/train/measurements/index";
import { carryOut, sentencesOf, type Gather } from "../../core/train/measurements/measure";
import { measurement, type AnyMeasurement } from "../../core/train/measurements/measurement";
import type { CodedRows } from "../../core/train/measurements/coded-rows";
import type { Told, PairReading } from "../../core/train/measurements/subjects";
import { tablesOf } from "../../core/train/measurements/tables";
import { confusionOf, readLabel, type LabelReading } from "../../core/train/probes/index";
import { faultOfFromHost } from "../../core/train/protocol-check";
import type { DataStream } from "../../core/train/prepare";
import type { FromHost } from "../../core/train/protocol";
import { emptyRun, fold } from "../../core/train/run-state";
import { firstSentences } from "../../core/train/sentence";
import { holm, judge } from "../../core/train/verdicts";
import { RandomStream } from "../../core/random";
import { session, summary } from "../panel/session";

const { spec } = analyse("spec S { modality X : vector(4) latent Z : gaussian(4) from X keep I(X; Z) }")
  .specs[0]!;

/** A reading of a label by a code that shows it, this far from its noise. */
function reading(name: string, distance: number, classes = 2): LabelReading {
  const draws = new RandomStream(3, name, 0);
  const rows = 300;
  const truth = Int32Array.from({ length: 2 * rows }, () => draws.integer(classes));
  const codes = Float32Array.from({ length: 2 * rows * 2 }, () => draws.normal());
  truth.forEach((label, row) => (codes[2 * row]! += distance * label));
  return readLabel(
    {
      seen: codes.subarray(0, 2 * rows),
      seenTruth: truth.subarray(0, rows),
      judged: [codes.subarray(2 * rows)],
      truth: truth.subarray(rows),
    },
    classes,
  );
}

const pair = (distance: number, code = "Z"): PairReading => ({
  code,
  factor: "L",
  reading: reading(`${code} ${distance}`, distance),
});
/** Codes of 300 rows: the first coordinate follows the class of the row, the second nothing. */
const labels = Int32Array.from({ length: 300 }, (_, row) => row % 2);
const coded = ((): CodedRows => {
  const draws = new RandomStream(5, "coded rows", 0);
  const Z = Float32Array.from({ length: 600 }, (_, i) =>
    i % 2 === 0 ? labels[i / 2]! + 0.1 * draws.normal() : draws.normal(),
  );
  return { rows: labels.map((_, row) => row), means: { Z }, draws: [{ Z }], rates: {}, densities: {} };
})();
const factor = {
  name: "L",
  kind: { name: "label", sizes: [2] },
  classes: 2,
  values: labels,
} as unknown as DataStream;
/** Of 400 rows, half of each of two classes: what is gained of each, on average. */
const told = (gain: number, isLabel: boolean): Told["evidence"] => ({
  gains: { rows: Float64Array.from({ length: 400 }, (_, i) => gain + (i % 2 ? 0.1 : -0.1)), effective: 400 },
  ...(isLabel && { counts: Float64Array.of(200, 200) }),
});
const gather = (pairs: readonly PairReading[], rates: Record<string, Float32Array> = {}): Gather => ({
  recalibrated: () =>
    Promise.resolve({ "keep I(Zx; Zy)": { scale: 0.1, raw: -2, value: 1.5, low: 1.25, high: 1.75 } }),
  temperatures: () => Promise.resolve({ "keep I(Zx; Zy)": 0.07 }),
  rates: () => Promise.resolve(rates),
  codes: () => Promise.resolve({ seen: coded, judged: coded, factors: [factor] }),
  "read-draws": () => Promise.resolve(pairs),
  "read-means": () => Promise.resolve(pairs),
  together: () =>
    Promise.resolve([
      {
        factor: "L",
        all: { gains: { rows: Float64Array.of(0.4, 0.6), effective: 2 }, counts: Float64Array.of(1, 1) },
        entropy: Math.LN2,
        without: [{ code: "Z", gains: { rows: Float64Array.of(0.1, 0.2), effective: 2 } }],
      },
    ]),
  leaks: () =>
    Promise.resolve([{ code: "W", shared: "Z", view: "Y", r2: 0.3, low: 0.25, high: 0.35, sharedR2: 0.4 }]),
  apart: () => Promise.resolve([{ code: "W", other: "Z", atMost: Float64Array.of(0.01, 0.03), rate: 0.02 }]),
  told: () =>
    Promise.resolve({
      codes: [
        { factor: "L", evidence: { ...told(0.3, true), rate: 0.35 } },
        { factor: "N", evidence: told(0.3, false) },
      ],
      streams: [{ factor: "L", evidence: told(0.6, true) }],
    }),
  informed: () =>
    Promise.resolve(
      pairs.map(({ code, factor }) => ({
        code,
        factor,
        evidence: {
          gains: { rows: Float64Array.of(0.3, 0.5), effective: 2 },
          ...(factor === "L" && { counts: Float64Array.of(1, 1) }),
        },
        entropy: Math.LN2,
      })),
    ),
});

test("a second probe is one more entry of the list: report, JSON, state and the panel's rows show it, no verdict counts it", async () => {
  const second = measurement({
    id: "nearest-neighbour",
    title: "Nearest neighbour",
    doc: "The share of rows whose nearest neighbour has the same class.",
    unit: "share",
    when: "round",
    needs: "read-draws",
    place: { table: "kept", row: "nearest neighbour" },
    measure: (readings) =>
      readings.map(({ code, factor }) => ({ code, factor, value: 0.75, low: 0.7, high: 0.8, chance: 0.5 })),
    sentence: (values) => `The neighbours of ${values[0]!.code} agree.`,
  });
  const list: AnyMeasurement[] = [...measurements, second];
  const pairs = [pair(4)];
  const measured = await carryOut(list, "round", gather(pairs), spec!);
  const judged = judge(pairs, pairs, {}, spec!);
  const sentence = [...firstSentences(judged), ...sentencesOf(list, measured)].join(" ");
  assert.match(
    sentence,
    /^Z keeps L \(0\.\d\d; chance 0\.\d\d\)\. W predicts at least 0\.25 of Y, which it does not read\. W and Z share at most 0\.02 nats: no leak\. The neighbours of Z agree\.$/,
  );

  const told: FromHost[] = [
    { kind: "opened", generation: 1, summary, restarted: true },
    { kind: "measurements", generation: 1, step: 1, measurements: measured },
    {
      kind: "verdicts",
      generation: 1,
      step: 1,
      verdicts: judged.map(({ code, factor, verdict }) => ({ code, factor, verdict })),
      confusions: [],
      sentence,
    },
  ];
  for (const message of told) assert.equal(faultOfFromHost(message), undefined);
  const run = told.reduce(fold, emptyRun());
  assert.deepEqual(
    run.measurements.find(({ id }) => id === "nearest-neighbour"),
    {
      id: "nearest-neighbour",
      unit: "share",
      code: "Z",
      factor: "L",
      value: 0.75,
      low: 0.7,
      high: 0.8,
      chance: 0.5,
    },
  );
  assert.deepEqual(run.verdicts, [{ code: "Z", factor: "L", verdict: "keeps" }]);
  const rows = tablesOf(list, run.measurements).find(({ id }) => id === "kept")!.rows;
  assert.deepEqual(
    rows.map(({ code, what, cells }) => [code, what, cells.length]),
    [
      ["Z", "", 1],
      ["Z", "mean", 1],
      ["Z", "nearest neighbour", 1],
    ],
  );
  assert.match(
    renderReport(run, 1, createStyle(false), list),
    /\n {2}Z, nearest neighbour +0\.75 \[0\.70, 0\.80\]\n/,
  );
});

test("every measurement has a name of its own, says what it is, and shows a value where it has one", async () => {
  assert.equal(new Set(measurements.map(({ id }) => id)).size, measurements.length);
  const number: PairReading = {
    code: "Z",
    factor: "N",
    reading: {
      kind: "scalar",
      truth: [0, 1, 2],
      values: Float64Array.of(0, 1, 2),
      predictions: [Float64Array.of(0, 1, 2)],
      effective: 3,
    },
  };
  const measured = await carryOut(
    measurements,
    "round",
    gather([pair(4), number], { Z: Float32Array.of(1, 2, 3) }),
    spec!,
  );
  const shown = tablesOf(measurements, measured).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
  for (const { id, title, doc } of measurements) {
    assert.match(id, /^[a-z0-9-]+$/);
    assert.ok(title.length > 0 && doc.split(" ").length > 8, id);
    const own = measured.filter((value) => value.id === id);
    assert.ok(own.length > 0, `${id} has no value`);
    for (const value of own) {
      assert.ok(value.low <= value.value && value.value <= (value.high ?? Infinity), id);
      assert.ok(shown.includes(value), `${id} is in no table`);
    }
  }
});

test("each coordinate is given with what a factor explains of it", async () => {
  const measured = await carryOut(measurements, "round", gather([pair(4)]), spec!);
  const own = measured.filter(({ id }) => id === "coordinate");
  assert.deepEqual(
    own.map(({ code, factor: of, coordinate }) => [code, of, coordinate]),
    [
      ["Z", "L", 0],
      ["Z", "L", 1],
    ],
  );
  assert.ok(own[0]!.low > 0.9 && own[1]!.high! < 0.1);
  const table = tablesOf(measurements, measured).find(({ id }) => id === "coordinates")!;
  assert.deepEqual(
    table.rows.map(({ code, what }) => [code, what]),
    [
      ["Z", "coordinate 0"],
      ["Z", "coordinate 1"],
    ],
  );
});

test("confusion counts rows by their class and by the class that is named", () => {
  const own: LabelReading = {
    kind: "label",
    truth: [0, 0, 1, 1],
    classes: 2,
    counts: Float64Array.of(2, 2),
    predictions: [Float64Array.of(-0.1, -2, -3, -0.2, -4, -0.1, -5, -0.1)],
    effective: 4,
  };
  assert.deepEqual(confusionOf(own), [
    [1, 1],
    [0, 2],
  ]);
});

test("looks repeat only what is cheap", async () => {
  const measured = await carryOut(
    measurements,
    "look",
    gather([pair(4)], { Z: Float32Array.of(1, 2) }),
    spec!,
  );
  assert.deepEqual([...new Set(measured.map(({ id }) => id))], ["recalibrated", "temperature", "rate"]);
});

test("a factor that draws hide and the mean shows is hidden; one that neither shows is dropped", () => {
  const verdict = (draws: number, mean: number): string =>
    judge([pair(draws)], [pair(mean)], {}, spec!)[0]!.verdict;
  assert.equal(verdict(0, 4), "hidden");
  assert.equal(verdict(0, 0), "drops");
  assert.equal(verdict(4, 4), "keeps");
  assert.equal(verdict(1, 4), "some");
});

test("no claim exceeds what the rate allows, and a conditional rate or none allows all", () => {
  const at = (
    rate: number,
    text = "gaussian(4) from X",
  ): { verdict: string; value: number; capped: boolean } => {
    const found = analyse(
      `spec S { modality X : vector(4) modality Y : vector(2) latent W : gaussian(2) from Y latent Z : ${text} keep I(X; Z) keep I(Y; W) compress I(X; Z) }`,
    ).specs[0]!.spec!;
    return judge([pair(4)], [pair(4)], { Z: new Float32Array(100).fill(rate) }, found)[0]!;
  };
  assert.equal(at(3).verdict, "keeps");
  assert.equal(at(3).capped, false);
  const low = at(0.01);
  assert.ok(low.capped && low.value < 0.62, `${low.value}`);
  assert.notEqual(low.verdict, "keeps");
  assert.equal(at(0.01, "gaussian(4) from X prior Z = from W").verdict, "keeps");
});

test("probabilities of several pairs are corrected together", () => {
  assert.deepEqual(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
  assert.deepEqual(holm([]), []);
});

test("a panel's session is one that a host may send", () => {
  for (const message of session(300)) assert.equal(faultOfFromHost(message), undefined);
});

test("what is discarded lies between the streams' least and the codes' most, and the label's entropy and the codes' least", async () => {
  const measured = await carryOut(measurements, "round", gather([pair(4)]), spec!);
  const of = (id: string, name: string) => measured.find((one) => one.id === id && one.factor === name);
  const label = of("information-discarded", "L")!;
  // Codes: 0.29 to 0.35 nats; streams: 0.59 at least; the label: log 2.
  assert.ok(Math.abs(label.low - (0.59 - 0.35)) < 0.005, String(label.low));
  assert.ok(Math.abs(label.high! - (Math.LN2 - 0.29)) < 0.005, String(label.high));
  assert.ok(Math.abs(label.value - 0.3) < 1e-9);
  const number = of("information-discarded", "N")!;
  assert.deepEqual([number.low, number.high], [0, null]);
  assert.ok(Math.abs(of("information-of-streams", "L")!.low - 0.59) < 0.005);
  assert.deepEqual(of("leakage", "Y")!.code, "W");
});
