import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { BoundStream } from "../../core/data/bind";
import { Batches, chunks } from "../../core/train/batches";
import { Slices } from "../../core/train/clock";
import type { Samples } from "../../core/train/shown";
import { shownSamples } from "../../core/train/samples";
import { readTensors, writeTensors } from "../../core/train/safetensors";
import { schedulesOf, scheduleText } from "../../core/theory/terms/schedule";
import { KnobSchedule } from "../../core/train/schedule";
import { firstSentences, SENTENCES } from "../../core/train/sentence";
import { judge, type Judged } from "../../core/train/verdicts";
import { readLabel, readScalar } from "../../core/train/probes/index";
import { RandomStream } from "../../core/random";
import { unpackSnapshot } from "../../core/train/snapshot";
import type { Knob } from "../../core/theory/spec";

test("an epoch sees every training row at most once, and no two epochs alike", () => {
  const rows = Int32Array.from({ length: 103 }, (_, i) => 1000 + 2 * i);
  const batches = new Batches(5, rows, 10);
  assert.deepEqual([batches.size, batches.stepsPerEpoch], [10, 10]);
  const epoch = (start: number): number[] =>
    Array.from({ length: 10 }, (_, i) => [...batches.at(start + i)]).flat();
  const first = epoch(0);
  const second = epoch(10);
  assert.equal(new Set(first).size, 100);
  assert.ok(first.every((row) => rows.includes(row)));
  assert.notDeepEqual(first, second);
  // A function of the step alone, in whatever order steps are asked for.
  assert.deepEqual(epoch(0), first);
  assert.deepEqual([...new Batches(5, rows, 10).at(13)], second.slice(30, 40));
});

test("a batch is never larger than the data", () => {
  const batches = new Batches(1, Int32Array.of(4, 5, 6), 128);
  assert.deepEqual([batches.size, batches.stepsPerEpoch], [3, 1]);
  assert.deepEqual([...batches.at(7)].sort(), [4, 5, 6]);
});

test("chunks cover their rows in order, and fill the last from the first", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 15 }), (length, size) => {
      const rows = Int32Array.from({ length }, (_, i) => i * 3);
      const cut = chunks(rows, size);
      assert.deepEqual(cut.map((chunk) => [...chunk.rows.subarray(0, chunk.used)]).flat(), [...rows]);
      assert.ok(
        cut.every((chunk) => chunk.rows.length === size && chunk.rows.every((row) => rows.includes(row))),
      );
    }),
  );
});

const knob = (more: Partial<Knob> = {}): Knob => ({
  name: "beta",
  value: 64,
  from: 1,
  to: 100,
  log: true,
  range: { start: 0, end: 0 },
  ...more,
});

test("a logarithmic knob anneals in equal ratios, another in equal steps", () => {
  const anneal = { from: 1, over: 6, unit: "epochs" } as const;
  const logarithmic = new KnobSchedule([knob({ anneal })], 10);
  assert.deepEqual(
    [0, 10, 30, 60, 90].map((step) => Math.round(logarithmic.at(step)["beta"]! * 1e6) / 1e6),
    [1, 2, 8, 64, 64],
  );
  const linear = new KnobSchedule([knob({ log: false, anneal: { from: 4, over: 30, unit: "steps" } })], 10);
  assert.deepEqual(
    [0, 15, 30].map((step) => linear.at(step)["beta"]),
    [4, 34, 64],
  );
});

test("a schedule is said with where the training leaves it", () => {
  const training = { epochs: 5, batch: 1, optimizer: { name: "adam", rate: 1 }, seed: 1 } as const;
  const long = knob({ value: 4, anneal: { from: 100, over: 400, unit: "epochs" } });
  const [schedule] = schedulesOf([long, knob({ name: "w" })], training);
  assert.equal(schedule!.atEnd, new KnobSchedule([long], 10).at(50)["beta"]);
  assert.equal(
    scheduleText(schedule!, training),
    "beta goes from 100 to 4 over 400 epochs; after the 5 epochs of this spec it is 96.1",
  );
  const short = schedulesOf([knob({ anneal: { from: 1, over: 1, unit: "epochs" } })], training)[0]!;
  assert.equal(scheduleText(short, training), "beta goes from 1 to 64 over 1 epoch");
  const steps = schedulesOf([knob({ anneal: { from: 1, over: 90, unit: "steps" } })], training)[0]!;
  assert.equal(scheduleText(steps, training), "beta goes from 1 to 64 over 90 steps");
  assert.equal(steps.atEnd, undefined);
  // Of a training in steps those schedules are known that count steps.
  const inSteps = { ...training, steps: 45 };
  const half = schedulesOf([knob({ anneal: { from: 1, over: 90, unit: "steps" } })], inSteps)[0]!;
  assert.equal(
    scheduleText(half, inSteps),
    "beta goes from 1 to 64 over 90 steps; after the 45 steps of this spec it is 8",
  );
  assert.equal(schedulesOf([long], inSteps)[0]!.atEnd, undefined);
});

