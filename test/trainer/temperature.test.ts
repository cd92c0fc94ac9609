/** The temperature that a term learns, as a run tells it. */
import assert from "node:assert/strict";
import test from "node:test";
import { renderReport } from "../../cli/report";
import { createStyle } from "../../cli/terminal";
import { limitAt } from "../../core/train/measurements/temperature";
import type { FromHost } from "../../core/train/protocol";
import { fold, emptyRun } from "../../core/train/run-state";
import { packSnapshot, unpackSnapshot } from "../../core/train/snapshot";
import { isPhase, smallSpec, startHost, type TestSession } from "./session";

const spec = smallSpec("", { epochs: 4 }).replace(
  "by infonce",
  "by infonce(critic = cosine, temperature = learned)",
);
const TERM = "keep I(Zx; Zy)";
const PARAMETER = "critic.Zx-Zy.logTemperature";

const isSnapshot = (message: FromHost): message is Extract<FromHost, { kind: "snapshot" }> =>
  message.kind === "snapshot";

/** What is measured of it last, in whichever of the last messages it is. */
const measuredBy = (host: TestSession) =>
  host.heard.reduce(fold, emptyRun()).measurements.filter(({ id }) => id === "temperature");

async function savedBy(host: TestSession) {
  const from = host.heard.length;
  host.channel.send({ kind: "save" });
  return unpackSnapshot((await host.until(isSnapshot, from)).bytes)!;
}

test("a learned temperature is measured as it is in force, and shown where it starts", async () => {
  const host = startHost();
  try {
    host.open(spec);
    await host.until(isPhase("finished"));
    const { tensors } = (await savedBy(host)).checkpoint!;
    const value = Math.exp(tensors[PARAMETER]!.values[0]!);
    assert.notEqual(value, 0.1, "it has learned nothing");
    assert.deepEqual(measuredBy(host), [
      { id: "temperature", unit: "number", term: TERM, value, low: value, high: value },
    ]);
    const { summary } = host.of("opened")[0]!;
    assert.deepEqual(
      summary.terms.map(({ id, temperature }) => [id, temperature]),
      summary.terms.map(({ id }) => [id, id === TERM ? 0.1 : undefined]),
    );
    const run = host.heard.reduce(fold, emptyRun());
    assert.match(
      renderReport(run, 1, createStyle(false)),
      new RegExp(
        `\nLearned temperatures .*\n +term +Temperature\n +keep I\\(Zx; Zy\\) +${Number(value.toPrecision(3))} *\n`,
      ),
    );
    assert.doesNotMatch(run.sentence, /limit/);
    assert.deepEqual(host.refused, []);
  } finally {
    await host.close();
  }
});

for (const [limit, value, beyond] of [
  ["lower", 0.01, -50],
  ["upper", 100, 50],
] as const)
  test(`a temperature that training has taken beyond its ${limit} limit is the limit, and a finding says so, once`, async () => {
    const host = startHost();
    try {
      host.open(spec);
      await host.until(isPhase("finished"));
      // Without a checkpoint, since its weights are better.
      const { checkpoint, ...snapshot } = await savedBy(host);
      assert.ok(checkpoint);
      snapshot.tensors[PARAMETER]!.values.fill(beyond);
      const from = host.heard.length;
      host.channel.send({
        kind: "restore",
        snapshot: packSnapshot({ ...snapshot, step: snapshot.steps - 1 }),
      });
      await host.until(isPhase("paused"), from);
      host.channel.send({ kind: "run" });
      await host.until(isPhase("finished"), from);
      assert.deepEqual(
        measuredBy(host).map((one) => one.value),
        [value],
      );
      assert.equal(limitAt(value), limit);
      const { findings, sentence } = host.heard.reduce(fold, emptyRun());
      const told = findings.find(({ code }) => code === "temperature-limit");
      assert.match(
        told!.message,
        new RegExp(`^The temperature of I\\(Zx; Zy\\) is ${value}, its ${limit} limit being ${value}\\.`),
      );
      assert.doesNotMatch(sentence, /temperature/);
    } finally {
      await host.close();
    }
  });
