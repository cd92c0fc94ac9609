/** What docs/manual/measurements.md promises of `preview --json`, held to what is printed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { measurements } from "../../core/train/measurements/index";
import type {
  CheckpointSummary,
  Finding,
  LeftBehind,
  MeasuredValue,
  SpecSummary,
} from "../../core/train/protocol";

/** A report, as far as the manual promises it. */
export interface Report {
  summary: SpecSummary;
  phase: string;
  step: number;
  checkpoint: Pick<CheckpointSummary, "step" | "because">;
  measurements: MeasuredValue[];
  verdicts: { code: string; factor: string; verdict: string; because?: string }[];
  confusions: { code: string; factor: string; counts: number[][] }[];
  findings: Finding[];
  leftBehind: LeftBehind[];
  sentence: string;
}

const manual = readFileSync(join(import.meta.dirname, "../../docs/manual/measurements.md"), "utf8");

/** The fields of each object that the manual lists: those that are always there, and those that may be. */
const promised = new Map(
  [...manual.matchAll(/^"(\w+)": +\[?\{ (.*) \}\]?$/gm)].map(([, name, list]) => {
    const fields = [...list!.matchAll(/"(\w+)"(\??)/g)];
    const named = (mark: string): string[] => fields.filter((one) => one[2] === mark).map((one) => one[1]!);
    return [name!, { always: named(""), maybe: named("?") }];
  }),
);

/** Fields of the whole object, and of one entry of each of its lists. */
function fieldsOf(where: string, one: object): void {
  const { always, maybe } = promised.get(where) ?? assert.fail(`the manual has no ${where}`);
  const keys = Object.entries(one).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const say = `${where}: ${JSON.stringify(one).slice(0, 300)}`;
  assert.deepEqual(
    [always.filter((key) => !keys.includes(key)), keys.filter((key) => ![...always, ...maybe].includes(key))],
    [[], []],
    say,
  );
}

const UNITS = {
  nats: [-Infinity, Infinity],
  share: [0, 1],
  R2: [-Infinity, 1],
  number: [-Infinity, Infinity],
};
const VERDICTS = ["keeps", "some", "hidden", "drops", "unjudged"];
const isShare = (value: number): boolean => value >= 0 && value <= 1;

