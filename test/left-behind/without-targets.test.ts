/** Rows with something rare are named where no target is known, on a part of the bank; docs/monitoring/left-behind.md has the whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gapOf, judged } from "../../core/train/left-behind/unasked/gap";
import { RandomStream } from "../../core/random";
import { assertContract } from "../cli/contract";
import { bottleneck, withFiles } from "../cli/terminal";
import { healthy, planted, textOf, TOLD, type Plain } from "../verify/left-behind/without-targets/bank";
import { rareAt } from "../verify/left-behind/without-targets/oracle";
import { plainOutcome } from "../verify/left-behind/without-targets/run";

test("linked codes of tables drop the sign, and the rows with it are named", async () => {
  const outcome = await plainOutcome({ design: "linked tables", share: 0.05, seed: TOLD[0]! });
  const { ranking, groups, precision, recall } = outcome;
  assert.ok(ranking! <= 0.8 && groups === 1 && precision > 0.9 && recall > 0.9, JSON.stringify(outcome));
});

test("codes that reconstruct the tables keep it, and nothing is named", async () => {
  const outcome = await plainOutcome({ design: "reconstructed tables", share: 0.1, seed: TOLD[0]! });
  assert.ok(outcome.ranking! >= 0.95 && outcome.groups === 0, JSON.stringify(outcome));
});

test("the bank has every design, share and seed, and none of its specs names a target or a factor", () => {
  assert.equal(planted(TOLD).length, 3 * 4 * 5);
  assert.equal(healthy(TOLD).length, 60);
  for (const plain of [...planted(TOLD), ...healthy(TOLD)])
    assert.doesNotMatch(textOf(plain), /^\s*(target|observe)\b/m);
});

test("the report names the samples that have something rare which the codes drop, and says how it was found", async () => {
  const plain: Plain = { design: "linked tables", share: 0.05, seed: TOLD[0]! };
  await withFiles({ "a.bottleneck": textOf(plain) }, async (path) => {
    const { code, out, err } = await bottleneck("preview", path("a.bottleneck"), "--json", "--threads", "1");
    assert.equal(code, 0, err);
    const report: unknown = JSON.parse(out);
    assertContract(report);
    assert.equal(report.leftBehind.length, 1, out);
    const [group] = report.leftBehind;
    assert.ok(group!.target === null && group!.stream === "chemistry");
    const rare = rareAt(plain, Int32Array.from(group!.samples));
    assert.ok(rare.every((one) => one === 1) && Math.abs(group!.share - 0.05) < 0.02, JSON.stringify(group));
    // The analytes that the generator raises.
    assert.deepEqual(group!.apart.map(({ value }) => String(value).split(" ")[0]).sort(), ["[11]", "[9]"]);
    assert.match(
      report.sentence,
      /chemistry has something rare that the codes do not carry \(found by reconstruction\)/,
    );
  });
});

test("a gap before a few rows is one; a tail that only falls, however heavy, is none", () => {
  const draws = new RandomStream(1, "tails", 0);
  const standard = (values: Float64Array): Float64Array => {
    const size = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    return values.map((value) => value / size);
  };
  const drawn = (one: (i: number) => number): Float64Array =>
    standard(Float64Array.from({ length: 2000 }, (_, i) => one(i)));
  const group = (): Float64Array => drawn((i) => draws.normal() + (i % 40 === 0 ? 12 : 0));
  const gap = gapOf(group())!;
  assert.ok(judged(gap, group().sort())!.luck < 1e-6, JSON.stringify(gap));
  const heavy = (): Float64Array => drawn(() => draws.normal() / Math.sqrt(draws.uniform(0.05, 1)));
  const chance = gapOf(heavy());
  assert.ok(
    chance === undefined || (judged(chance, heavy().sort())?.luck ?? 1) > 0.01,
    JSON.stringify(chance),
  );
});