test("a delayed schedule stays at its start first", () => {
  const anneal = { from: 4, over: 30, unit: "steps", after: { value: 2, unit: "epochs" } } as const;
  const schedule = new KnobSchedule([knob({ log: false, anneal })], 10);
  assert.deepEqual(
    [0, 19, 20, 35, 50, 90].map((step) => schedule.at(step)["beta"]),
    [4, 4, 4, 34, 64, 64],
  );
  const training = { epochs: 5, batch: 1, optimizer: { name: "adam", rate: 1 }, seed: 1 } as const;
  const delayed = { from: 1, over: 2, unit: "epochs", after: { value: 1, unit: "epochs" } } as const;
  assert.equal(
    scheduleText(schedulesOf([knob({ anneal: delayed })], training)[0]!, training),
    "beta stays at 1 for 1 epoch, then goes from 1 to 64 over 2 epochs",
  );
});

test("cycles ramp and hold, as Fu et al. 2019 have them, and end at the value", () => {
  const [epochs, cycles, ramp] = [8, 4, 0.5];
  // Their equations 6 and 7, with T steps, M cycles and R the share of a cycle that is a ramp; beta from 0 to 1.
  const steps = epochs * 10;
  const theirs = (step: number): number => Math.min(1, (step % (steps / cycles)) / (steps / cycles) / ramp);
  const anneal = {
    from: 0,
    over: 1,
    unit: "epochs",
    hold: { value: 10, unit: "steps" },
    repeat: cycles,
  } as const;
  const cyclic = knob({ value: 1, from: 0, to: 1, log: false, anneal });
  const schedule = new KnobSchedule([cyclic], 10);
  for (let step = 0; step < steps; step++) assert.equal(schedule.at(step)["beta"], theirs(step), `${step}`);
  assert.equal(schedule.at(steps)["beta"], 1);
  assert.equal(schedule.at(steps + 7)["beta"], 1, "no cycle after the last");

  const endless = new KnobSchedule([{ ...cyclic, anneal: { ...anneal, repeat: "endless" } }], 10);
  assert.equal(endless.at(steps)["beta"], 0, "a fifth cycle begins");
  assert.equal(endless.at(steps, true)["beta"], 1, "a training that ends there has ended a cycle");

  const training = { epochs, batch: 1, optimizer: { name: "adam", rate: 1 }, seed: 1 } as const;
  const said = (repeat: number | "endless"): string => {
    const all = { ...anneal, hold: { value: 1, unit: "epochs" }, repeat } as const;
    return scheduleText(schedulesOf([{ ...cyclic, anneal: all }], training)[0]!, training);
  };
  assert.equal(
    said(4),
    "beta goes from 0 to 1 over 1 epoch and stays there for 1 epoch, 4 times, each from the start",
  );
  assert.equal(
    said("endless"),
    "beta goes from 0 to 1 over 1 epoch and stays there for 1 epoch, again and again",
  );
});

test("a turned knob stays where it was put, within its range", () => {
  const schedule = new KnobSchedule([knob({ anneal: { from: 1, over: 6, unit: "epochs" } })], 10);
  assert.equal(schedule.turn("beta", 7), 7);
  assert.equal(schedule.at(0)["beta"], 7);
  assert.equal(schedule.turn("beta", 1e6), 100);
  assert.equal(schedule.turn("gamma", 1), undefined);
  assert.deepEqual(schedule.byHand, { beta: 100 });
});

test("work gives way to the event loop when its slice is used up, and not before", async () => {
  let time = 0;
  let deferred = 0;
  const slices = new Slices({ now: () => time, defer: () => Promise.resolve(void deferred++) });
  for (let step = 0; step < 20; step++) {
    time += 5;
    await slices.breathe();
  }
  assert.equal(deferred, 5, "100 ms of work in slices of 20");
});

