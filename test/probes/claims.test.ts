/**
 * No claim goes beyond what a rate allows, whatever the law, the fusion and the prior of a code: untrained encoders, from
 * silent to loud, read data whose factors are known.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Slices } from "../../core/train/clock";
import { Evaluator } from "../../core/train/evaluation";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { Inputs } from "../../core/train/inputs";
import { codesOf, isFactor, readPairs } from "../../core/train/measurements/subjects";
import { meanOf } from "../../core/train/measurements/mean";
import { firstSentences } from "../../core/train/sentence";
import { judge, type Judged } from "../../core/train/verdicts";
import { buffersWith } from "../../core/program/parameters";
import { prepared } from "../trainer/train";

const CODES: Record<string, string> = {
  gaussian: "latent Z : gaussian(4) from X",
  categorical: "latent Z : categorical(8) from X",
  vmf: "latent Z : vmf(3) from X",
  deterministic: "latent Z : deterministic(4) from X",
  concat: "latent Z : gaussian(4) from X, Y",
  poe: "latent Z : gaussian(4) from X, Y by poe",
  "poe(prior)": "latent Z : gaussian(4) from X, Y by poe(prior)",
  mean: "latent Z : gaussian(4) from X, Y by mean",
  moe: "latent Z : gaussian(4) from X, Y by moe",
  mopoe: "latent Z : gaussian(4) from X, Y by mopoe",
  learned: "latent Z : gaussian(4) from X\n prior Z = learned",
  mixture: "latent Z : gaussian(4) from X\n prior Z = mixture(3)",
  vamp: "latent Z : gaussian(4) from X\n prior Z = vamp(3)",
  conditional: "latent Z : gaussian(4) from X\n prior Z = from Y",
  hierarchy: "latent W : gaussian(4) from X\n latent Z : gaussian(2) from W\n prior W = from Z",
};
/** Factors of every weight of the encoders: silent, faint and loud. */
const LOUDNESS = [0, 0.5, 3];

/** What pays for a code: a function of its inputs has no rate, and a hierarchy is paid for level by level. */
function paid(code: string): string {
  if (code.includes("deterministic")) return "";
  if (code.includes("latent W")) return "compress I(X; Z)\n compress I(X; W)";
  if (code.includes("from Y")) return "compress I(X; Z | Y) by conditional(prior)";
  return code.includes("X, Y") ? "compress I(X, Y; Z)" : "compress I(X; Z)";
}

const textOf = (code: string): string => `spec S {
  data "planted-factors" { samples = 600, validation = 50, test = 400, seed = 1 }
  modality X : vector(64)
  modality Y : vector(64)
  observe group : label(2)
  observe label : label(10)
  observe shared_1 : scalar
  ${code}
  ${paid(code)}
  keep I(X; Z)
  train { batch = 100 }
}`;

const clock = { now: () => performance.now(), defer: () => Promise.resolve() };

/** Verdicts on an untrained code, with the rates of its rows. */
async function judgedAt(
  text: string,
  loudness: number,
): Promise<{ judged: Judged[]; rates: Record<string, Float32Array> }> {
  const preparation = prepared(text, 1);
  const { data, programs, batch, spec } = preparation;
  const executor = await createWasmExecutor({ threads: 1 });
  const session = await executor.open({ encode: programs.encode });
  const weights = preparation.initialWeights(1);
  for (const { name } of buffersWith(programs.encode, "parameter")) {
    const scale = name!.startsWith("encoder.") ? loudness : 1;
    session.write(
      "encode",
      name!,
      weights[name!]!.map((weight) => weight * scale),
    );
  }
  const slices = new Slices(clock);
  const inputs = new Inputs("encode", programs.encode, data.streams, 1);
  const encoder = new Evaluator(session, "encode", programs.encode, batch.encode, inputs, slices);
  const { train, test: held } = data.splits;
  const codes = {
    seen: await codesOf(spec, encoder, train, {}, 1),
    judged: await codesOf(spec, encoder, held, {}, 2),
    factors: [...data.streams.values()].filter(isFactor),
  };
  const [draws, means] = [await readPairs(codes, "draws", slices), await readPairs(codes, "means", slices)];
  session.dispose();
  executor.close();
  return { judged: judge(draws, means, codes.judged.rates, spec), rates: codes.judged.rates };
}

/** Fano's inequality: the highest accuracy on equally likely classes at a rate in nats, by bisection. */
function fano(classes: number, rate: number): number {
  const left = (error: number): number =>
    -(error > 0 ? error * Math.log(error) : 0) -
    (error < 1 ? (1 - error) * Math.log(1 - error) : 0) +
    error * Math.log(classes - 1);
  const open = Math.log(classes) - rate;
  if (open <= 0) return 1;
  let [low, high] = [0, 1 - 1 / classes];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (left(middle) < open) low = middle;
    else high = middle;
  }
  return 1 - low;
}

for (const [name, code] of Object.entries(CODES))
  test(`no claim on a code exceeds its rate: ${name}`, async () => {
    for (const loudness of LOUDNESS) {
      const { judged, rates } = await judgedAt(textOf(code), loudness);
      const own = judged.filter((one) => one.code === "Z");
      assert.equal(own.length, 3);
      const { high } = meanOf(rates["Z"] ?? []);
      const bounded = rates["Z"] !== undefined && name !== "conditional";
      const said = `${name} at ${loudness}, at most ${high} nats: ${firstSentences(own).join(" ")}`;
      for (const { measure, value, verdict, chance } of own) {
        if (!bounded) continue;
        // Classes are not quite equally likely: what naming the commonest gives is granted.
        const classes = Math.round(1 / chance) > 5 ? 10 : 2;
        if (measure === "label") assert.ok(value <= Math.max(chance, fano(classes, high)) + 0.04, said);
        if (high < 0.05) assert.notEqual(verdict, "keeps", said);
      }
      if (name === "deterministic") assert.deepEqual(rates, {});
    }
  });

test("a loud code is said to keep what it reads, a silent one to drop it", async () => {
  const verdict = async (loudness: number): Promise<string> =>
    (await judgedAt(textOf("latent Z : deterministic(32) from X"), loudness)).judged.find(
      ({ factor }) => factor === "group",
    )!.verdict;
  assert.equal(await verdict(3), "keeps");
  assert.equal(await verdict(0), "drops");
});
