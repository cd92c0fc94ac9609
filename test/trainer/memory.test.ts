import assert from "node:assert/strict";
import { test } from "node:test";
import { PanelMemory } from "../../core/train/memory";
import type { FromHost, SpecSummary, TermPoint } from "../../core/train/protocol";
import { PROTOCOL_VERSION } from "../../core/train/protocol";
import { initialState, receive, type PanelState } from "../../webview/state";

const summary = (name: string): SpecSummary => ({
  name,
  loss: "L = 0",
  terms: [],
  streams: [],
  latents: [],
  knobs: [{ name: "beta", value: 1, from: 0.1, to: 10, log: true }],
  executor: "wasm",
  derivation: { steps: [], latex: "", encoderGraph: "", decoderGraph: "" },
  parameters: 1,
  samples: { train: 1, validation: 1, test: 1 },
  steps: 100,
  epochs: 1,
});
const point = (step: number, heldOut = false): TermPoint => ({
  step,
  total: step / 2,
  terms: { a: step },
  ...(heldOut ? { heldOut: { total: step, terms: { a: step } } } : {}),
});
const points = (...steps: number[]): FromHost => ({
  kind: "points",
  generation: 1,
  points: steps.map((step) => point(step)),
});

const opening: FromHost[] = [
  { kind: "welcome", protocol: PROTOCOL_VERSION, executors: [] },
  { kind: "opened", generation: 1, summary: summary("A"), restarted: true },
  { kind: "phase", generation: 1, phase: "training" },
];

/** A page's state after the messages. */
const shown = (messages: FromHost[]): PanelState =>
  messages.reduce((state, message) => receive(state, message, PROTOCOL_VERSION), initialState());

function remembered(messages: FromHost[]): PanelMemory {
  const memory = new PanelMemory();
  for (const message of messages) memory.note(message);
  return memory;
}

test("a fresh page is told what the old one showed", () => {
  const told: FromHost[] = [
    ...opening,
    points(1, 2),
    { kind: "rates", generation: 1, step: 2, rates: { Z: [0.5] } },
    {
      kind: "finding",
      generation: 1,
      step: 2,
      finding: { code: "collapse", severity: "warning", message: "m" },
    },
    points(3),
    { kind: "probes", generation: 1, step: 3, probes: [], sentence: "Z keeps it." },
  ];
  assert.deepEqual(shown(remembered(told).replay()), shown(told));
});

test("an edit that keeps the run keeps its curves, one that restarts it drops them", () => {
  const before = [...opening, points(1, 2)];
  const kept: FromHost = { kind: "opened", generation: 2, summary: summary("B"), restarted: false };
  const after = shown(remembered([...before, kept]).replay());
  assert.equal(after.summary?.name, "B");
  assert.equal(after.generation, 2);
  assert.deepEqual(after.curves.total.steps, [1, 2]);
  const restarted = shown(remembered([...before, { ...kept, restarted: true }]).replay());
  assert.deepEqual(restarted.curves.total.steps, []);
});

test("faults of the newest text are told again until it is mended", () => {
  const rejected: FromHost = {
    kind: "rejected",
    generation: 2,
    diagnostics: [{ code: "expected", severity: "error", message: "m", range: { start: 0, end: 1 } }],
  };
  assert.equal(shown(remembered([...opening, rejected]).replay()).rejected.length, 1);
  const mended: FromHost = { kind: "opened", generation: 3, summary: summary("A"), restarted: false };
  assert.equal(shown(remembered([...opening, rejected, mended]).replay()).rejected.length, 0);
});

test("a run that starts again from fresh weights loses its curves", () => {
  assert.deepEqual(
    shown(remembered([...opening, points(1, 2, 3), points(1)]).replay()).curves.total.steps,
    [1],
  );
});

test("a long run is thinned, its held-out points are kept", () => {
  const memory = remembered(opening);
  for (let step = 1; step <= 5000; step++) {
    memory.note({ kind: "points", generation: 1, points: [point(step, step % 500 === 0)] });
  }
  const { points: kept } = memory.past();
  assert.ok(kept.length <= 1100, `${kept.length} points`);
  assert.equal(kept.filter(({ heldOut }) => heldOut !== undefined).length, 10);
});

test("what was stored is taken up, for the trainer of another day", () => {
  const past = structuredClone(remembered([...opening, points(1, 2)]).past());
  const memory = new PanelMemory();
  memory.recall(past);
  memory.note({ kind: "welcome", protocol: PROTOCOL_VERSION, executors: [] });
  assert.deepEqual(shown(memory.replay()).curves.total.steps, [1, 2]);
});
