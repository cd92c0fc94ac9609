import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { checkedChannel, portPair } from "../../core/train/channel";
import { tableSummary } from "../../core/views/table";
import { LARGEST_USED, MOST_USED } from "../../core/language/uses";
import type { FromHost, ToHost } from "../../core/train/protocol";
import { faultOfToEditor, faultOfToPanel } from "../../core/train/page-check";
import { faultOfFromHost, faultOfToHost } from "../../core/train/protocol-check";
import { decode, encode } from "../../core/train/wire";
import { across, answered, codeMap, openedSample, traversal } from "../panel/inspected";
import { described } from "../panel/described";

const toHost: ToHost[] = [
  { kind: "hello", protocol: 1 },
  {
    kind: "open",
    generation: 3,
    uri: "file:///a.bottleneck",
    text: "spec A {}",
    uses: {
      "file:///b.bottleneck": { text: "spec B {}" },
      "file:///c.bottleneck": { problem: "it is gone" },
    },
    spec: "A",
    autorun: true,
  },
  { kind: "open", generation: 3, uri: "", text: "", uses: {}, autorun: false, snapshot: Uint8Array.of(1, 2) },
  { kind: "run" },
  { kind: "resume" },
  { kind: "pause" },
  { kind: "reset" },
  { kind: "reset", seed: 4 },
  { kind: "knob", name: "beta", value: 0.5 },
  { kind: "inspect", question: { kind: "map", code: "Z" } },
  { kind: "inspect", question: { kind: "sample", code: "Z", row: 12 } },
  { kind: "inspect", question: { kind: "traversal", code: "Z" } },
  { kind: "inspect", question: { kind: "across" } },
  { kind: "describe" },
  { kind: "save" },
  { kind: "restore", snapshot: Uint8Array.of(3) },
  { kind: "close" },
];

const fromHost: FromHost[] = [
  { kind: "welcome", protocol: 1 },
  {
    kind: "executors",
    generation: 1,
    executors: [
      { name: "wasm", available: true, detail: "relaxed SIMD", used: true, milliseconds: 2.5 },
      { name: "torch", available: false, detail: "no Python is named" },
    ],
  },
  {
    kind: "rejected",
    generation: 1,
    diagnostics: [
      {
        code: "unknown-name",
        severity: "error",
        message: "no Z",
        range: { start: 0, end: 1 },
        fixes: [{ title: "Add Z", edits: [{ range: { start: 0, end: 0 }, text: "Z" }] }],
      },
    ],
  },
  { kind: "phase", generation: 1, phase: "training" },
  {
    kind: "turned",
    generation: 1,
    knobs: { beta: 4 },
    weights: { "keep I(X; Z)": -4 },
    weightsAtEnd: { "keep I(X; Z)": -4 },
  },
  {
    kind: "points",
    generation: 1,
    points: [
      { step: 1, total: -3, terms: { a: 1 } },
      { step: 2, total: -3, terms: { a: 1 }, heldOut: { total: 1, terms: { a: 2 } } },
    ],
  },
  { kind: "checkpoint", generation: 1, step: 4 },
  { kind: "checkpoint", generation: 1, step: 4, because: "it is", tested: { total: 1, terms: { a: 2 } } },
  { kind: "rates", generation: 1, step: 4, rates: { Z: [0.1, 2] } },
  {
    kind: "samples",
    generation: 1,
    step: 0,
    samples: [
      { kind: "texts", stream: "T", original: ["a red box"] },
      {
        kind: "pictures",
        stream: "X",
        count: 1,
        height: 1,
        width: 2,
        channels: 1,
        original: Uint8Array.of(0, 255),
      },
    ],
  },
  {
    kind: "verdicts",
    generation: 1,
    step: 9,
    verdicts: [{ code: "Z", factor: "L", verdict: "unjudged", because: "one-class" }],
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
    sentence: "",
  },
  { kind: "replaced", generation: 1, step: 9, by: "text", bytes: Uint8Array.of(3) },
  { kind: "restored", generation: 1, step: 9 },
  described(),
  answered(codeMap("Z")),
  answered(openedSample("Z", 8003)),
  answered(traversal("Z")),
  answered(across()),
  { kind: "settled", generation: 1, step: 9, code: "collapsed-code", about: "Z" },
  { kind: "finding", generation: 1, step: 9, finding: { code: "nan", severity: "error", message: "stop" } },
];

test("every well-formed message passes, and survives the wire unchanged", () => {
  for (const message of toHost) assert.equal(faultOfToHost(message), undefined, JSON.stringify(message));
  for (const message of fromHost) assert.equal(faultOfFromHost(message), undefined, JSON.stringify(message));
  for (const message of [...toHost, ...fromHost]) assert.deepEqual(decode(encode(message)), message);
  assert.equal(
    faultOfToEditor({ kind: "write", change: { kind: "knob", name: "beta", value: 2 } }),
    undefined,
  );
  const setting = { kind: "setting", name: "batch", value: 256 };
  assert.equal(faultOfToEditor({ kind: "write", change: setting }), undefined);
  assert.match(faultOfToEditor({ kind: "write", change: { ...setting, name: "data" } })!, /change\.name/);
  assert.match(faultOfToEditor({ kind: "write", change: { ...setting, value: "9 }" } })!, /change\.value/);
  assert.match(faultOfToEditor({ kind: "write", change: { kind: "text" } })!, /change\.kind/);
  assert.equal(faultOfToEditor({ kind: "restorePrevious" }), undefined);
});