/** @throws AssertionError where a clause of the contract does not hold */
export function assertContract(printed: unknown): asserts printed is Report {
  const report = printed as Report;
  fieldsOf("report", report);
  const { summary, measurements: measured, verdicts, step, checkpoint } = report;
  const factors = summary.streams.filter(
    ({ role, kind }) => role !== "modality" && ["label", "scalar"].includes(kind),
  );
  const judgedCodes = [...new Set(verdicts.map(({ code }) => code))];
  for (const one of measured) assertMeasured(one, summary);
  fieldsOf("checkpoint", checkpoint);
  assert.ok(Number.isInteger(checkpoint.step) && checkpoint.step > 0 && checkpoint.step <= step);

  // Each factor is measured and judged of each code.
  const of = (id: string, code: string, factor?: string): MeasuredValue[] =>
    measured.filter((one) => one.id === id && one.code === code && one.factor === factor);
  for (const { name, deterministic } of summary.latents) {
    assert.ok(factors.length === 0 || judgedCodes.includes(name), name);
    assert.equal(of("rate", name).length, deterministic ? 0 : 1, `rate of ${name}`);
  }
  for (const code of judgedCodes)
    for (const { name, kind } of factors) {
      const label = kind === "label";
      for (const id of label ? ["accuracy", "accuracy-of-mean"] : ["r2", "r2-of-mean"])
        assert.equal(of(id, code, name).length, 1, `${id} of ${code} and ${name}`);
      const [information, ...more] = of("information", code, name);
      assert.ok(information !== undefined && more.length === 0, `information of ${code} and ${name}`);
      // A label's entropy bounds it; a number only where the code has a rate.
      if (label) assert.notEqual(information.high, null);
      assert.equal(verdicts.filter((one) => one.code === code && one.factor === name).length, 1);
    }
  assert.equal(verdicts.length, judgedCodes.length * factors.length);

  for (const one of verdicts) {
    fieldsOf("verdicts", one);
    assert.ok(VERDICTS.includes(one.verdict), one.verdict);
    assert.equal(one.because !== undefined, one.verdict === "unjudged");
  }
  assert.equal(report.sentence !== "", verdicts.length + report.leftBehind.length > 0);
  assert.ok(report.sentence.split(". ").length <= 3, report.sentence);
  for (const one of report.confusions) {
    fieldsOf("confusions", one);
    assert.ok(one.counts.every((row) => row.length === one.counts.length && row.every(Number.isInteger)));
  }
  for (const one of report.findings) {
    fieldsOf("findings", one);
    assert.match(one.code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.ok(["error", "warning", "information"].includes(one.severity) && one.message !== "");
  }
  for (const one of report.leftBehind) assertLeftBehind(one, summary);
}

function assertMeasured(one: MeasuredValue, { latents, streams, terms }: SpecSummary): void {
  fieldsOf("measurements", one);
  const say = JSON.stringify(one);
  const { id, code, factor, term, value, low, high, unit } = one;
  assert.equal(measurements.find((listed) => listed.id === id)?.unit, unit, say);
  const [least, most] = UNITS[unit] as [number, number];
  assert.ok([value, low, ...(high === null ? [] : [high])].every(Number.isFinite), say);
  assert.ok(low <= value && value <= (high ?? Infinity), say);
  assert.ok(value >= least && value <= most, say);
  assert.ok(high !== null || id.startsWith("information"), say);
  if (id.startsWith("information")) assert.equal(unit, "nats");
  assert.ok(unit === "nats" || unit === "number" || one.chance !== undefined, say);
  assert.ok(
    [code, factor, term].some((name) => name !== undefined),
    say,
  );
  if (code !== undefined)
    assert.ok(
      latents.some(({ name }) => name === code.split(" without ")[0]),
      say,
    );
  if (factor !== undefined)
    assert.ok(
      [...streams, ...latents].some(({ name }) => name === factor),
      say,
    );
  if (term !== undefined)
    assert.ok(
      terms.some((own) => own.id === term),
      say,
    );
}

function assertLeftBehind(
  group: LeftBehind,
  { samples: { train, validation, test }, streams }: SpecSummary,
): void {
  fieldsOf("leftBehind", group);
  const say = JSON.stringify(group);
  const { share, samples } = group;
  if (group.target === null) {
    assert.ok(
      streams.every(({ role }) => role === "modality"),
      say,
    );
    const { accuracyByCodes, accuracyByStreams, low, high } = group;
    assert.deepEqual([accuracyByCodes, accuracyByStreams, low, high], [null, null, null, null], say);
    assert.ok(
      group.apart.every(({ factor, value }) => factor === group.stream && typeof value === "string"),
      say,
    );
  } else {
    const { accuracyByCodes, accuracyByStreams, low, high } = group;
    assert.ok(isShare(accuracyByCodes) && isShare(accuracyByStreams), say);
    const difference = accuracyByStreams - accuracyByCodes;
    assert.ok(low <= difference && difference <= high, say);
  }
  assert.ok(
    streams.some(({ name }) => name === (group.target ?? group.stream)),
    say,
  );
  assert.ok(Math.abs(share - samples.length / (validation + test)) < 1e-9 && samples.length > 0, say);
  assert.equal(new Set(samples).size, samples.length, say);
  assert.ok(
    samples.every((row) => Number.isInteger(row) && row >= 0 && row < train + validation + test),
    say,
  );
  for (const { factor, value, lift, ...more } of group.apart) {
    assert.deepEqual(more, {});
    assert.ok(
      streams.some(({ name }) => name === factor) && ["number", "string"].includes(typeof value) && lift > 1,
      say,
    );
  }
}
