/** What holds of every built-in generator, and what each one claims of its own data. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bindStreams, type StreamRequest } from "../../core/data/bind";
import { DataError, type Dataset, type FieldValues } from "../../core/data/dataset";
import { fieldsWith, generate, type MadeField } from "../../core/data/generator";
import { CAPTION_WORDS, COLOURS, VOCABULARY } from "../../core/data/generators/captions";
import { generatorOf, generators } from "../../core/data/generators/index";
import { SHAPES } from "../../core/data/generators/outlines";
import { BANDS, FRAMES, SPEAKERS, speak, utter } from "../../core/data/generators/voice";
import { grain } from "../../core/data/grain";
import { sizeOf } from "../../core/program/program";
import { linearProbe, ridgeProbe } from "../probes/split";
import { RandomStream } from "../../core/random";

const made = (name: string, options: Record<string, number> = {}): Dataset =>
  generate(generatorOf(name)!, { source: name, options });

/** Its fields as streams of the kinds that they say they fit. */
const declared = (fields: readonly MadeField[]): StreamRequest[] =>
  fields.map(({ name, kind }) => {
    const [, word, sizes = ""] = /^(\w+)(?:\((.*)\))?$/.exec(kind)!;
    const numbers = sizes.split(", ").filter(Boolean).map(Number);
    return { name, kind: { name: word, sizes: numbers } as StreamRequest["kind"] };
  });

/** How well a factor is read off some columns by a line, on held-out rows. */
function readOff(data: Dataset, columns: ArrayLike<number>, width: number, factor: string): number {
  const rows = data.splits.train.length;
  const { values, classes } = data.fields[factor]!;
  const x = Float32Array.from(columns);
  const [seen, unseen] = [x.subarray(0, rows * width), x.subarray(rows * width)];
  const [learned, judged] = [values.subarray(0, rows), values.subarray(rows)];
  const score =
    classes === undefined
      ? ridgeProbe(seen, learned, unseen, judged)
      : linearProbe(seen, learned, unseen, judged, classes);
  return score.value;
}

for (const generator of generators) {
  const { name, options } = generator;
  const fields = fieldsWith(generator, {});

  test(`${name}: what it makes fits what it says`, () => {
    const data = made(name, { samples: 24 });
    assert.deepEqual(
      Object.keys(data.fields),
      fields.map((field) => field.name),
    );
    const bound = bindStreams(data, declared(fields));
    for (const { kind, values, classes } of bound) {
      if (["image", "audio", "video"].includes(kind.name)) {
        const most = values instanceof Uint8Array ? 255 : 1;
        assert.ok(values.every((value) => value >= 0 && value <= most));
      }
      if (kind.name === "label") assert.equal(classes, kind.sizes[0]);
    }
    for (const { name: field, classes } of Object.values(data.fields)) {
      const role = fields.find((one) => one.name === field)!.kind;
      if (classes !== undefined) assert.equal(role, `label(${classes})`);
    }
  });

  test(`${name}: the seed decides, and a sample does not depend on how many there are`, () => {
    const [a, again, more, other] = [
      made(name, { samples: 16, seed: 5 }),
      made(name, { samples: 16, seed: 5 }),
      made(name, { samples: 24, seed: 5 }),
      made(name, { samples: 16, seed: 6 }),
    ];
    for (const { name: field, values } of Object.values(a.fields)) {
      assert.deepEqual(again.fields[field]!.values, values, field);
      assert.deepEqual(more.fields[field]!.values.slice(0, values.length), values, field);
      assert.notDeepEqual(other.fields[field]!.values, values, field);
    }
  });

  test(`${name}: its own options have ranges, and others are refused`, () => {
    for (const { name: option, least, most, whole } of options) {
      for (const value of [least - 1, most + 1, ...(whole ? [least + 0.5] : [])])
        assert.throws(
          () => made(name, { samples: 8, [option]: value }),
          (error) => error instanceof DataError && error.about.kind === "option",
        );
      assert.ok(made(name, { samples: 8, [option]: least }).samples > 0);
    }
    assert.throws(() => made(name, { nonsense: 1 }), /does not have an option nonsense/);
  });
}

test("a spoken digit is loud within and silent around, and speakers differ in where their formants are", () => {
  const draws = new RandomStream(1, "speech", 0);
  const sound = new Uint8Array(FRAMES * BANDS);
  const middleOf = (speaker: number): number => {
    let [weight, sum] = [0, 0];
    for (let i = 0; i < 20; i++) {
      speak(utter(i % 10, SPEAKERS[speaker]!, draws), draws, sound);
      const frame = (f: number): number => Math.max(...sound.subarray(f * BANDS, (f + 1) * BANDS));
      const loudest = Math.max(...Array.from({ length: FRAMES }, (_, f) => frame(f)));
      assert.ok(frame(0) < loudest / 2 && loudest > 150, `${frame(0)}, ${loudest}`);
      sound.forEach((power, cell) => {
        weight += power;
        sum += power * (cell % BANDS);
      });
    }
    return sum / weight;
  };
  assert.ok(middleOf(5) > middleOf(0) + 1);
});

