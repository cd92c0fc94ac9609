/** An exported project trains as the preview does: the same rows, draws, first weights, losses and checkpoint. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  apartText,
  leftBehindNote as leftBehindHead,
  leftBehindText,
} from "../../core/train/left-behind/sentence";
import { readTensors, writeTensors } from "../../core/train/safetensors";
import { isPhase, startHost, type TestSession } from "../trainer/session";
import { frozen, planted, rare, specs, tables } from "./project-specs";
import { linesOf, reportOf, runProjects, scratch, writeProject } from "./projects";

/** Specs whose projects search for what is left behind: of whole data, and of samples that lack streams. */
const SEARCHED = ["planted", "holes"];
const PLAIN = ["--device", "cpu", "--no-left-behind"];
const LOOKING = ["--look-every", "10", "--log-every", "1", ...PLAIN];
/** Nothing is learned at a rate of 0: the loss of all looks is that of the first. */
const PATIENT = ["--rate", "0", "--patience", "1", "--look-every", "5", ...PLAIN, "--out", "patient"];

const root = scratch();

/** What projects say that refuse to train, by what they are asked. */
const refusals: Record<string, { folder: string; asked: readonly string[]; says: RegExp }> = {
  "data that lack a stream, of which the spec does not say so": {
    ...{ folder: "unsaid", asked: [] },
    says: /^0\.14 of the rows have no G, and the spec does not say so: write `missing G rate 0\.14` and export it again\.$/,
  },
  "a knob beyond its range": {
    ...{ folder: "planted", asked: ["--set", "beta=1000"] },
    says: /^beta = 1000\.0 is outside its range, 0\.1 to 100\.$/,
  },
  "a knob that is not a number": {
    ...{ folder: "planted", asked: ["--set", "beta=nan"] },
    says: /^beta = nan is outside its range, 0\.1 to 100\.$/,
  },
  "a knob that the spec does not have": {
    ...{ folder: "planted", asked: ["--set", "gamma=1"] },
    says: /^There is no knob gamma; the knobs are beta\.$/,
  },
  "no steps": {
    ...{ folder: "planted", asked: ["--steps", "0"] },
    says: /argument --steps: it must be a whole number from 1 on, not 0\n$/,
  },
  "a rate that is not a number": {
    ...{ folder: "planted", asked: ["--rate", "nan"] },
    says: /argument --rate: it must be a number from 0 on, not nan\n$/,
  },
  "to go on with other knobs": {
    ...{ folder: "planted", asked: ["--resume", "--set", "beta=16", "--out", "run"] },
    says: /^The run in run has --set \{\}, not \{'beta': 16\.0\}: give it the same, or name another folder with --out\.$/,
  },
  "to go on for longer": {
    ...{ folder: "planted", asked: ["--resume", "--steps", "50", "--out", "run"] },
    says: /^The run in run has --steps 40, not 50: /,
  },
  "to go on from a state that is cut short": {
    ...{ folder: "planted", asked: ["--resume", "--out", "cut"] },
    says: /^cut.state\.pt is damaged: train again, with another folder named by --out\.$/,
  },
  "to write over a run": {
    ...{ folder: "planted", asked: ["--out", "run"] },
    says: /^run has a run already: add --resume to go on with it, or name another folder with --out\.$/,
  },
  "weights of another model": {
    ...{ folder: "annealed", asked: ["--weights", "../rare/run/model.safetensors"] },
    says: /^\.\.\/rare\/run\/model\.safetensors does not fit this model: encoder\.Zx\.0\.weight is missing; .*, and \d+ more\.$/,
  },
  "weights that are cut short": {
    ...{ folder: "planted", asked: ["--weights", "cut.safetensors"] },
    says: /^cut\.safetensors is not a safetensors file, or it is damaged\.$/,
  },
  "weights that are not there": {
    ...{ folder: "planted", asked: ["--weights", "none.safetensors"] },
    says: /^none\.safetensors cannot be read: No such file or directory\.$/,
  },
};
const refused = new Map<string, string | null>();

/** Weights and a state of a training, each cut short. */
function writeDamaged(folder: string): void {
  const weights = writeTensors({ metadata: {}, tensors: { w: { shape: [8], values: new Float32Array(8) } } });
  writeFileSync(join(folder, "cut.safetensors"), weights.subarray(0, weights.length - 4));
  mkdirSync(join(folder, "cut"));
  writeFileSync(join(folder, "cut", "state.pt"), Buffer.from("PK\x03\x04".padEnd(500, "\0"), "latin1"));
}

