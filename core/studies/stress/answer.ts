/** What the trainings of a stress test say: every test with the change and the factor that lose most, worst first. */
import { isTrained, type Job, type Outcome, type Trained } from "../job";
import { movementOf, type Movement } from "./movement";
import { READER } from "./reader";
import { mean, scoreOf, type Watched } from "./watched";
import type { Design, StressTest, Variant } from "./tests/test";
import { waysOf } from "./ways";

/** One test. */
export interface Tested {
  id: string;
  kind: StressTest["kind"];
  /** The change that loses most. */
  title: string;
  factor: string;
  measure: Watched["measure"];
  /** Mean scores over seeds, and the interval of their difference, which holds together with all others with 95 %. */
  before: number;
  after: number;
  low: number;
  high: number;
  /** Surely more than a third of what was kept is lost, though it could be kept. */
  broken: boolean;
  /** Surely less is lost. */
  holds: boolean;
  /** The share that is lost. */
  lost: number;
  /** Whether the change is larger than those of other tests. */
  harsh: boolean;
  /** What any code could keep after the change, where that was measured. */
  possible?: number;
  /** Findings that most of these trainings have, and most of the design's own do not. */
  findings: string[];
  advice: string;
  /** Trainings of the change. */
  trainings: number;
  /** How each watched factor moves. */
  moves: { factor: string; before: number; after: number; low: number; high: number }[];
  /** The factor that the test itself moves in the data, apart: it is not judged, unless it is to be forgotten. */
  nuisance?: { factor: string; before: number; after: number };
}

export interface StressAnswer {
  name: string;
  /** Trainings of the design as it is. */
  trainings: number;
  nuisance: string | undefined;
  tests: Tested[];
  /** Changes that could not be trained or judged. */
  refused: { id: string; title: string; reason: string }[];
}

/** A change with what its trainings gave. */
export interface Ran {
  test: StressTest;
  variant: Variant;
  outcomes: readonly Outcome[];
  /** Factors of which it loses so much that readers are asked what could be kept. */
  losing: readonly string[];
  /** Readers, by `readerKey`; none where it is not judged by what could be kept. */
  readers: ReadonlyMap<string, Outcome>;
}

/** The scores of a factor in these trainings. */
const scoresOf = ({ factor, codes, chance }: Watched, trained: readonly Trained[]): number[] =>
  trained.flatMap((one) => scoreOf(one, factor, codes, chance) ?? []);

/** How the watched factors move; those alone that the change can move. */
export function movementsOf(
  ran: Ran,
  design: Design,
  base: readonly Trained[],
  compared: number,
): Movement[] {
  const trained = ran.outcomes.filter(isTrained);
  return watchedBy(ran.variant, design).flatMap((watched) => {
    const after = scoresOf(watched, trained);
    if (after.length === 0) return [];
    return [movementOf(watched, scoresOf(watched, base), after, compared, mostOf(ran, watched, design))];
  });
}

/** The factors that a change is judged by: those that it can move, without the one that it moves by construction. */
export const watchedBy = ({ factor, nuisance }: Variant, { watched }: Design): readonly Watched[] =>
  watched.filter((one) =>
    one.expects === "forgotten"
      ? factor === undefined
      : one.factor === (factor ?? one.factor) && one.factor !== nuisance,
  );

/** How the factor moves that a change moves by construction. */
function nuisanceOf(
  { variant: { nuisance }, outcomes }: Ran,
  { spec }: Design,
  base: readonly Trained[],
): Tested["nuisance"] {
  const codes = spec.latents.map(({ name }) => name);
  const [before, after] = [base, outcomes.filter(isTrained)].map((trained) =>
    trained.flatMap((one) => (nuisance === undefined ? [] : (scoreOf(one, nuisance, codes) ?? []))),
  ) as [number[], number[]];
  if (nuisance === undefined || before.length === 0 || after.length === 0) return undefined;
  return { factor: nuisance, before: mean(before), after: mean(after) };
}

export const readerKey = (factor: string, streams: readonly string[]): string =>
  JSON.stringify([factor, ...streams]);

/** What could be kept at most: what readers keep in the best way that terms can ask for it, and what so many classes can tell. */
function mostOf({ variant, losing, readers }: Ran, { factor, chance }: Watched, { spec }: Design): number {
  const { kind } = spec.streams.find(({ name }) => name === factor)!;
  const told = variant.classes === undefined || kind.name !== "label" ? 1 : variant.classes / kind.sizes[0]!;
  if (variant.limits === undefined || !losing.includes(factor)) return Math.min(1, told);
  // Where nothing says what the streams that are left allow, nothing is said to be lost.
  const read = (streams: readonly string[]): number => {
    const reader = readers.get(readerKey(factor, streams));
    return (reader && isTrained(reader) ? scoreOf(reader, factor, [READER], chance) : undefined) ?? chance;
  };
  const ways = waysOf(variant.limits, factor).map((way) => Math.min(...way.map(read)));
  return Math.min(1, told, Math.max(chance, ...ways));
}

