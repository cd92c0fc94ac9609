/** Before any data: the design itself, trained on Gaussian samples whose link is what a person states. */
import { linearNeed } from "../../gaussian/linear-need";
import { hundredths, whole } from "../../language/number-text";
import type { Statement } from "../../language/tree";
import type { Job, Outcome } from "../job";
import { isRefusal, textWith, writtenOf, type Written } from "../stress/statements";
import { without } from "../stress/without";
import { StudyError, type Next, type Subject } from "../study";
import { answered, type SamplesAnswer } from "./answer";
import { changeOf, pointOf, pointsOf, reachedAt, Runs, scoreOf } from "./curve";
import { LONGER, notCovered, STEADY, stepsText } from "./measure";
import { pairOf, type LinkedPair } from "./pair";
import { MOST_VALUES, STEP, TEST, validationOf } from "./plan";
import { searchedCurve } from "./search";
import { FLAT } from "./trend";
import type { Stated } from "./stated";

/** Sizes around the need of a linear design: networks need up to 14 times as many. */
const STEPS = { below: 2, above: 6 };
/** The name of what both views share. */
const FACTOR = "shared_factor";
/** Factor of the interval: real views are no white noise with a link. */
const FACTOR_OF_INTERVAL = 2;

interface Asked {
  stated: Required<Stated>;
  level: number;
  seeds: number;
}

/** @throws StudyError where the spec has no length in steps, or cannot be changed */
export function statedTwinNext(
  subject: Subject,
  { stated, level, seeds }: Asked,
  done: (job: Job) => Outcome | undefined,
): Next<SamplesAnswer> {
  const { derived } = subject;
  const { training } = derived.spec;
  const pair = pairOf(derived);
  const written = writtenOf(subject);
  if ("uncovered" in pair) throw new StudyError(pair.uncovered);
  if (isRefusal(written)) throw new StudyError(`${written.refused}.`);
  const { steps } = training;
  if (steps === undefined)
    throw new StudyError("Without data, epochs have no length: write `train { steps = 2000 }`.");
  const [p, q] = [pair.left.size, pair.right.size];
  const { shared, rho } = stated;
  const linear = linearNeed({ p, q, rhos: Array.from({ length: shared }, () => rho) }, level).need;
  const most = Math.min(MOST_VALUES / (p + q), 1e6);
  const sizes = Array.from({ length: STEPS.below + STEPS.above + 1 }, (_, i) =>
    Math.round(Math.max(40, linear * STEP ** (i - STEPS.below))),
  ).filter((size, i, all) => size <= most && size > (all[i - 1] ?? 0));
  const runs = new Runs(done);
  const trainedAt = (rows: number, count = seeds, longer = 1): ReturnType<Runs["of"]> =>
    runs.of(jobsAt(subject, written, pair, stated, { rows, count, steps: longer * steps }));
  const views = `Gaussian views of ${p} and ${q} white values that share ${shared === 1 ? "a direction" : `${shared} directions`} of correlation ${hundredths(rho)}`;
  const stop = (reason: string): Next<SamplesAnswer> => ({
    answer: notCovered(`r2 of ${FACTOR}`, level, runs, reason),
  });
  if (sizes.length < 3)
    return stop(
      `Already a linear design needs ${whole(linear)} samples of ${views}, more than are trained on here.`,
    );
  const top = sizes.slice(-2).map((rows) => trainedAt(rows));
  if (top.some((one) => one === undefined)) return { ask: runs.missing };
  const score = top[1]!.length === 0 ? undefined : scoreOf(top[1]![0]!, FACTOR, pair.codes[0]);
  if (score === undefined) return stop(runs.refused ?? "Nothing is measured of the shared factor.");
  const curve = searchedCurve(sizes, 0, level, (rows) => {
    const trained = trainedAt(rows);
    return trained && pointOf("twin", rows, trained, score);
  });
  if (curve === undefined) return { ask: runs.missing };
  const end = curve.at(-1)!;
  const longer = trainedAt(end.rows, Math.min(seeds, LONGER), 2);
  if (longer === undefined) return { ask: runs.missing };
  const common = { level, of: score.of, seconds: runs.seconds, curve: pointsOf(curve) };
  const change = changeOf(end.each, pointOf("twin", end.rows, longer, score)?.each ?? end.each);
  const before = pointOf("twin", sizes.at(-2)!, top[0]!, score) ?? end;
  if (Math.abs(change) > STEADY) {
    const reason = `On ${whole(end.rows)} samples of ${views}: ${stepsText(change)}`;
    return { answer: answered({ ...common, answer: "not covered", limitedBy: "steps", reason }) };
  }
  if (end.score <= 0 || end.score - before.score > FLAT * end.score) {
    const reason = `On ${views}, the score still rises at ${whole(end.rows)} samples: from ${hundredths(before.score)} to ${hundredths(end.score)}.`;
    return { answer: answered({ ...common, answer: "at least", low: end.rows, limitedBy: "data", reason }) };
  }
  const need = reachedAt(curve, level * end.score)!;
  if (need <= sizes[0]!) {
    const reason = `Already ${whole(sizes[0]!)} samples of ${views}, the fewest that were tried, reach it.`;
    const rounded = { need: sizes[0]!, high: sizes[0]! };
    return { answer: answered({ ...common, ...rounded, answer: "at most", limitedBy: "data", reason }) };
  }
  const reason = `Your design was trained on ${views}. Real views with uneven variances or a curved link need another number, and no benchmark has tested this one: ask again with a pilot.`;
  return {
    answer: answered({
      ...{ ...common, answer: "estimate", limitedBy: "data", reason, need: Math.round(need) },
      ...{ low: Math.round(need / FACTOR_OF_INTERVAL), high: Math.round(need * FACTOR_OF_INTERVAL) },
    }),
  };
}

/** Trainings on so many samples, one for each seed, each of data of its own. */
function jobsAt(
  { location, derived }: Subject,
  written: Written,
  pair: LinkedPair,
  stated: Required<Stated>,
  { rows, count, steps }: { rows: number; count: number; steps: number },
): Job[] {
  const { name, training } = derived.spec;
  return Array.from({ length: count }, (_, i) => training.seed + i).map((seed) => ({
    ...{ text: textOf(written, pair, stated, rows, seed), uses: {}, location, spec: name },
    overrides: { seed, steps },
    alterations: [],
    light: true,
  }));
}

/** The spec with its two views, read from Gaussian pairs; it observes what these share, and nothing else. */
function textOf(
  written: Written,
  { left, right }: LinkedPair,
  { shared, rho }: Required<Stated>,
  rows: number,
  seed: number,
): string {
  const { streams } = written.derived.spec;
  const gone = streams.map(({ name }) => name).filter((name) => name !== left.name && name !== right.name);
  const statements = without(written.statements, gone).filter(
    ({ kind }: Statement) => kind !== "data" && kind !== "stream",
  );
  const sizes = `samples = ${rows}, validation = ${validationOf(rows)}, test = ${TEST}, seed = ${seed}`;
  const law = `dimension = ${left.size}, right = ${right.size}, shared = ${shared}, correlation = ${rho}, ratio = 1`;
  const lines = [
    `data "gaussian-pair" { ${law}, ${sizes} }`,
    `modality ${left.name} : vector(${left.size}) = X`,
    `modality ${right.name} : vector(${right.size}) = Y`,
    `observe ${FACTOR} : scalar = s`,
  ];
  return textWith(written, statements).replace("{\n", `{\n${lines.map((line) => `  ${line}\n`).join("")}`);
}