test("a sound tells the digit and the speaker, a picture of it the digit alone", () => {
  const data = made("sounding-digits", { samples: 1500, validation: 1, test: 299 });
  const shrink = (name: string, side: number): Float32Array => {
    const { values } = data.fields[name]!;
    const cells = side / 4;
    const out = new Float32Array(data.samples * cells * cells);
    values.forEach((value, i) => {
      const [sample, y, x] = [Math.floor(i / side ** 2), Math.floor((i % side ** 2) / side), i % side];
      out[sample * cells ** 2 + Math.floor(y / 4) * cells + Math.floor(x / 4)]! += value / 4080;
    });
    return out;
  };
  const [sound, picture] = [shrink("sound", 32), shrink("picture", 28)];
  assert.ok(readOff(data, sound, 64, "digit") > 0.9);
  assert.ok(readOff(data, sound, 64, "speaker") > 0.8);
  assert.ok(readOff(data, picture, 49, "digit") > 0.5);
  assert.ok(readOff(data, picture, 49, "speaker") < 0.25);
});

test("a caption tells shape, colour and size, and nothing behind its end", () => {
  const data = made("captioned-shapes", { samples: 200 });
  const at = (name: string, sample: number): number => data.fields[name]!.values[sample]!;
  const synonyms = [
    ["circle", "disc"],
    ["square", "box"],
    ["triangle", "wedge"],
    ["cross", "plus"],
  ];
  for (let i = 0; i < data.samples; i++) {
    const numbers = data.fields["caption"]!.values.slice(i * CAPTION_WORDS, (i + 1) * CAPTION_WORDS);
    const length = at("caption_length", i);
    const words = Array.from(numbers.slice(0, length), (number) => VOCABULARY[number]!);
    assert.ok(numbers.slice(length).every((number) => number === 0));
    assert.ok(words.every((word) => word !== ""));
    assert.ok(words.some((word) => synonyms[at("shape", i)]!.includes(word)));
    assert.ok(words.includes(COLOURS[at("colour", i)]!.word));
    const small = words.some((word) => word === "small" || word === "little");
    assert.equal(small, !words.some((word) => word === "big" || word === "large"));
    assert.equal(small, at("size", i) <= (3.6 + 6.4) / 2);
  }
  assert.equal(new Set(VOCABULARY).size, VOCABULARY.length);
});

test("one frame of a film tells the brightness and nothing of the direction; two frames apart differ by the motion", () => {
  const data = made("moving-shapes", { samples: 1200, validation: 1, test: 299 });
  const { values } = data.fields["film"]!;
  const size = 6 * 256;
  const frame = new Float32Array(data.samples * 256);
  for (let i = 0; i < data.samples; i++)
    for (let p = 0; p < 256; p++) frame[i * 256 + p] = values[i * size + p]! / 255;
  assert.ok(readOff(data, frame, 256, "direction") < 0.33);
  // The ink's middle on the ring, by its first harmonic, turns as the shape goes.
  for (let i = 0; i < 50; i++) {
    const phase = (f: number, axis: 0 | 1): number => {
      let [re, im] = [0, 0];
      for (let p = 0; p < 256; p++) {
        const turn = (2 * Math.PI * (axis === 0 ? p % 16 : Math.floor(p / 16))) / 16;
        re += values[i * size + f * 256 + p]! * Math.cos(turn);
        im += values[i * size + f * 256 + p]! * Math.sin(turn);
      }
      return (Math.atan2(im, re) * 16) / (2 * Math.PI);
    };
    const direction = data.fields["direction"]!.values[i]!;
    const axis = direction % 2 === 0 ? 0 : 1;
    const moved = phase(1, axis) - phase(0, axis);
    const wrapped = moved - 16 * Math.round(moved / 16);
    const speed = data.fields["speed"]!.values[i]! * (direction < 2 ? 1 : -1);
    assert.ok(Math.abs(wrapped - speed) < 0.6, `moved ${wrapped}, not ${speed}`);
  }
});

