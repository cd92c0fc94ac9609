import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { faultOfToPanel } from "../../core/train/page-check";
import {
  PROTOCOL_VERSION,
  type FromHost,
  type MeasuredValue,
  type TermPoint,
} from "../../core/train/protocol";
import { emptyRun, fold, heldOutOf, type RunState } from "../../core/train/run-state";
import { decode, encode } from "../../core/train/wire";
import { initialState, knobValue, receive } from "../../webview/state";
import { described } from "../panel/described";
import { summary } from "../panel/session";

const point = (step: number): TermPoint => ({ step, total: step / 2, terms: { a: step } });
const points = (...steps: number[]): FromHost => ({
  kind: "points",
  generation: 1,
  points: steps.map(point),
});
const progress = (step: number): FromHost => ({
  kind: "progress",
  generation: 1,
  step,
  steps: 100,
  epoch: step / 10,
  epochs: 10,
  millisecondsPerStep: 1,
  secondsLeft: 1,
  weights: {},
});
const opened = (restarted: boolean, generation = 1, name = "A"): FromHost => ({
  kind: "opened",
  generation,
  summary: { ...summary, name },
  restarted,
});
const measured = (id: string, value: number): MeasuredValue => ({
  id,
  code: "Z",
  factor: "L",
  value,
  low: value - 0.1,
  high: value + 0.1,
  unit: "share",
  chance: 0.1,
});
const measurements = (...values: MeasuredValue[]): FromHost => ({
  kind: "measurements",
  generation: 1,
  step: 3,
  measurements: values,
});
const verdicts: FromHost = {
  kind: "verdicts",
  generation: 1,
  step: 3,
  verdicts: [{ code: "Z", factor: "L", verdict: "keeps" }],
  confusions: [
    {
      code: "Z",
      factor: "L",
      counts: [
        [3, 1],
        [0, 4],
      ],
    },
  ],
  sentence: "Z keeps it.",
};
const finding: FromHost = {
  kind: "finding",
  generation: 1,
  step: 2,
  finding: { code: "collapse", severity: "warning", message: "m" },
};
const run = (...messages: FromHost[]): RunState => messages.reduce(fold, emptyRun());
const trained = [
  opened(true),
  points(1, 2, 3),
  progress(3),
  measurements(measured("accuracy", 0.8)),
  verdicts,
  finding,
];

// --- Started again, or not ---

/** Steps of the curve, the sentence and the findings that are left after a message. */
const left = (message: FromHost) => {
  const { curves, sentence, findings } = run(...trained, message);
  return [curves.total.steps, sentence, findings.length];
};

for (const [what, message, expected] of [
  ["another shape", opened(true, 2), [[], "", 0]],
  // What still holds of the new text is told again.
  ["an edit that keeps the run", opened(false, 2), [[1, 2, 3], "Z keeps it.", 0]],
  ["a step back to 0", progress(0), [[], "", 0]],
  ["a first point again", points(1), [[1], "", 0]],
  ["a return to a saved state", points(2), [[1, 2], "Z keeps it.", 1]],
  ["progress of a saved state", progress(2), [[1, 2], "Z keeps it.", 1]],
  ["the next points", points(4, 5), [[1, 2, 3, 4, 5], "Z keeps it.", 1]],
  ["the same progress", progress(3), [[1, 2, 3], "Z keeps it.", 1]],
] as const)
  test(`the rule of starting again: ${what}`, () => assert.deepEqual(left(message), expected));

test("what is described of the data stays until other data are asked for", () => {
  const before = run(...trained, described());
  assert.deepEqual(before.data, described().data);
  assert.deepEqual(fold(before, opened(true, 2)).data, described().data);
  const other = { ...summary, name: "A", identity: { ...summary.identity, data: "other" } };
  const after = fold(before, { kind: "opened", generation: 2, summary: other, restarted: true });
  assert.equal("data" in after, false);
  // What is still said of the text before is of no use.
  assert.equal(fold(after, described()).data, undefined);
});