export function answerOf(
  design: Design,
  base: readonly Trained[],
  runs: readonly Ran[],
  compared: number,
): StressAnswer {
  const refused = runs.flatMap(({ test, variant, outcomes }) => {
    const [reason] = outcomes.flatMap((one) => (isTrained(one) ? [] : [one.refused]));
    const none = outcomes.every((one) => !isTrained(one));
    return none ? [{ id: test.id, title: variant.title, reason: reason! }] : [];
  });
  const byTest = new Map<StressTest, Tested[]>();
  for (const ran of runs) {
    const tested = testedOf(ran, design, base, compared);
    if (tested) byTest.set(ran.test, [...(byTest.get(ran.test) ?? []), tested]);
  }
  const tests = [...byTest.values()].map((variants) => variants.sort(worstFirst)[0]!);
  const seeds = otherSeeds(design, base);
  return {
    name: design.spec.name,
    trainings: base.length,
    nuisance: design.nuisance,
    tests: [...tests, ...seeds].sort(worstFirst),
    refused,
  };
}

/** Losses that differ by less than this are as bad as each other. */
const STEP = 0.1;

/** What breaks before what does not; of losses that are as bad, that by a moderate change before that by a harsh one. */
const worstFirst = (a: Tested, b: Tested): number => {
  const steps = ({ lost }: Tested): number => Math.round(Math.min(1, lost) / STEP);
  return (
    Number(b.broken) - Number(a.broken) ||
    steps(b) - steps(a) ||
    Number(a.harsh) - Number(b.harsh) ||
    b.lost - a.lost ||
    (a.id < b.id ? -1 : 1)
  );
};

function testedOf(ran: Ran, design: Design, base: readonly Trained[], compared: number): Tested | undefined {
  const { test, variant, outcomes } = ran;
  const moves = movementsOf(ran, design, base, compared);
  const [worst] = moves.toSorted((a, b) => Number(b.broken) - Number(a.broken) || b.lost - a.lost);
  if (worst === undefined) return undefined;
  const { watched, before, after, low, high, broken, holds, lost } = worst;
  const trained = outcomes.filter(isTrained);
  const nuisance = nuisanceOf(ran, design, base);
  return {
    id: test.id,
    kind: test.kind,
    title: variant.title,
    harsh: variant.harsh ?? false,
    factor: watched.factor,
    measure: watched.measure,
    ...{ before, after, low, high, broken, holds, lost },
    ...(ran.readers.size > 0 && { possible: mostOf(ran, watched, design) }),
    findings: newFindings(base, trained),
    advice: test.advice(watched.factor),
    trainings: trained.length,
    moves: moves.map((one) => ({
      factor: one.watched.factor,
      ...{ before: one.before, after: one.after, low: one.low, high: one.high },
    })),
    ...(nuisance && { nuisance }),
  };
}

/** The worst of the design's own seeds, with the interval of its probe. */
function otherSeeds({ watched }: Design, base: readonly Trained[]): Tested[] {
  const all = watched
    .filter(({ expects }) => expects === "kept")
    .flatMap((one): Tested[] => {
      const scores = scoresOf(one, base);
      if (scores.length < base.length) return [];
      const worst = Math.min(...scores);
      const others = scores.toSorted((a, b) => b - a).slice(0, -1);
      const movement = movementOf(one, others, [worst], 1);
      return [
        {
          id: "seed",
          kind: "shift",
          title: `The worst of ${base.length} seeds`,
          harsh: false,
          factor: one.factor,
          measure: one.measure,
          ...{ before: movement.before, after: worst, low: movement.low, high: movement.high },
          ...{ broken: movement.broken, holds: movement.holds, lost: movement.lost },
          findings: [],
          advice: "Train at several seeds and keep the one with the lowest held-out loss.",
          trainings: base.length,
          moves: [],
        },
      ];
    });
  return all.sort(worstFirst).slice(0, 1);
}

/** Codes of findings that are common after the change and rare before. */
function newFindings(base: readonly Trained[], trained: readonly Trained[]): string[] {
  const share = (all: readonly Trained[], code: string): number =>
    all.filter(({ findings }) => findings.some((one) => one.code === code)).length / Math.max(1, all.length);
  const codes = new Set(trained.flatMap(({ findings }) => findings.map(({ code }) => code)));
  return [...codes].filter((code) => share(trained, code) > 0.5 && share(base, code) < 0.5).sort();
}

/** What is known of these jobs; undefined while one of them is not done. */
export function allOf(jobs: readonly Job[], done: (job: Job) => Outcome | undefined): Outcome[] | undefined {
  const outcomes = jobs.flatMap((job) => done(job) ?? []);
  return outcomes.length === jobs.length ? outcomes : undefined;
}