test("tensors survive the safetensors format", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-zA-Z.]{1,12}$/), fc.float32Array({ maxLength: 9 }), {
        maxKeys: 5,
      }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()),
      (arrays, metadata) => {
        const tensors = Object.fromEntries(
          Object.entries(arrays).map(([name, values]) => [name, { shape: [values.length], values }]),
        );
        const read = readTensors(writeTensors({ metadata, tensors }));
        assert.deepEqual({ ...read.tensors }, { ...tensors });
        assert.deepEqual({ ...read.metadata }, { ...metadata });
      },
    ),
  );
});

test("bytes that are no safetensors file give an error, and no state", () => {
  const good = writeTensors({ metadata: {}, tensors: { a: { shape: [2], values: Float32Array.of(1, 2) } } });
  assert.throws(() => readTensors(good.subarray(0, good.length - 1)), /cut short/);
  assert.throws(() => readTensors(new Uint8Array(4)), /not a safetensors file/);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => unpackSnapshot(bytes) === undefined));
});

const only = (samples: Samples[]): Samples => {
  assert.equal(samples.length, 1);
  return samples[0]!;
};

test("images are drawn from black to white, vectors between their ends, two channels as their mean", () => {
  const image: BoundStream = {
    name: "X",
    kind: { name: "image", sizes: [1, 2, 2] },
    field: "X",
    shape: [2, 1, 2],
    values: Float32Array.of(9, 9, 9, 9, 0, 0.5, 1, 2.5),
  };
  const drawn = only(shownSamples(image, Int32Array.of(1), Float32Array.of(-1, 0, 0, 1)));
  assert.ok(drawn.kind === "pictures");
  assert.deepEqual([drawn.height, drawn.width, drawn.channels], [1, 2, 1]);
  assert.deepEqual([...drawn.original], [128, 255]);
  assert.deepEqual([...drawn.reconstruction!], [0, 128]);
  const vector = only(
    shownSamples({ ...image, kind: { name: "vector", sizes: [4] }, shape: [4] }, Int32Array.of(1)),
  );
  assert.deepEqual(vector.kind === "pictures" && [...vector.original], [0, 51, 102, 255]);
  const label: BoundStream = {
    ...image,
    kind: { name: "label", sizes: [4] },
    shape: [],
    values: Int32Array.of(1),
  };
  assert.deepEqual(shownSamples(label, Int32Array.of(0)), []);
});

test("a film says how many frames it has; recordings are sound too, as loud as they are", () => {
  const film: BoundStream = {
    name: "F",
    kind: { name: "video", sizes: [3, 1, 2] },
    field: "F",
    shape: [3, 1, 1, 2],
    values: Float32Array.of(0, 1, 1, 0, 0.5, 0.5),
  };
  const frames = only(shownSamples(film, Int32Array.of(0)));
  assert.ok(frames.kind === "pictures");
  assert.deepEqual([frames.frames, frames.height, frames.width, frames.sound], [3, 3, 2, undefined]);
  const signal: BoundStream = {
    name: "S",
    kind: { name: "signal", sizes: [3, 2] },
    field: "sound",
    shape: [2, 3],
    values: Float32Array.of(0, 0, 0, 0, 0, 0, 0.5, -1, 1, 0.5, 0, 1),
  };
  const silent = only(shownSamples(signal, Int32Array.of(1)));
  assert.ok(silent.kind === "pictures" && silent.sound === undefined && silent.frames === undefined);
  const heard = only(
    shownSamples({ ...signal, rate: 8000 }, Int32Array.of(1), Float32Array.of(0, 0, 4, 0, 0, 4)),
  );
  assert.ok(heard.kind === "pictures" && heard.sound?.rate === 8000);
  const levels = (bytes: Uint8Array): number[] =>
    Array.from({ length: 3 }, (_, i) => new DataView(bytes.buffer).getInt16(2 * i, true) / 32_767);
  assert.deepEqual(
    levels(heard.sound.original).map((level) => Number(level.toFixed(3))),
    [0.5, -0.5, 1],
  );
  assert.deepEqual(levels(heard.sound.reconstruction!), [0, 0, 1]);
  const loud = only(
    shownSamples(
      { ...signal, rate: 8000, values: signal.values.map((one) => 2 * (one as number)) as Float32Array },
      Int32Array.of(1),
    ),
  );
  assert.ok(loud.kind === "pictures");
  assert.deepEqual(levels(loud.sound!.original), levels(heard.sound.original));
});