test("a run before its first step keeps what is known of it", () => {
  assert.equal(run(opened(true), finding, progress(0)).findings.length, 1);
});

// --- Text ---

test("faults of the newest text are shown until it is fixed", () => {
  const rejected: FromHost = {
    kind: "rejected",
    generation: 2,
    diagnostics: [{ code: "expected", severity: "error", message: "m", range: { start: 0, end: 1 } }],
  };
  assert.equal(run(opened(true), rejected).rejected.length, 1);
  assert.equal(run(opened(true), rejected, opened(false, 3)).rejected.length, 0);
});

test("what an older generation still says changes nothing", () => {
  const state = run(opened(true, 2));
  for (const message of [points(1), measurements(measured("accuracy", 0.8)), verdicts, finding, progress(4)])
    assert.equal(fold(state, message), state);
});

// --- The checkpoint ---

test("the values of a checkpoint are those of test rows once a run has finished, and it survives being told again", () => {
  const tested = { total: -3, terms: { a: 2 } };
  const finished: FromHost = { kind: "phase", generation: 1, phase: "finished" };
  const told: FromHost = { kind: "checkpoint", generation: 1, step: 2, tested };
  const again: FromHost = { kind: "checkpoint", generation: 1, step: 2 };
  const state = run(...trained, told, finished, again);
  assert.deepEqual(heldOutOf(state), tested);
  assert.equal(heldOutOf(fold(state, { kind: "phase", generation: 1, phase: "training" })), undefined);
  assert.deepEqual(run(...trained, told, { ...again, step: 3 }).checkpoint, { step: 3 });
  // What came after a return to a saved state is cut off.
  assert.equal(run(...trained, told, points(2)).checkpoint, undefined);
  assert.deepEqual(run(...trained, told, points(3)).checkpoint, { step: 2, tested });
});

// --- Knobs ---

test("a turned knob changes the weights that it is part of", () => {
  const [first, second] = summary.terms;
  const message: FromHost = {
    kind: "turned",
    generation: 1,
    knobs: { beta: 4 },
    weights: { [first!.id]: -4 },
    weightsAtEnd: { [first!.id]: -5 },
  };
  const state = run(...trained, message);
  assert.equal(state.knobs["beta"], 4);
  assert.deepEqual(
    state.summary!.terms.slice(0, 2).map(({ weight, weightAtEnd }) => [weight, weightAtEnd]),
    [
      [-4, -5],
      [second!.weight, second!.weightAtEnd],
    ],
  );
  assert.deepEqual(state.curves.total.steps, [1, 2, 3]);
});

test("a slider stays where it was put while the host's answers come in", () => {
  let state = receive(initialState(), opened(true));
  const answer = (beta: number): FromHost => ({
    kind: "turned",
    generation: 1,
    knobs: { beta },
    weights: {},
    weightsAtEnd: {},
  });
  state = { ...state, turning: { beta: 9 } };
  state = receive(state, answer(7));
  assert.equal(knobValue(state, "beta", 0), 9);
  state = receive(receive(state, answer(9)), answer(3));
  assert.equal(knobValue(state, "beta", 0), 3, "another page has turned it since");
});

// --- A page that is loaded anew ---

const value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const id = fc.constantFrom("a", "b", "__proto__");
const table = <T>(of: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(id, of), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
const heldOut = fc.option(fc.record({ total: value, terms: table(value) }), { nil: undefined });
const somePoints = fc
  .record({
    from: fc.nat(60),
    gaps: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 400 }),
    value,
    heldOut,
  })
  .map(({ from, gaps, value: total, heldOut }): TermPoint[] => {
    let step = from;
    return gaps.map((gap, i) => ({
      step: (step += gap),
      total: total / (i + 1) + 0,
      terms: { a: i, b: -i + 0 },
      ...(i % 50 === 7 && heldOut !== undefined ? { heldOut } : {}),
    }));
  });