before(() => {
  const runs: Parameters<typeof runProjects>[0][number][] = Object.entries(specs).map(([name, text]) => {
    const folder = writeProject(text, join(root, name));
    for (const [file, text] of Object.entries(tables)) writeFileSync(join(folder, file), text);
    const searched = SEARCHED.includes(name) ? [] : ["--no-left-behind"];
    return { folder, arguments: ["--log-every", "1", "--device", "cpu", ...searched] };
  });
  /** In the same process: importing torch takes longer than a run. */
  const also = (folder: string, ...more: string[]): number =>
    runs.push({ folder: join(root, folder), arguments: more });
  const longer = writeProject(planted("", "steps = 60"), join(root, "killed"));
  const asked = [...LOOKING, "--out", "killed"];
  runs.push({ folder: longer, arguments: asked, killed: join(longer, "killed", "state.pt") });
  also("killed", ...asked, "--resume");
  also("killed", ...LOOKING, "--out", "whole");
  for (const name of ["planted", "annealed"]) also(name, ...PATIENT);
  const short = ["--steps", "10", "--log-every", "1", ...PLAIN];
  also("planted", ...short, "--precision", "bf16", "--out", "bf16");
  also("planted", ...short, "--compile", "--out", "compiled");
  const board = [...short, "--out", "board"];
  runs.push({ folder: join(root, "planted"), arguments: board, board: join(root, "board.json") });
  const folder = writeProject(frozen, join(root, "frozen"));
  const weights = join(root, "planted", "run", "model.safetensors");
  runs.push({ folder, arguments: ["--log-every", "1", ...PLAIN, "--weights", weights] });
  runs.push({ folder: writeProject(rare, join(root, "rare")), arguments: ["--device", "cpu"] });
  const unsaid = writeProject(specs["holes"]!.replace("missing G rate 0.5", ""), join(root, "unsaid"));
  writeFileSync(join(unsaid, "holes.csv"), tables["holes.csv"]);
  writeDamaged(join(root, "planted"));
  const refusing = Object.values(refusals).map((one) => ({
    folder: join(root, one.folder),
    arguments: ["--out", "refused", ...PLAIN, ...one.asked],
  }));
  const said = runProjects([...runs, ...refusing]);
  for (const one of said.splice(0, runs.length)) assert.equal(one, null);
  Object.keys(refusals).forEach((name, i) => refused.set(name, said[i]!));
});

for (const [name, { folder, says }] of Object.entries(refusals))
  test(`a project refuses ${name}, in one sentence`, () => {
    assert.match(refused.get(name) ?? "it trained", says);
    assert.ok(!existsSync(join(root, folder, "refused")), "nothing is written");
  });

/** Losses, checkpoint and test values of a run beside those of a preview that has ended. */
function assertSame(session: TestSession, run: string): void {
  const points = session.points();
  const lines = linesOf(run).filter(({ rows }) => rows === "train");
  assert.equal(lines.length, points.length);
  points.forEach(({ step, total, terms }, i) => {
    const line = lines[i]!;
    assert.equal(line["step"], step);
    for (const [id, value] of Object.entries({ loss: total, ...terms }))
      assert.ok(
        Math.abs(line[id]! - value) < 1e-3 * Math.max(1, Math.abs(value)),
        `step ${step}: ${id} is ${line[id]} in the project, ${value} in the preview`,
      );
  });
  const { step, tested } = session.of("checkpoint").at(-1)!;
  const report = reportOf(run);
  assert.equal(report.step, step);
  for (const [id, value] of Object.entries({ loss: tested!.total, ...tested!.terms }))
    assert.ok(Math.abs(report.test[id]! - value) < 2e-3 * Math.max(1, Math.abs(value)), id);
}

const tableFiles = Object.fromEntries(
  Object.entries(tables).map(([file, text]) => [file, new TextEncoder().encode(text)]),
);

/** A preview that judges the weights of a project's run. */
async function judging(text: string, run: string): Promise<TestSession> {
  const session = startHost(tableFiles);
  session.open(text, { autorun: false });
  await session.until(isPhase("idle"));
  const weights = new Uint8Array(readFileSync(join(run, "model.safetensors")));
  session.channel.send({ kind: "judge", name: "model.safetensors", weights });
  await session.until(isPhase("finished"));
  await session.close();
  return session;
}

