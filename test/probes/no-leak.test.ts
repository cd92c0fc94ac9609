/** Of trained codes: `no leak` is said where the chain rule shows it, and never of a private code into which a leak is planted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { measuredRows } from "../../core/report/rows";
import { measurements } from "../../core/train/measurements/index";
import { tablesOf } from "../../core/train/measurements/tables";
import { emptyRun, fold, type RunState } from "../../core/train/run-state";
import { isPhase, startHost } from "../trainer/session";

/** Two views, a shared code of each, and a private one of X. */
const spec = (more: string, price = 1, kept = 1, width = 2): string => `spec S {
  data "planted-factors" { samples = 3000, validation = 200, test = 3000, seed = 1, dimension = 8 }
  modality X : vector(8)
  modality Y : vector(8)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  latent Wx : gaussian(${width}) from X
  compress I(X; Zx)
  compress I(Y; Zy)
  compress ${price} * I(X; Wx)
  keep 8 * I(Zx; Zy) by infonce
  keep ${kept} * I(X; Zx, Wx)
  ${more}
  network encoder X = mlp(32)
  network encoder Y = mlp(32)
  network decoder X = mlp(32)
  train { steps = 500, batch = 128, seed = 1 }
}`;

async function finished(text: string): Promise<RunState> {
  const session = startHost();
  session.open(text, { trial: { alterations: [], light: false } });
  await session.until(isPhase("finished"));
  const run = session.heard.reduce(fold, emptyRun());
  await session.close();
  return run;
}

const limitOf = ({ measurements: measured }: RunState) =>
  measured.find(({ id, code, factor }) => id === "shared-at-most" && [code, factor].includes("Wx"))!;
const tableOf = (run: RunState): string[][] =>
  tablesOf(measurements, run.measurements)
    .filter(({ id }) => id === "apart")
    .flatMap((table) => measuredRows(table, run));

test("codes that a term separates share little, and the report says: no leak", async () => {
  const run = await finished(spec("separate Zx, Wx weight 4 by chain"));
  const { high, low } = limitOf(run);
  assert.ok(low === 0 && high! > 0 && high! <= 0.1, JSON.stringify(limitOf(run)));
  assert.match(run.sentence, /Wx and Zx share at most 0\.\d\d nats: no leak\./);
  assert.match(tableOf(run).flat().join(" "), /no leak/);
});

test("a private code that is so cheap that it repeats the shared factors is never said to leak nothing", async () => {
  const run = await finished(spec("", 0.02, 4, 6));
  const leaked = run.measurements.find(
    ({ id, code, factor }) => id === "leakage" && code === "Wx" && factor === "Y",
  );
  assert.ok(leaked!.low > 0.1, JSON.stringify(leaked));
  assert.ok(limitOf(run).high! > 0.3, JSON.stringify(limitOf(run)));
  assert.match(run.sentence, /Wx predicts at least 0\.\d\d of Y, which it does not read\./);
  assert.doesNotMatch(run.sentence + tableOf(run).flat().join(" "), /no leak/);
});
