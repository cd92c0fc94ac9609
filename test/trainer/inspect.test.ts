/** What a page asks to see of the codes: answered once, of the weights of now, and of the checkpoint at the end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Inspected, Inspection } from "../../core/train/inspect/messages";
import type { FromHost } from "../../core/train/protocol";
import { isKind, isPhase, smallSpec, startHost, type TestSession } from "./session";

type Answer<K extends Inspected["kind"]> = Extract<Inspected, { kind: K }>;

/** Asks, and waits for the answer. */
async function ask<K extends Inspection["kind"]>(
  host: TestSession,
  question: Extract<Inspection, { kind: K }>,
): Promise<Answer<K>> {
  const before = host.heard.length;
  host.channel.send({ kind: "inspect", question });
  const { found } = await host.until(
    (message): message is Extract<FromHost, { kind: "inspected" }> =>
      message.kind === "inspected" && message.found.kind === question.kind,
    before,
  );
  return found as Answer<K>;
}

test("a map shows the held-out rows by the means of a code, before, during and after training", async (t) => {
  const host = startHost();
  t.after(() => host.close());
  host.open(smallSpec("", { epochs: 6 }), { autorun: false });
  await host.until(isKind("opened"));
  const idle = await ask(host, { kind: "map", code: "Zx" });
  assert.equal(idle.step, 0);
  assert.equal(idle.rows.length, 64);
  host.channel.send({ kind: "run" });
  // A question that is new has its answer at once, whatever share of the time answers have taken.
  const running = await ask(host, { kind: "map", code: "Zy" });
  assert.ok(running.step > 0 && running.step < 36, `answered at step ${running.step}`);
  await host.until(isPhase("finished"));
  const ended = await ask(host, { kind: "map", code: "Zx" });
  assert.equal(ended.step, host.of("checkpoint").at(-1)!.step);
  for (const { x, y, rows, shares, factors } of [idle, running, ended]) {
    assert.equal(x.length, rows.length);
    const variance = (values: number[]): number => values.reduce((sum, value) => sum + value ** 2, 0);
    // The axes are those of the largest variance, and points lie as far apart along them as their shares say.
    assert.ok(shares[0]! >= shares[1]! && shares[0]! + shares[1]! <= 1 + 1e-9, shares.join(" "));
    assert.ok(
      Math.abs(variance(x) / variance(y) - shares[0]! / shares[1]!) < 1e-6 * (shares[0]! / shares[1]!),
    );
    assert.deepEqual(
      factors.map(({ factor, classes, values }) => [factor, classes, values.length]),
      [["digit", 10, rows.length]],
    );
  }
  assert.deepEqual(host.refused, []);
});

test("an opened sample has its streams, codes, neighbours, and what probes read of it", async (t) => {
  const host = startHost();
  t.after(() => host.close());
  host.open(smallSpec("", { epochs: 6 }));
  await host.until(isPhase("finished"));
  const { rows, x, y, factors } = await ask(host, { kind: "map", code: "Zy" });
  const row = rows[5]!;
  const found = await ask(host, { kind: "sample", code: "Zy", row });
  assert.equal(found.row, row);
  assert.deepEqual(
    found.samples.map(({ stream, reconstruction }) => [stream, reconstruction !== undefined]),
    [
      ["X", true],
      ["Y", false],
    ],
  );
  assert.deepEqual(
    found.codes.map(({ code, mean, draw }) => [code, mean.length, draw.length]),
    [
      ["Zx", 4, 4],
      ["Zy", 4, 4],
    ],
  );
  const { neighbours } = found;
  assert.ok(!neighbours.rows.includes(row) && neighbours.rows.length === 6);
  assert.deepEqual(
    neighbours.distances,
    neighbours.distances.toSorted((a, b) => a - b),
  );
  // In four coordinates rows are at least as far apart as in the two of the map.
  neighbours.rows.forEach((other, i) => {
    const at = rows.indexOf(other);
    assert.ok(neighbours.distances[i]! >= Math.hypot(x[at]! - x[5]!, y[at]! - y[5]!) - 1e-4);
  });
  const digit = found.factors[0]!;
  assert.equal(digit.truth, factors[0]!.values[5]);
  assert.deepEqual(
    digit.predictions.map(({ code }) => code),
    ["Zx", "Zy"],
  );
  // As many are read right, row by row, as the round says of its first draw.
  let right = 0;
  for (const one of rows) {
    const { factors: own } = await ask(host, { kind: "sample", code: "Zy", row: one });
    if (own[0]!.predictions[1]!.value === own[0]!.truth) right++;
  }
  const share = right / rows.length;
  const accuracy = host
    .of("measurements")
    .flatMap(({ measurements }) => measurements)
    .findLast(({ id, code }) => id === "accuracy" && code === "Zy")!;
  assert.ok(
    share >= accuracy.low - 0.05 && share <= accuracy.high! + 0.05,
    `${share}: ${JSON.stringify(accuracy)}`,
  );
});

test("a question about another text, or about a row that is not held out, has no answer", async (t) => {
  const host = startHost();
  t.after(() => host.close());
  host.open(smallSpec(), { autorun: false });
  await host.until(isKind("opened"));
  host.channel.send({ kind: "inspect", question: { kind: "map", code: "Gone" } });
  host.channel.send({ kind: "inspect", question: { kind: "sample", code: "Zx", row: 100_000 } });
  await ask(host, { kind: "map", code: "Zx" });
  assert.equal(host.of("inspected").length, 1);
});
