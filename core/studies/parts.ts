/**
 * The trainings of a study as parts that machines do by themselves, round by round: what a study asks for next may depend on all
 * that it asked for before.
 */
import { longest } from "./engine";
import { legOf, legsOf, textOf, type Job, type Outcome } from "./job";
import type { Study, Subject } from "./study";

/**
 * What a study asks for next, given the rounds that the store has complete. All of that round, whatever of it is done: so
 * machines that fill the store at once agree on its parts.
 * @returns no jobs where the store has all that the answer needs
 * @throws StudyError where the study has no answer
 */
export async function roundOf<Options>(
  study: Pick<Study<Options>, "next">,
  subject: Subject,
  options: Options,
  outcomeOf: (job: Job) => Promise<Outcome | undefined>,
): Promise<Job[]> {
  const known = new Map<string, Outcome>();
  for (;;) {
    const step = study.next(subject, options, (job) => known.get(textOf(job)));
    if ("answer" in step) return [];
    const outcomes = await Promise.all(step.ask.map(outcomeOf));
    if (outcomes.includes(undefined)) return longest(step.ask);
    step.ask.forEach((job, i) => known.set(textOf(job), outcomes[i]!));
  }
}

/** One part of a round, out of so many, as a study of its own: its answer is how many trainings it has. */
export function partOf(
  round: readonly Job[],
  part: number,
  of: number,
): Pick<Study<unknown, number>, "next"> {
  const mine = round
    .filter((_, i) => i % of === part)
    .flatMap((job) => legsOf(job).map((_, leg) => legOf(job, leg)));
  return {
    next: (_subject, _options, done) =>
      mine.every((job) => done(job) !== undefined) ? { answer: mine.length } : { ask: mine },
  };
}
