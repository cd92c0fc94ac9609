import { count as counted } from "../../language/text";
import type { AnnealStatement } from "../../language/tree";
import { lengthOf, type Schedule } from "../terms/schedule";
import type { Check } from "./check";
import { fix, report } from "../faults/rule";
import { rounded } from "../../language/number-text";

/** How long a schedule takes: without end, until its first cycle is over. */
const takenBy = ({ over, after, hold, repeat }: Schedule): number =>
  (after?.value ?? 0) +
  (repeat === undefined ? over : (repeat === "endless" ? 1 : repeat) * (over + (hold?.value ?? 0)));

/** The fix that lets it end with the training, where one number does it. */
function shortened(
  schedule: Schedule,
  statement: AnnealStatement,
  training: number,
): Partial<ReturnType<typeof fix>> {
  const { over, after, hold, repeat } = schedule;
  const room = training - (after?.value ?? 0);
  if (repeat === undefined)
    return room > 0 ? fix(`Let it take ${room}`, statement.over.range, String(room)) : {};
  const cycles = Math.floor(room / (over + (hold?.value ?? 0)));
  const count = statement.repeat?.count;
  return count && cycles >= 1 ? fix(`Repeat it ${counted(cycles, "time")}`, count.range, String(cycles)) : {};
}

export const unfinishedSchedule: Check = {
  code: "unfinished-schedule",
  severity: "warning",
  doc: "A schedule that is longer than the training never reaches the value of its knob, so the loss that was trained is not the one that the spec shows. Shorten the schedule or train for longer.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 0.1 .. 100 log
  anneal beta from 100 over 400 epochs
  compress I(X; Z)
  keep I(X; Z)
  train { epochs = 5 }
}
`,
  fixed: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 0.1 .. 100 log
  anneal beta from 100 over 5 epochs
  compress I(X; Z)
  keep I(X; Z)
  train { epochs = 5 }
}
`,
  check(spec, { schedules }, tree) {
    const { value: training, unit } = lengthOf(spec.training);
    return schedules.flatMap((schedule) => {
      const { knob, to, atEnd } = schedule;
      const taken = takenBy(schedule);
      if (atEnd === undefined || taken <= training) return [];
      const statement = tree.statements.find(
        (candidate) => candidate.kind === "anneal" && candidate.name.text === knob,
      );
      const range = statement?.range ?? spec.knobs.find(({ name }) => name === knob)!.range;
      const message = `The schedule of \`${knob}\` takes ${taken} ${unit} and training ends after ${training}: \`${knob}\` is ${rounded(atEnd)} then, not ${to}. Shorten the schedule, or raise \`${unit}\`.`;
      const more = statement?.kind === "anneal" ? shortened(schedule, statement, training) : {};
      return [report(unfinishedSchedule, range, message, more)];
    });
  },
};
