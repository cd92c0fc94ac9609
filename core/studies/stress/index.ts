import { isTrained, type Job, type Outcome, type Trained } from "../job";
import { wholeOption } from "../options";
import { StudyError, type Next, type Study, type Subject } from "../study";
import { allOf, answerOf, movementsOf, readerKey, watchedBy, type Ran, type StressAnswer } from "./answer";
import { stressPictures } from "./pictures";
import { designJobs, FIRST_SEEDS, readerJobs, variantJobs } from "./plan";
import { writtenOf } from "./statements";
import { stressTests } from "./tests/index";
import type { Design, StressTest, Variant } from "./tests/test";
import { mean, nuisanceIn, watchedIn } from "./watched";
import { stressSentence, stressTable } from "./words";

interface StressOptions {
  /** Trainings of the design as it is. */
  seeds: number;
}

interface Change {
  test: StressTest;
  variant: Variant;
}

/** From this loss on, by the first seeds, a change is trained at more of them. */
const LOOKED_INTO = 0.2;

export const stress: Study<StressOptions, StressAnswer> = {
  id: "stress",
  question: "What would break it?",
  doc: "Trains the spec with streams, codes and terms left out, codes narrower and wider, other values of beta, and worse data, and compares what the codes keep with the spread between seeds. The worst comes first.",
  example: "bottleneck stress examples/planted-factors.bottleneck",
  options: [
    {
      name: "seeds",
      value: "N",
      doc: "trainings of the design as it is, 3 to 20; a change that loses much is trained at all but one of their seeds; default 5",
    },
  ],
  read: (given) => ({ seeds: wholeOption(given, "seeds", { least: 3, most: 20, fallback: 5 }) }),
  next: (subject, { seeds }, done) => nextOf(subject, seeds, done),
  table: stressTable,
  pictures: stressPictures,
  sentence: stressSentence,
  json: {
    sentence: "what matters most, and what to do about it",
    nuisance:
      "the observed factor that the codes discard most, which tests make stronger and shift; null without one",
    "tests[].id":
      "the test: drop-NAME, shrink, widen, fewer, label-noise, mismatch, nuisance, shift, spurious, rare, absent, outliers, quantise, beta or seed; worst first",
    "tests[].kind":
      "ablation: the design is changed or loses a stream, and is judged by what could be kept; shift: its data, or a knob",
    "tests[].title": "the change, the worst where a test has several",
    "tests[].factor": "the factor that loses most",
    "tests[].before": "what a probe reads of it in the best code, as the design is; mean over seeds",
    "tests[].after": "the same after the change, on clean labels",
    "tests[].low": "lower end of the interval of after - before; all intervals together hold with 95 %",
    "tests[].high": "upper end of that interval",
    "tests[].broken": "whether certainly more than a third of what could be kept is lost",
    "tests[].holds": "whether certainly less is lost; where neither is, more seeds are needed",
    "tests[].measure": "accuracy of a label, R² of a number",
    "tests[].findings[]":
      "codes of findings that most changed trainings have, and most of the design's own do not",
    "tests[].moves[]": "every watched factor: `factor`, `before`, `after`, `low`, `high`",
    "tests[].nuisance":
      "the factor that the test itself moves in the data, with `before` and `after`: it is not judged, unless it is to be forgotten; absent elsewhere",
    "tests[].advice": "what to change",
    "refused[]": "changes that could not be trained or judged, with the reason",
  },
  toJson: (answer) => ({
    sentence: stressSentence(answer),
    nuisance: answer.nuisance ?? null,
    tests: answer.tests,
    refused: answer.refused,
  }),
};

function nextOf(
  subject: Subject,
  seeds: number,
  done: (job: Job) => Outcome | undefined,
): Next<StressAnswer> {
  const jobs = designJobs(subject, seeds);
  const outcomes = allOf(jobs, done);
  if (outcomes === undefined) return { ask: jobs };
  const base = outcomes.filter(isTrained);
  const refused = outcomes.find((one) => !isTrained(one));
  if (base.length < 3 || refused) throw new StudyError((refused as { refused: string }).refused);
  const design = designOf(subject, base);
  const possible = stressTests
    .flatMap((tests) => tests.of(design))
    .flatMap((test) => test.variants.map((variant) => ({ test, variant })));
  const [changes, unjudged] = parted(possible, ({ variant }) => watchedBy(variant, design).length > 0);
  const compared = changes.reduce((sum, { variant }) => sum + watchedBy(variant, design).length, 0);

  const { steps } = base[0]!;
  const jobsOf = (variant: Variant, count: number) =>
    variantJobs(subject, variant, jobs.slice(0, count), steps);
  const first = changes.flatMap(({ variant }) => jobsOf(variant, FIRST_SEEDS));
  if (allOf(first, done) === undefined) return { ask: first };
  const ranAt = ({ test, variant }: Change, count: number, losing: readonly string[]): Ran => ({
    ...{ test, variant, losing },
    outcomes: jobsOf(variant, count).flatMap((job) => done(job) ?? []),
    readers: new Map(
      losing.flatMap((factor) =>
        readerJobs(subject, design, variant, factor, steps).flatMap(({ streams, job }) => {
          const outcome = done(job);
          return outcome ? [[readerKey(factor, streams), outcome] as const] : [];
        }),
      ),
    ),
  });
  // As if everything could be kept still: readers are trained for those alone that lose.
  const closer = changes.map((change) => ({
    change,
    losing: movementsOf(ranAt(change, FIRST_SEEDS, []), design, base, compared)
      .filter(({ lost }) => lost >= LOOKED_INTO)
      .map(({ watched }) => watched.factor),
  }));
  const rest = closer.flatMap(({ change: { variant }, losing }) => [
    ...losing.flatMap((factor) => readerJobs(subject, design, variant, factor, steps).map(({ job }) => job)),
    ...(losing.length > 0 ? jobsOf(variant, seeds - 1) : []),
  ]);
  if (allOf(rest, done) === undefined) return { ask: rest };
  const runs = closer.map(({ change, losing }) =>
    ranAt(change, losing.length > 0 ? seeds - 1 : FIRST_SEEDS, losing),
  );
  const answer = answerOf(design, base, runs, compared);
  const reason = "the codes keep no factor that it is judged by";
  const untested = unjudged.map(({ test: { id }, variant: { title } }) => ({ id, title, reason }));
  return { answer: { ...answer, refused: [...answer.refused, ...untested] } };
}

const parted = <Each>(all: readonly Each[], holds: (one: Each) => boolean): [Each[], Each[]] => [
  all.filter(holds),
  all.filter((one) => !holds(one)),
];

/** @throws StudyError where nothing is watched */
function designOf(subject: Subject, base: readonly Trained[]): Design {
  const { derived } = subject;
  const { spec } = derived;
  const known = spec.streams.some(({ role }) => role !== "modality");
  const watched = watchedIn(spec, base);
  if (watched.length === 0)
    throw new StudyError(
      known
        ? `no code of ${spec.name} keeps any of its targets and observed factors, so there is nothing to lose; see what \`bottleneck preview\` finds first`
        : `nothing of ${spec.name} can be judged: declare what is known of the samples with \`observe NAME : label(k)\` or \`scalar\``,
    );
  return {
    written: writtenOf(subject),
    derived,
    spec,
    rows: Math.round(mean(base.map(({ rows }) => rows))),
    watched,
    nuisance: nuisanceIn(spec, base),
    streams: spec.streams.filter(({ role, derived }) => role === "modality" && derived === undefined),
  };
}