test("every shape covers about as much, in no more than its width", () => {
  const data = made("moving-shapes", { samples: 400 });
  const ink = SHAPES.map(() => ({ sum: 0, count: 0 }));
  for (let i = 0; i < data.samples; i++) {
    const film = Array.from(data.fields["film"]!.values.subarray(i * 1536, i * 1536 + 256));
    const light = 255 * data.fields["brightness"]!.values[i]!;
    const of = ink[data.fields["shape"]!.values[i]!]!;
    of.sum += film.reduce((sum, value) => sum + (value > light / 2 ? 1 : 0), 0);
    of.count += 1;
  }
  for (const [i, { sum, count }] of ink.entries())
    assert.ok(sum / count > 12 && sum / count < 40, `${SHAPES[i]} covers ${sum / count} pixels`);
});

test("illnesses come at their rates, both panels tell them, and the site shifts both without telling them", () => {
  const data = made("blood-panels", { samples: 4000, validation: 1, test: 999 });
  const values = Array.from(data.fields["illness"]!.values);
  [0.4, 0.25, 0.2, 0.15].forEach((rate, k) => {
    const found = values.reduce((sum, value) => sum + (value === k ? 1 : 0), 0) / data.samples;
    assert.ok(Math.abs(found - rate) < 4 * Math.sqrt((rate * (1 - rate)) / data.samples), `${k}: ${found}`);
  });
  const [chemistry, cells] = [data.fields["chemistry"]!.values, data.fields["cells"]!.values];
  assert.ok(readOff(data, chemistry, 12, "illness") > 0.65);
  assert.ok(readOff(data, chemistry, 12, "site") > readOff(data, chemistry, 12, "illness"));
  assert.ok(readOff(data, cells, 8, "illness") > 0.55);
  assert.ok(readOff(data, chemistry, 12, "site") > 0.5);
  const sites = data.fields["site"]!;
  const dummies = Float32Array.from({ length: data.samples * 5 }, (_, i) =>
    sites.values[Math.floor(i / 5)] === i % 5 ? 1 : 0,
  );
  assert.ok(readOff(data, dummies, 5, "illness") < 0.45);
});

test("neurons and movement both tell the reach; arousal is in the neurons alone, posture in the movement alone", () => {
  const data = made("neurons", { samples: 3000, validation: 1, test: 999 });
  const [spikes, movement] = [data.fields["spikes"]!.values, data.fields["movement"]!.values];
  const told = (factor: string): [number, number] => [
    readOff(data, spikes, 40, factor),
    readOff(data, movement, 6, factor),
  ];
  for (const value of told("target")) assert.ok(value > 0.7, `target ${value}`);
  const [aroused, still] = told("arousal");
  assert.ok(aroused > 0.8 && still < 0.02, `arousal ${aroused}, ${still}`);
  const [unmoved, posed] = told("posture");
  assert.ok(unmoved < 0.02 && posed > 0.8, `posture ${unmoved}, ${posed}`);
  // Given the reach and the arousal, counts are Poisson: over all, their variance is above their mean.
  const column = (k: number): number[] => Array.from({ length: 4000 }, (_, row) => spikes[row * 40 + k]!);
  for (const counts of [column(0), column(39)]) {
    const mean = counts.reduce((a, b) => a + b) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    assert.ok(variance > mean && mean > 2 && mean < 15, `mean ${mean}, variance ${variance}`);
  }
});

test("planted factors: each view tells what it should as well as theory says, and not more", () => {
  const noise = 1;
  const data = made("planted-factors", { samples: 4000, validation: 1, test: 1999, dimension: 12, noise });
  const explained = (size: number): number => size ** 2 / (size ** 2 + noise ** 2);
  const expected = (view: string, factor: string): number =>
    factor.startsWith("shared") || factor.startsWith(`own_${view}`)
      ? explained(2)
      : factor === `weak_${view}`
        ? explained(0.5)
        : 0;
  const factors = Object.keys(data.fields).filter((name) => /^(shared|own|weak)_/.test(name));
  assert.equal(factors.length, 2 + 3 * 3);
  for (const view of ["X", "Y", "A"])
    for (const factor of factors) {
      const found = readOff(data, data.fields[view]!.values, 12, factor);
      const wanted = expected(view, factor);
      assert.ok(Math.abs(found - wanted) < 0.05, `${factor} from ${view}: ${found}, not ${wanted}`);
    }
  // The group stands 2 x 2 apart under noise: a fair judge is right Phi(2 / noise) of the time.
  assert.ok(Math.abs(readOff(data, data.fields["X"]!.values, 12, "group") - 0.9772) < 0.02);
  assert.ok(readOff(data, data.fields["Y"]!.values, 12, "group") < 0.55);
  const label = data.fields["label"]!.values;
  for (let i = 0; i < 100; i++) {
    const turn = Math.atan2(data.fields["shared_2"]!.values[i]!, data.fields["shared_1"]!.values[i]!);
    assert.equal(label[i], Math.floor((turn / (2 * Math.PI) + 0.5) * 10));
  }
});