test("three channels are colours, in pictures and in the frames of a film", () => {
  const pixels = Float32Array.of(1, 0, 0.2, 0.4, 0, 1);
  const image: BoundStream = {
    name: "X",
    kind: { name: "image", sizes: [1, 2, 3] },
    field: "X",
    shape: [3, 1, 2],
    values: pixels,
  };
  const drawn = only(shownSamples(image, Int32Array.of(0)));
  assert.deepEqual(drawn.kind === "pictures" && [...drawn.original], [255, 51, 0, 0, 102, 255]);
  const video: BoundStream = {
    ...image,
    kind: { name: "video", sizes: [2, 1, 1, 3] },
    shape: [2, 3, 1, 1],
  };
  const film = only(shownSamples(video, Int32Array.of(0)));
  assert.ok(film.kind === "pictures");
  assert.deepEqual([film.height, film.width, film.channels], [2, 1, 3]);
  assert.deepEqual([...film.original], [255, 0, 51, 102, 0, 255]);
});

test("texts are shown as words, reconstructions as their likeliest words", () => {
  const text: BoundStream = {
    name: "T",
    kind: { name: "text", sizes: [3, 4] },
    field: "T",
    shape: [3],
    values: Int32Array.of(0, 0, 2, 3, 1, 4),
    classes: 4,
    words: ["a", "red", "big", "box"],
  };
  const shares = Float32Array.of(0, 0.2, 0, 0.8, 0.5, 0.1, 0.4, 0);
  assert.deepEqual(shownSamples(text, Int32Array.of(1, 0), shares), [
    {
      kind: "texts",
      stream: "T",
      original: ["box red", "a a big"],
      reconstruction: ["box red", "a big red"],
    },
  ]);
  const unknown = { ...text };
  delete unknown.words;
  assert.deepEqual(shownSamples(unknown, Int32Array.of(1)), [
    { kind: "texts", stream: "T", original: ["#3 #1"] },
  ]);
});

const judged = (factor: string, code: string, value: number, more: Partial<Judged> = {}): Judged => ({
  factor,
  code,
  verdict: value > 0.5 ? "keeps" : value > 0.2 ? "some" : "drops",
  measure: "label",
  value,
  mean: value,
  capped: false,
  chance: 0.1,
  ...more,
});

const said = (all: readonly Judged[]): string => firstSentences(all).join(" ");

test("the sentence says who keeps what, with values and chance", () => {
  const scalar = { measure: "scalar", chance: 0 } as const;
  assert.equal(
    said([
      judged("digit", "Zx", 0.83),
      judged("digit", "Zy", 0.81),
      judged("digit", "Wx", 0.3),
      judged("angle", "Zx", 0.01, scalar),
      judged("angle", "Zy", -0.3, scalar),
      judged("angle", "Wx", 0.9, scalar),
      judged("scale", "Zx", 0.01, scalar),
      judged("scale", "Zy", 0.02, scalar),
    ]),
    "Zx and Zy keep digit (0.83 and 0.81; chance 0.10); Wx keeps angle (R² 0.90). " +
      "Wx carries some of digit (0.30; chance 0.10). Zx and Zy do not keep angle or scale.",
  );
  assert.equal(
    said([judged("digit", "Zx", 0.5, { verdict: "unjudged", because: "few-rows" })]),
    "digit in Zx cannot be judged: there are too few held-out samples.",
  );
  const open = (factor: string, because: Judged["because"]): Judged =>
    judged(factor, "Z", 0.5, { verdict: "unjudged", ...(because && { because }) });
  assert.equal(
    said([open("L", "one-class"), open("s", "constant"), open("t", "constant")]),
    "s and t in Z cannot be judged: they are constant in the held-out samples. " +
      "L in Z cannot be judged: the held-out samples have only one class of it.",
  );
  assert.equal(said([]), "");
});

test("the sentence names what only noise hides, what a rate allows, and a class that is ranked", () => {
  assert.equal(
    said([judged("L", "Z", 0.11, { verdict: "hidden", mean: 1 })]),
    "L in Z is hidden by noise only: its mean still predicts it (1.00; chance 0.10).",
  );
  assert.equal(
    said([judged("L", "Z", 0.299, { verdict: "some", capped: true })]),
    "Z carries some of L (at most 0.29 by its rate; chance 0.10).",
  );
  const ranked = { class: 1, value: 0.96 };
  assert.equal(
    said([judged("L", "Z", 0.98, { verdict: "some", chance: 0.98, ranked })]),
    "Z carries some of L (0.98; chance 0.98; class 1 ranked 0.96 in Z).",
  );
  assert.equal(
    said([
      judged("L", "Zx", 0.19, { verdict: "some", ranked }),
      judged("L", "Zy", 0.38),
      judged("M", "Zx", 0.2, { verdict: "hidden", mean: 0.4 }),
    ]),
    "Zx and Zy carry some of L (0.19 and 0.38; chance 0.10; class 1 ranked 0.96 in Zx). " +
      "M in Zx is hidden by noise only: its mean still predicts it (0.40; chance 0.10).",
  );
});

