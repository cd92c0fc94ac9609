/** The description that a page receives of the data: the same before, during and after training, and the first columns of a wide stream. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DataDescription } from "../../core/train/data-description";
import { faultOfFromHost } from "../../core/train/protocol-check";
import { isKind, isPhase, smallSpec, startHost, type TestSession } from "./session";

async function ask(host: TestSession): Promise<DataDescription> {
  const before = host.heard.length;
  host.channel.send({ kind: "describe" });
  const message = await host.until(isKind("described"), before);
  assert.equal(faultOfFromHost(message), undefined);
  return message.data;
}

test("the data are described whenever a page asks, and the training goes on", async (t) => {
  const host = startHost();
  t.after(() => host.close());
  // There is no text yet: nothing to describe, and nothing fails.
  host.channel.send({ kind: "describe" });
  host.open(smallSpec("", { epochs: 6 }), { autorun: false });
  await host.until(isKind("opened"));
  const idle = await ask(host);
  host.channel.send({ kind: "run" });
  const running = await ask(host);
  await host.until(isPhase("finished"));
  assert.deepEqual([running, await ask(host)], [idle, idle]);
  const { summary } = host.of("opened").at(-1)!;
  assert.deepEqual(idle.splits, summary.samples);
  assert.deepEqual(
    idle.streams.map(({ name, role }) => [name, role]),
    summary.streams.map(({ name, role }) => [name, role]),
  );
  const used = Object.values(idle.splits).reduce((sum, rows) => sum + rows, 0);
  for (const { looked, shape, columns, histogram, classes = [] } of idle.streams) {
    assert.equal(looked, used);
    const values = histogram.reduce((sum, one) => sum + one, 0);
    assert.equal(values, columns.length === 0 ? 0 : used * shape.reduce((size, one) => size * one, 1));
    const rows = classes.reduce((sum, one) => sum + one.train + one.validation + one.test, 0);
    assert.equal(rows, classes.length === 0 ? 0 : used);
  }
});

test("of a stream of many columns a page receives the first 50", async (t) => {
  const host = startHost();
  t.after(() => host.close());
  host.open(
    `spec Wide {
  data "planted-factors" { samples = 300, dimension = 100 }
  modality X : vector(100)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
    { autorun: false },
  );
  await host.until(isKind("opened"));
  const { streams } = await ask(host);
  assert.deepEqual([streams[0]!.shape, streams[0]!.columns.length], [[100], 50]);
});