/** Probes of a run's codes beside those of the preview from the same weights; a class may be named otherwise by rounding. */
function assertSameProbes(session: TestSession, run: string): void {
  const own = reportOf(run).probes;
  const measured = session.of("measurements").flatMap(({ measurements }) => measurements);
  const keyOf = (probe: { id: string; code?: string; factor?: string }): string =>
    `${probe.id} ${probe.code} ${probe.factor}`;
  const of = new Map(
    measured.filter(({ id }) => /^(r2|accuracy)(-of-mean)?$/.test(id)).map((one) => [keyOf(one), one]),
  );
  assert.deepEqual(new Set(own.map(keyOf)), new Set(of.keys()));
  for (const probe of own)
    for (const part of ["value", "low", "high", "chance"] as const) {
      const [here, there] = [probe[part], of.get(keyOf(probe))![part]!];
      assert.ok(
        Math.abs(here - there) < (probe.id.startsWith("r2") ? 1e-5 : 0.011),
        `${keyOf(probe)}: ${part} is ${here} in the project, ${there} in the preview`,
      );
    }
}

/** With 200 training rows or fewer, the preview cross-validates; some of the holes' rows lack a code or the factor. */
for (const name of ["table", "holes"])
  test(`a project's probes are the preview's from the same weights, where rows are few: ${name}`, async () => {
    const run = join(root, name, "run");
    assertSameProbes(await judging(specs[name]!, run), run);
  });

for (const [name, text] of Object.entries(specs))
  test(`a project's losses, checkpoint and test values are the preview's: ${name}`, async () => {
    const session = startHost(tableFiles);
    session.open(text);
    await session.until(isPhase("finished"));
    await session.close();
    assertSame(session, join(root, name, "run"));
    const targets = (groups: readonly { target: string | null }[]): unknown[] =>
      groups.map(({ target }) => target);
    if (SEARCHED.includes(name))
      assert.deepEqual(
        targets(reportOf(join(root, name, "run")).leftBehind),
        targets(session.of("left-behind").at(-1)!.leftBehind),
      );
  });

test("TensorBoard is sent every value of the log", () => {
  const [made, ...sent] = JSON.parse(readFileSync(join(root, "board.json"), "utf8")) as object[];
  assert.deepEqual(made, { folder: "board", purge_step: 1 });
  const lines = linesOf(join(root, "planted", "board"));
  assert.ok(lines.some(({ rows }) => rows === "validation"));
  assert.deepEqual(
    sent,
    lines.flatMap(({ step, rows, ...values }) =>
      Object.entries(values)
        .filter(([name]) => name !== "seconds")
        .map(([name, value]) => ({ name: `${rows}/${name}`, value, step })),
    ),
  );
});

test("a project trains around a frozen code of another project as the preview does", async () => {
  const file = join(root, "planted", "run", "model.safetensors");
  const given = readTensors(new Uint8Array(readFileSync(file))).tensors;
  const session = startHost();
  session.open(frozen, { autorun: false });
  await session.until(isPhase("idle"));
  session.channel.send({ kind: "judge", name: "it", weights: new Uint8Array(readFileSync(file)) });
  await session.until(isPhase("finished"));
  await session.close();
  const run = join(root, "frozen", "run");
  assertSame(session, run);
  const { tensors } = readTensors(new Uint8Array(readFileSync(join(run, "model.safetensors"))));
  const own = Object.keys(tensors).filter((name) => name.startsWith("encoder.Zx."));
  assert.equal(own.length, 6);
  for (const name of own) assert.deepEqual(tensors[name], given[name], name);
  assert.notDeepEqual(tensors["encoder.Zy.0.weight"], given["encoder.Zy.0.weight"]);
});

test("the preview judges the weights of a project as the project does, and refuses those of another spec", async () => {
  const run = join(root, "planted", "run");
  const weights = new Uint8Array(readFileSync(join(run, "model.safetensors")));
  const open = (text: string): ReturnType<typeof startHost> => {
    const session = startHost();
    session.open(text, { autorun: false });
    return session;
  };
  const session = open(specs["planted"]!);
  await session.until(isPhase("idle"));
  session.channel.send({ kind: "judge", name: "model.safetensors", weights });
  await session.until(isPhase("finished"));
  const report = reportOf(run);
  const { step, tested } = session.of("checkpoint").at(-1)!;
  assert.equal(step, report.step);
  for (const [id, value] of Object.entries({ loss: tested!.total, ...tested!.terms }))
    assert.ok(Math.abs(report.test[id]! - value) < 1e-4 * Math.max(1, Math.abs(value)), id);
  assert.deepEqual(session.points(), []);
  assertSameProbes(session, run);
  await session.close();

  const other = open(planted("").replace("gaussian(4) from X", "gaussian(3) from X"));
  await other.until(isPhase("idle"));
  other.channel.send({ kind: "judge", name: "model.safetensors", weights });
  const failed = await other.until(isPhase("failed"));
  assert.match(
    failed.detail!,
    /^The weights of model\.safetensors do not fit this spec: encoder\.Zx\.4\.weight is \[8, 128\], not \[6, 128\]; .*Open the spec that they were trained with\.$/,
  );
  other.channel.send({ kind: "judge", name: "cut.safetensors", weights: weights.slice(0, 100) });
  await other.until(
    (message): message is Extract<typeof message, { kind: "phase" }> =>
      message.kind === "phase" &&
      /cut\.safetensors cannot be read: not a safetensors file, or cut short\./.test(message.detail ?? ""),
  );
  await other.close();
});

