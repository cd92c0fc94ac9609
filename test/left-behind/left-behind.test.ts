/** Rows that the codes fail are named, on a part of the bank; docs/monitoring/left-behind.md has the whole. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { mostLostFirst } from "../../core/train/left-behind/order";
import { leftBehindSentence } from "../../core/train/left-behind/sentence";
import type { LeftBehind, Unpredicted } from "../../core/train/protocol";
import { RandomStream } from "../../core/random";
import { assertContract, type Report } from "../cli/contract";
import { bottleneck, withFiles } from "../cli/terminal";
import { TOLD } from "../verify/left-behind/bank";
import { isNamed, outcomeOf } from "../verify/left-behind/run";

const seed = TOLD[0]!;

/** What `preview --json` prints of a spec, on one thread. */
async function reportAt(file: string): Promise<Report> {
  const { code, out, err } = await bottleneck("preview", file, "--json", "--threads", "1");
  assert.equal(code, 0, err + out);
  const report: unknown = JSON.parse(out);
  assertContract(report);
  return report;
}

/** The same of a spec that reads `rows.csv` beside it. */
async function reportOf(spec: string, csv: string): Promise<Report> {
  let report: Report | undefined;
  await withFiles({ "a.bottleneck": spec, "rows.csv": csv }, async (path) => {
    report = await reportAt(path("a.bottleneck"));
  });
  return report!;
}

test("a rare feature of tables, in 2 % of the rows, is named where the codes drop it", async () => {
  const outcome = await outcomeOf({ data: "tables", design: "drops", share: 0.02, seed }, true);
  assert.ok(isNamed(outcome), JSON.stringify(outcome));
});

test("a rare feature of sounds, in 5 % of the rows, is named where the codes drop it", async () => {
  const outcome = await outcomeOf({ data: "sounds", design: "drops", share: 0.05, seed }, true);
  assert.ok(isNamed(outcome), JSON.stringify(outcome));
});

test("nothing is named where the codes keep it", async () => {
  const outcome = await outcomeOf({ data: "tables", design: "keeps", share: 0.05, seed }, true);
  assert.equal(outcome.groups, 0, JSON.stringify(outcome));
});

test("the report of the example rare-sign names the samples with the spot, and what sets them apart", async () => {
  const file = join(import.meta.dirname, "..", "..", "examples", "rare-sign.bottleneck");
  const { leftBehind, sentence } = await reportAt(file);
  assert.match(sentence, /In \d\.\d % of the held-out samples the streams predict \w+ \((0\.9\d|1\.00)\)/);
  assert.ok(sentence.split(/\. (?=[A-Z])/).length <= 3, sentence);
  for (const group of leftBehind) {
    const [first] = group.apart;
    assert.deepEqual([first?.factor, first?.value], ["rare", 1], JSON.stringify(leftBehind));
    assert.ok(group.target !== null);
    assert.ok(first!.lift > 10 && group.accuracyByStreams > 0.9 && group.accuracyByCodes < 0.2);
    assert.ok(group.samples.every((row) => row >= 6000 && row < 7500));
  }
  assert.ok(leftBehind.some(({ target }) => target === "outcome"));
});

test("rows near a border of a label that is cut from a number are no group, where noise puts their codes on either side", async () => {
  const draws = new RandomStream(1, "border", 0);
  const lines = Array.from({ length: 3000 }, () => {
    const [a, b, c] = [draws.normal(), draws.normal(), draws.normal()];
    return [2 * a, b, c, [-0.674, 0, 0.674].filter((cut) => a > cut).length].join(",");
  });
  const spec = `spec Borders {
  data "rows.csv" { validation = 500, test = 500 }
  modality X : vector(3) = a .. c
  observe label : label(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep 10 * I(X; Z)
  network encoder X = linear
  network decoder X = linear
  train { steps = 300, batch = 64, optimizer = adam(5e-3), seed = 1 }
}`;
  const report = await reportOf(spec, `a,b,c,label\n${lines.join("\n")}\n`);
  assert.match(report.sentence, /^Z keeps label \(0\.[78]/);
  assert.deepEqual(report.leftBehind, []);
});

test("rows are numbered as the file has them, from 0, and are held out", async () => {
  const draws = new RandomStream(1, "rows", 0);
  const rows = Array.from({ length: 2400 }, (_, row) => {
    const [a, b] = [draws.normal(), draws.normal()];
    const rare = row % 25 === 3;
    // What is rare turns the label over, and varies too little to be reconstructed.
    return { a, b, sign: rare ? 0.5 : 0, label: Number(a > 0 !== rare), split: row % 3 };
  });
  const csv = rows.map((row) => Object.values(row).join(",")).join("\n");
  const spec = `spec Rows {
  data "rows.csv" { split = "split" }
  modality X : vector(3) = a .. sign
  observe label : label(2)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep 20 * I(X; Z)
  network encoder X = mlp(32)
  network decoder X = mlp(16)
  train { steps = 400, batch = 64, seed = 1 }
}`;
  const report = await reportOf(spec, `${Object.keys(rows[0]!).join(",")}\n${csv}\n`);
  const [group] = report.leftBehind;
  assert.ok(group, report.sentence);
  const found = group.samples.map((row) => rows[row]!);
  assert.ok(found.every(({ split }) => split > 0));
  assert.ok(found.filter(({ sign }) => sign > 0).length >= 0.8 * found.length, JSON.stringify(group));
});

test("the first sentences say who is left behind: of the group that loses most, and how many more there are", () => {
  const group: Unpredicted = {
    ...{ target: "outcome", share: 0.043, accuracyByCodes: 0.02, accuracyByStreams: 1, low: 0.9, high: 1 },
    ...{
      apart: [],
      samples: [1, 2],
      quarters: false,
      shown: { truth: [], byStreams: [], byCodes: [], samples: [] },
    },
  };
  const told =
    "In 4.3 % of the held-out samples the streams predict outcome (1.00) and the codes do not (0.02)";
  assert.equal(leftBehindSentence([group]), `${told}.`);
  assert.equal(leftBehindSentence([group, group, group]), `${told}; 2 groups more.`);
  const few = { ...group, share: 0.01, low: 0.95 };
  const large = { ...group, share: 0.1, low: 0.5 };
  const doubtful = { ...group, share: 0.11, low: 0.34 };
  assert.deepEqual(mostLostFirst([few, doubtful, large, group]), [large, group, doubtful, few]);
  const reconstructed = {
    ...group,
    target: null,
    stream: "X",
    accuracyByCodes: null,
    accuracyByStreams: null,
  };
  const without = (share: number): LeftBehind => ({ ...reconstructed, share, low: null, high: null });
  assert.deepEqual(
    mostLostFirst([without(0.01), without(0.02)]).map(({ share }) => share),
    [0.02, 0.01],
  );
  assert.match(
    leftBehindSentence([{ ...group, quarters: true }]),
    /predict outcome to within a quarter of its values \(1\.00\)/,
  );
});