const generation = fc.integer({ min: 1, max: 3 });
const step = fc.nat(500);
const message: fc.Arbitrary<FromHost> = fc.oneof(
  fc.record({ kind: fc.constant("points" as const), generation, points: somePoints }),
  fc.record({ generation, step }).map(({ generation, step }) => ({ ...progress(step), generation })),
  fc
    .record({ generation, restarted: fc.boolean(), name: fc.string() })
    .map(({ generation, restarted, name }) => opened(restarted, generation, name)),
  fc.record({
    kind: fc.constant("phase" as const),
    generation,
    phase: fc.constantFrom("training" as const, "paused" as const),
  }),
  fc.constant<FromHost>({ kind: "phase", generation: 1, phase: "failed", detail: "it ended" }),
  fc.record({
    kind: fc.constant("turned" as const),
    generation,
    knobs: table(value),
    weights: table(value),
    weightsAtEnd: table(value),
  }),
  fc
    .record({ generation, step, because: fc.option(fc.string(), { nil: undefined }), heldOut })
    .map(({ because, heldOut: tested, ...rest }): FromHost => ({
      kind: "checkpoint",
      ...rest,
      ...(because !== undefined && { because }),
      ...(tested && { tested: { ...tested } }),
    })),
  fc.record({ kind: fc.constant("rates" as const), generation, step, rates: table(fc.array(value)) }),
  fc.constant(measurements(measured("accuracy", 0.8))),
  fc.constant(measurements(measured("rate", 1))),
  fc.constant(verdicts),
  fc.constant(finding),
  fc.constant<FromHost>({ kind: "settled", generation: 1, step: 3, code: "collapse" }),
  fc.constant<FromHost>({
    kind: "samples",
    generation: 1,
    step: 1,
    samples: [
      {
        kind: "pictures",
        stream: "X",
        count: 1,
        height: 1,
        width: 2,
        channels: 1,
        original: Uint8Array.of(1, 255),
      },
    ],
  }),
  fc.constant<FromHost>({ kind: "snapshot", generation: 1, step: 1, bytes: Uint8Array.of(1) }),
  fc.constant<FromHost>({ kind: "replaced", generation: 1, step: 1, by: "reset", bytes: Uint8Array.of(1) }),
  fc.constant<FromHost>({ kind: "restored", generation: 1, step: 1 }),
  fc.constant<FromHost>({ kind: "welcome", protocol: PROTOCOL_VERSION }),
  fc.constant<FromHost>({
    kind: "executors",
    generation: 1,
    executors: [{ name: "wasm", available: true, detail: "relaxed SIMD", used: true, milliseconds: 2.5 }],
  }),
);

test("a page that is loaded anew at any time ends as one that was there from the start", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 40 }), fc.nat(40), (messages, at) => {
      const before = messages.slice(0, at).reduce(fold, emptyRun());
      // Over a socket, or out of a file, and looked at on receipt.
      const told = decode(encode({ kind: "state", state: before }));
      assert.equal(faultOfToPanel(told), undefined);
      const page = receive(initialState(), told as { kind: "state"; state: RunState });
      assert.deepEqual(page.run, before);
      const rest = messages.slice(at);
      assert.deepEqual(rest.reduce(receive, page).run, messages.reduce(fold, emptyRun()));
    }),
    { numRuns: 300 },
  );
});

test("all values of a measurement are replaced by its new ones, and those of others stay", () => {
  const told = [
    opened(true),
    measurements(measured("accuracy", 0.2), measured("rate", 1)),
    measurements(measured("accuracy", 0.8)),
  ];
  const { measurements: kept } = told.reduce(fold, emptyRun());
  assert.deepEqual(
    kept.map(({ id, value }) => [id, value]),
    [
      ["rate", 1],
      ["accuracy", 0.8],
    ],
  );
});
