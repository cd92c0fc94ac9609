/** The rewritings that recognition is tested with compute one loss: a constant and a positive factor aside, in numbers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { compile } from "../../core/program/compile";
import { buffersWith } from "../../core/program/parameters";
import { sizeOf } from "../../core/program/program";
import { analyse } from "../../core/theory/analyse";
import { buildObjective } from "../../core/theory/objective/objective";
import { runOnce, values, type Data } from "../program/evaluate";
import { Random } from "./rewriting/random";
import { rewritings } from "./rewriting/rewritings";
import { putTogether, takenApart, type Written } from "./rewriting/written";

/** These make other networks, their inputs in another order, or another likelihood: the same method, and other numbers. */
const OTHER_NUMBERS = ["lists shuffled", "another likelihood", "other sizes", "networks and training"];

/** Of every kind of term, fusion and prior, and small enough for float64. */
const METHODS = [
  "beta-dvcca-private",
  "jmvae",
  "dvsib",
  "mmvae-plus",
  "mopoe",
  "ceb",
  "cvae",
  "fair-vib",
  "mib",
];

const batch = 5;

/** The loss at one draw of the weights; equal names have equal values. */
async function lossAt(written: Written, draw: number): Promise<number> {
  const text = putTogether(written).replaceAll("(8)", "(2)").replaceAll("vector(64)", "vector(3)");
  const { spec, derived, valid } = analyse(text).specs[0]!;
  assert.ok(valid, text);
  const program = compile({ loss: buildObjective(derived!).total }, { batch });
  const data: Data = {};
  for (const { name, shape } of buffersWith(program, "parameter"))
    data[name!] = values(`${name} ${draw}`, sizeOf(shape), -0.8, 0.8);
  for (const { name, shape, dtype } of buffersWith(program, "input"))
    data[name!] = dtype === "int32" ? [3, 0, 4, 1, 2] : values(name!, sizeOf(shape), 0.1, 0.9);
  for (const { name, value } of spec!.knobs) data[`knob.${name}`] = [value];
  return (await runOnce(program, data)).loss![0]!;
}

for (const file of METHODS) {
  const entry = catalogue().find((each) => each.file === file)!;
  test(`${entry.method}: its rewritings compute the same loss`, async () => {
    const written = takenApart(entry.text);
    const draws = [1, 2, 3];
    const own = await Promise.all(draws.map((draw) => lossAt(written, draw)));
    const random = new Random(7);
    for (const [name, rewriting] of Object.entries(rewritings)) {
      if (OTHER_NUMBERS.includes(name)) continue;
      const other = rewriting(written, random);
      const told = await Promise.all(draws.map((draw) => lossAt(other, draw)));
      const factors = [1, 2].map((i) => (told[i]! - told[0]!) / (own[i]! - own[0]!));
      assert.ok(factors[0]! > 0, `${name}: ${factors}`);
      assert.ok(Math.abs(factors[1]! / factors[0]! - 1) < 1e-6, `${name}: ${factors}\n${putTogether(other)}`);
    }
  });
}

test("a change of one weight is another loss in numbers too", async () => {
  const written = takenApart(catalogue().find(({ file }) => file === "dvsib")!.text);
  const changed = {
    ...written,
    terms: written.terms.map((term, i) =>
      i === written.terms.length - 1 ? { ...term, weight: "0.3" } : term,
    ),
  };
  const [own, other] = await Promise.all(
    [written, changed].map((each) => Promise.all([1, 2, 3].map((draw) => lossAt(each, draw)))),
  );
  const factors = [1, 2].map((i) => (other![i]! - other![0]!) / (own![i]! - own![0]!));
  assert.ok(Math.abs(factors[1]! / factors[0]! - 1) > 1e-3);
});