test("the sentence gives nats where no linear probe shows a factor, and what codes carry only together", () => {
  const nats = { value: 0.687, all: Math.LN2 };
  const product = judged("L", "Z", 0.51, { verdict: "keeps", chance: 0.5, nats });
  assert.equal(
    said([product, judged("A", "Z", 0.99, { chance: 0.5 })]),
    "Z keeps L (0.68 of 0.69 nats by a nonlinear probe); Z keeps A (0.99; chance 0.50).",
  );
  const apart = ["Zx", "Zy"].flatMap((code) => [judged("L", code, 0.1), judged("M", code, 0.1)]);
  assert.equal(
    firstSentences(apart, [{ factor: "L", nats }]).join(" "),
    "No code alone carries L, but all codes together do (0.68 of 0.69 nats). No code keeps M.",
  );
});

test("however many codes and factors there are, three short sentences say what matters most", () => {
  const codes = Array.from({ length: 8 }, (_, i) => `Z${i + 1}`);
  const factors = Array.from({ length: 12 }, (_, i) => `f${i + 1}`);
  const draws = new RandomStream(1, "verdicts", 0);
  for (let trial = 0; trial < 200; trial++) {
    const own = codes.slice(0, 1 + draws.integer(8));
    const about = factors.slice(0, 1 + draws.integer(12));
    const words = ["keeps", "some", "hidden", "drops", "unjudged"] as const;
    const pairs = about.flatMap((factor) =>
      own.map((code) => {
        const verdict = words[draws.integer(5)]!;
        return judged(factor, code, draws.uniform(), {
          verdict,
          ...(verdict === "unjudged" && { because: "few-rows" as const }),
          capped: draws.uniform() < 0.2,
          measure: draws.uniform() < 0.5 ? "label" : "scalar",
        });
      }),
    );
    const sentences = firstSentences(pairs);
    assert.ok(sentences.length > 0 && sentences.length <= SENTENCES);
    for (const one of sentences) {
      assert.ok(one.length <= 220 && one.endsWith("."), `${one.length}: ${one}`);
      assert.doesNotMatch(one.slice(0, -1), /\. /);
    }
  }
  assert.equal(
    said(codes.flatMap((code) => [judged("digit", code, 0.8), judged("angle", code, 0.1)])),
    "All 8 codes keep digit (0.80; chance 0.10). No code keeps angle.",
  );
  assert.equal(
    said(factors.flatMap((factor, j) => codes.map((code, i) => judged(factor, code, i === j ? 0.9 : 0.1)))),
    "Z1 keeps f1 (0.90; chance 0.10); Z2 keeps f2 (0.90; chance 0.10); 6 more in the table. " +
      "No code keeps 4 of 12 factors. " +
      "7 of 8 codes do not keep f1; 7 of 8 codes do not keep f2; 42 more in the table.",
  );
  assert.equal(said(factors.map((factor) => judged(factor, "Z", 0.1))), "Z keeps none of the 12 factors.");
});

test("of samples that cannot show anything, the verdict says why", () => {
  const draws = new RandomStream(3, "codes", 0);
  const rows = 400;
  const codes = Float32Array.from({ length: rows }, () => draws.normal());
  const alike = { seen: [], seenTruth: [], judged: [codes], truth: new Float32Array(rows) };
  // One class is among the rows seen only.
  const seen = { seen: codes.subarray(0, 3), seenTruth: Float32Array.of(2, 0, 1) };
  const few = { ...seen, judged: [codes.subarray(6, 12)], truth: Float32Array.of(0, 1, 0, 1, 0, 1) };
  const pairs = [
    { code: "Z", factor: "s", reading: readScalar(alike) },
    { code: "Z", factor: "L", reading: readLabel(alike, 2) },
    { code: "Z", factor: "M", reading: readLabel(few, 3) },
  ];
  const found = judge(pairs, pairs, {}, { latents: [], terms: [] });
  assert.deepEqual(
    found.map(({ verdict, because }) => [verdict, because]),
    [
      ["unjudged", "constant"],
      ["unjudged", "one-class"],
      ["unjudged", "few-rows"],
    ],
  );
});