test("planted signals: the past tells the burst and the future does not, from wherever they are parted", () => {
  const data = made("planted-signals", { samples: 2000, validation: 1, test: 999 });
  const { values } = data.fields["S"]!;
  for (const present of [16, 20, 24]) {
    const part = (from: number, to: number): Float32Array => {
      const width = 4 * (to - from);
      return Float32Array.from({ length: data.samples * width }, (_, i) => {
        const [sample, c, t] = [
          Math.floor(i / width),
          Math.floor((i % width) / (to - from)),
          i % (to - from),
        ];
        return values[(sample * 4 + c) * 32 + from + t]!;
      });
    };
    const [past, future] = [part(present - 16, present), part(present, present + 8)];
    for (const factor of ["slow_1", "slow_2"]) {
      assert.ok(readOff(data, past, 64, factor) > 0.85, `${factor} at ${present}`);
      assert.ok(readOff(data, future, 32, factor) > 0.85, `${factor} at ${present}`);
    }
    assert.ok(readOff(data, past, 64, "burst") > 0.85, `burst at ${present}`);
    assert.ok(readOff(data, future, 32, "burst") < 0.05, `burst at ${present}`);
  }
});

test("grain fills its range about 0", () => {
  const out = new Float32Array(4001);
  grain(new RandomStream(1, "grain", 0), 0.5, out);
  const mean = out.reduce((sum, value) => sum + value, 0) / out.length;
  const variance = out.reduce((sum, value) => sum + value ** 2, 0) / out.length;
  assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1 / 12) < 0.005, `${mean}, ${variance}`);
  assert.ok(out.every((value) => value >= -0.5 && value <= 0.5));
});

test("samples that are made on demand are the same whichever are asked for first", () => {
  for (const { name } of generators) {
    const fields = Object.values(made(name, { samples: 40 }).fields);
    for (const { name: field, shape, values } of fields.filter(({ onDemand }) => onDemand !== undefined)) {
      const some = made(name, { samples: 40 }).fields[field]!.onDemand!;
      const row = (of: FieldValues, i: number): FieldValues =>
        of.slice(i * sizeOf(shape), (i + 1) * sizeOf(shape));
      some.make([31, 7, 31]);
      for (const i of [7, 31]) assert.deepEqual(row(some.values, i), row(values, i), `${name} ${field}`);
      const untouched = row(some.values, 8).every((value) => value === 0);
      assert.ok(untouched, `${name} ${field}: made what was not asked for`);
      some.make();
      assert.deepEqual(some.values, values);
    }
  }
});

for (const { name, ordinary, exception, stream } of [
  { name: "captioned-shapes", ordinary: "colour", exception: 0, stream: "picture" },
  { name: "blood-panels", ordinary: "illness", exception: 3, stream: "chemistry" },
  { name: "sounding-digits", ordinary: "digit", exception: 0, stream: "sound" },
]) {
  test(`${name}: a rare feature changes only its stream, and predicts the outcome`, () => {
    const sizes = { samples: 400, validation: 50, test: 50 };
    const [plain, data] = [made(name, sizes), made(name, { ...sizes, rare: 0.1 })];
    bindStreams(data, declared(fieldsWith(generatorOf(name)!, { rare: 0.1 })));
    const rare = data.fields["rare"]!.values;
    const count = rare.filter((value) => value === 1).length;
    // 500 rows at 0.1: a standard deviation is 6.7.
    assert.ok(count > 25 && count < 75, `${count} of 500`);
    for (const [field, { values, shape }] of Object.entries(plain.fields)) {
      const width = sizeOf(shape);
      for (let row = 0; row < data.samples; row++) {
        const of = (from: FieldValues): FieldValues => from.slice(row * width, (row + 1) * width);
        const same = field !== stream || rare[row] === 0;
        assert.equal(`${of(data.fields[field]!.values)}` === `${of(values)}`, same, `${field}, row ${row}`);
      }
    }
    data.fields["outcome"]!.values.forEach((outcome, row) =>
      assert.equal(outcome, rare[row] === 1 ? exception : data.fields[ordinary]!.values[row]),
    );
  });

  test(`${name}: without its setting the fields of the rare feature are refused`, () => {
    const fields = fieldsWith(generatorOf(name)!, { rare: 0.1 }).filter(({ needs }) => needs !== undefined);
    for (const field of declared(fields))
      assert.throws(
        () => bindStreams(made(name, { samples: 8 }), [field]),
        (error) => error instanceof DataError && error.about.kind === "stream",
      );
  });
}