test("a project has the probes and the rows left behind that the preview has from the same weights", async () => {
  const run = join(root, "rare", "run");
  const { leftBehind, leftBehindNote } = reportOf(run);
  const session = await judging(rare, run);
  assertSameProbes(session, run);
  const { leftBehind: groups } = session.of("left-behind").at(-1)!;
  assert.deepEqual(
    leftBehind.map(({ target }) => target),
    groups.map(({ target }) => target),
  );
  assert.ok(groups.length > 0);
  assert.equal(leftBehindNote, `${leftBehindHead(groups)}.`);
  for (const [i, { text, samples, ...found }] of leftBehind.entries()) {
    const { target, share, accuracyByCodes, accuracyByStreams, low, high, apart, samples: rows } = groups[i]!;
    // Counts of rows and what follows from them. Which row of a group loses most is rounding.
    assert.deepEqual(found, { target, share, accuracyByCodes, accuracyByStreams, low, high, apart });
    assert.deepEqual(new Set(samples), new Set(rows));
    assert.equal(text, `${leftBehindText(groups[i]!)} ${apartText(groups[i]!)}`);
  }
  assert.deepEqual([leftBehind[0]!.apart[0]!.factor, leftBehind[0]!.apart[0]!.value], ["rare", 1]);
});

test("a project whose codes leave nothing behind says so", () => {
  const { leftBehind, leftBehindNote } = reportOf(join(root, "planted", "run"));
  assert.deepEqual(leftBehind, []);
  assert.match(leftBehindNote, /^Nothing is left behind: /);
});

test("a killed run ends with the same numbers", () => {
  const told = (run: string): object[] =>
    linesOf(join(root, "killed", run)).map((line) => ({ ...line, seconds: 0 }));
  assert.deepEqual(told("killed"), told("whole"));
  assert.deepEqual(
    readFileSync(join(root, "killed", "killed", "model.safetensors")),
    readFileSync(join(root, "killed", "whole", "model.safetensors")),
  );
});

const lossesOf = (run: string): number[] =>
  linesOf(join(root, "planted", run)).flatMap(({ rows, loss }) => (rows === "train" ? [loss!] : []));

const largestOf = (run: string): number =>
  Math.max(...lossesOf(run).map((loss, i) => Math.abs(loss - lossesOf("run")[i]!)));

test("--precision bf16 changes the losses by little, and its weights are written in float32", () => {
  assert.equal(lossesOf("bf16").length, 10);
  const apart = largestOf("bf16");
  assert.ok(apart > 1e-6 && apart < 2e-2, String(apart));
  const file = readFileSync(join(root, "planted", "bf16", "model.safetensors"));
  const shapes = ({ tensors }: ReturnType<typeof readTensors>): string[] =>
    Object.entries(tensors).map(([name, { shape }]) => `${name} ${shape}`);
  const whole = readFileSync(join(root, "planted", "run", "model.safetensors"));
  assert.deepEqual(shapes(readTensors(new Uint8Array(file))), shapes(readTensors(new Uint8Array(whole))));
});

test("--compile changes no loss but for rounding", () => {
  assert.equal(lossesOf("compiled").length, 10);
  assert.ok(largestOf("compiled") < 1e-4, String(largestOf("compiled")));
});

test("--patience stops a run whose loss no longer falls, and waits for a knob that is on its way", () => {
  const stepsOf = (name: string): number => reportOf(join(root, name, "patient")).steps;
  assert.equal(stepsOf("planted"), 10, "at the second look");
  // beta is annealed in the second and third of the epochs, of 8 steps: from step 24 on it stays.
  assert.equal(stepsOf("annealed"), 30);
});

test("a likelihood, which is below 0 by the entropy of its stream, is no finding", () => {
  const { test: values, findings } = reportOf(join(root, "pictures", "run"));
  assert.ok(values["keep I(digit; Z)"]! < 0);
  assert.deepEqual(
    findings.filter((finding) => finding.includes("I(digit; Z)")),
    [],
  );
});

test("the files of a project that are the same for every spec are fresh", () => {
  const script = fileURLToPath(new URL("../../scripts/project.mjs", import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});