test("a fault names the part that is wrong", () => {
  assert.match(faultOfToHost({ kind: "knob", name: "beta", value: NaN })!, /message\.value .*finite/);
  assert.match(
    faultOfToHost({ kind: "open", generation: -1, uri: "", text: "", uses: {}, autorun: true })!,
    /generation/,
  );
  assert.match(
    faultOfToHost({ kind: "inspect", question: { kind: "sample", code: "Z", row: -1 } })!,
    /question\.row/,
  );
  const mirrored = { ...codeMap("Z"), x: [NaN] };
  assert.match(faultOfFromHost(answered(mirrored))!, /found\.x\[0\]/);
  const { data } = described();
  const [stream, ...others] = data.streams;
  const miscounted = { ...data, streams: [...others, { ...stream, histogram: [1.5] }] };
  assert.match(faultOfFromHost({ ...described(), data: miscounted })!, /streams\[\d\]\.histogram\[0\]/);
  assert.match(faultOfFromHost({ ...described(), data: { ...data, skipped: [{}] } })!, /skipped\[0\]\.name/);
  assert.match(faultOfToHost({ kind: "launch" })!, /kind is not known/);
  assert.match(faultOfToHost({ kind: "toString" })!, /kind is not known/);
  assert.match(
    faultOfFromHost({ kind: "points", generation: 1, points: [{ step: 1, total: "x", terms: {} }] })!,
    /points\[0\]\.total/,
  );
});

test("used files are texts or problems, and bounded", () => {
  const fault = (uses: unknown): string | undefined =>
    faultOfToHost({ kind: "open", generation: 1, uri: "", text: "", uses, autorun: true });
  assert.equal(fault({}), undefined);
  assert.match(fault([])!, /message\.uses is not a table/);
  assert.match(fault({ a: "spec A {}" })!, /message\.uses\.a is neither a text nor a problem/);
  assert.match(fault({ a: {} })!, /message\.uses\.a is neither a text nor a problem/);
  assert.match(fault({ a: { text: "", problem: "" } })!, /message\.uses\.a is neither a text nor a problem/);
  assert.match(fault({ a: { text: 3 } })!, /is not a text/);
  assert.match(fault({ a: { text: " ".repeat(LARGEST_USED + 1) } })!, /is too large/);
  const many = (count: number, file: object): object =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [i, file]));
  assert.equal(fault(many(MOST_USED, { text: "" })), undefined);
  assert.match(fault(many(MOST_USED + 1, { text: "" }))!, /more than 64 texts/);
  assert.equal(fault(many(1000, { problem: "more than 64 files are used in all" })), undefined);
});

test("removing or mistyping any required part of a message is refused", () => {
  const wrong = fc.constantFrom<unknown>(null, [], () => 0, Symbol("x"), new Date(0));
  for (const message of toHost) {
    for (const key of Object.keys(message)) {
      const optional = ["spec", "seed"].includes(key) || (message.kind === "open" && key === "snapshot");
      const rest = Object.fromEntries(Object.entries(message).filter(([name]) => name !== key));
      if (!optional) assert.notEqual(faultOfToHost(rest), undefined, `${message.kind} without ${key}`);
      fc.assert(
        fc.property(wrong, (value) => faultOfToHost({ ...message, [key]: value }) !== undefined),
        { numRuns: 10 },
      );
    }
  }
});

test("what the editor answers the panel is checked like what the host says", () => {
  const table = tableSummary();
  assert.equal(faultOfToPanel({ kind: "table", table }), undefined);
  assert.equal(faultOfToPanel({ kind: "settled", generation: 1, step: 2, code: "collapse" }), undefined);
  const run = { spec: "A", step: 3, at: 5, identity: { program: "p", data: "d" } };
  assert.equal(faultOfToPanel({ kind: "previous", run }), undefined);
  assert.equal(faultOfToPanel({ kind: "previous" }), undefined);
  assert.match(faultOfToPanel({ kind: "previous", run: { ...run, identity: {} } })!, /identity\.program/);
  const [first, ...rest] = table.methods;
  const wrong = { ...table, methods: [...rest, { ...first, latex: undefined }] };
  assert.match(faultOfToPanel({ kind: "table", table: wrong })!, /methods\[\d+\]\.latex is not a text/);
  assert.notEqual(faultOfFromHost({ kind: "table", table }), undefined);
  assert.equal(faultOfToEditor({ kind: "openText", text: "spec A {}" }), undefined);
  assert.match(faultOfToEditor({ kind: "openText" })!, /text/);
  assert.equal(faultOfToEditor({ kind: "export" }), undefined);
});

test("no value makes the checks or the wire throw", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withTypedArray: true }), (value) => {
      faultOfToHost(value);
      faultOfFromHost(value);
      faultOfToEditor(value);
      faultOfToPanel(value);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => void decode(text)));
});

test("bytes of any length survive the wire", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.deepEqual(decode(encode({ bytes })), { bytes });
    }),
  );
  const large = Uint8Array.from({ length: 200_000 }, (_, i) => i * 7);
  assert.deepEqual((decode(encode({ large })) as { large: Uint8Array }).large, large);
});

test("a checked channel hands on good messages and reports the others", async () => {
  const [near, far] = portPair();
  const refused: string[] = [];
  const channel = checkedChannel<FromHost, ToHost>(near, faultOfToHost, (fault) => refused.push(fault));
  const seen: ToHost[] = [];
  const stop = channel.listen((message) => seen.push(message));
  far.post({ kind: "run" });
  far.post({ kind: "nonsense" });
  await Promise.resolve();
  stop();
  far.post({ kind: "pause" });
  await Promise.resolve();
  assert.deepEqual(seen, [{ kind: "run" }]);
  assert.equal(refused.length, 1);
});
