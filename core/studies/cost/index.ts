import { isTrained, type Job, type Outcome } from "../job";
import { allOf } from "../stress/answer";
import { designJobs, variantJobs } from "../stress/plan";
import { isRefusal, variantOf, writtenOf } from "../stress/statements";
import { watchedIn } from "../stress/watched";
import { withWidths } from "../stress/widths";
import { StudyError, type Next, type Study, type Subject } from "../study";
import { usedCodes, widthsToTry } from "./codes";
import { designCost } from "./design";
import { timedJobs } from "./exported";
import { narrowerOf, type Narrower } from "./narrower";
import { costOptions, readCost, type CostOptions } from "./options";
import { costPictures } from "./pictures";
import { costJson, costSentence, costTable, type CostAnswer } from "./words";

export const cost: Study<CostOptions, CostAnswer> = {
  id: "cost",
  question: "What does it cost, and could it be smaller?",
  doc: "Counts the parameters, multiply-adds and memory of a training step, by network and term, and times it here: the preview, and by PyTorch the exported design, which has the same networks and so the same counts. Finds how many coordinates its Gaussian codes use, and trains it with narrower codes to see whether every known factor stays as it is.",
  example: "bottleneck cost examples/planted-factors.bottleneck",
  options: costOptions,
  read: readCost,
  next: nextOf,
  table: costTable,
  pictures: costPictures,
  sentence: costSentence,
  json: costJson,
  toJson: (answer) => ({ sentence: costSentence(answer), ...answer }),
};

function nextOf(
  subject: Subject,
  { seeds, watts, threshold }: CostOptions,
  done: (job: Job) => Outcome | undefined,
): Next<CostAnswer> {
  const { derived } = subject;
  const jobs = designJobs(subject, seeds);
  const outcomes = allOf(jobs, done);
  if (outcomes === undefined) return { ask: jobs };
  const refused = outcomes.find((one) => !isTrained(one));
  if (refused && !isTrained(refused)) throw new StudyError(refused.refused);
  const base = outcomes.filter(isTrained);
  const codes = usedCodes(derived.spec, base, threshold);
  const watched = watchedIn(derived.spec, base);
  const written = writtenOf(subject);
  const candidates = widthsToTry(codes);
  const { steps } = base[0]!;
  const timing = timedJobs(jobs, steps);
  const timed = allOf(timing, done);
  if (timed === undefined) return { ask: timing };
  const answered = (tried: Narrower[], reason: string | null = null): Next<CostAnswer> => ({
    answer: {
      ...{ name: derived.spec.name, watts, threshold, codes, tried, reason },
      design: designCost(derived, base, timed, watts),
    },
  });
  if (codes.length === 0) return answered([], "no Gaussian code has a rate for each coordinate");
  if (candidates.length === 0) return answered([], "every code uses its whole width");
  if (watched.length === 0)
    return answered([], "no code keeps a known factor by which a smaller design could be compared");
  if (isRefusal(written)) return answered([], written.refused);

  const tried: Narrower[] = [];
  for (const widths of candidates) {
    const statements = withWidths(written.statements, (name, size) => widths[name] ?? size);
    const variant = variantOf(written, statements ?? []);
    if (isRefusal(variant)) {
      tried.push({ widths, verdict: "not trained", reason: variant.refused, factors: [] });
      continue;
    }
    const changed = { title: "", text: variant.text };
    const asked = variantJobs(subject, changed, jobs, steps);
    const shorter = timedJobs(asked, steps);
    const outcomes = allOf(asked, done);
    const timed = allOf(shorter, done);
    if (outcomes === undefined || timed === undefined) return { ask: [...asked, ...shorter] };
    const compared = candidates.length * watched.length;
    tried.push(
      narrowerOf(widths, variant, { outcomes, timed }, base, watched, {
        compared,
        watts,
      }),
    );
    if (tried.at(-1)!.verdict === "same") break;
  }
  return answered(tried);
}
