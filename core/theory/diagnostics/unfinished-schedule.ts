import type { Check } from "./check";
import { fix, report } from "../faults/rule";

export const unfinishedSchedule: Check = {
  code: "unfinished-schedule",
  severity: "warning",
  doc: "A schedule that is longer than the training never reaches the value of its knob, so the loss that was trained is not the one that the spec shows. Shorten the schedule or train for more epochs.",
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
    const { epochs } = spec.training;
    return schedules.flatMap(({ knob, over, unit, to, atEnd }) => {
      if (unit !== "epochs" || atEnd === undefined || over <= epochs) return [];
      const statement = tree.statements.find(
        (candidate) => candidate.kind === "anneal" && candidate.name.text === knob,
      );
      const length = statement?.kind === "anneal" ? statement.over.range : undefined;
      const range = statement?.range ?? spec.knobs.find(({ name }) => name === knob)!.range;
      const message = `The schedule of \`${knob}\` takes ${over} epochs and training ends after ${epochs}: \`${knob}\` is ${Number(atEnd.toPrecision(3))} then, not ${to}. Shorten the schedule, or raise \`epochs\`.`;
      const more = length ? fix(`Let it take ${epochs}`, length, String(epochs)) : {};
      return [report(unfinishedSchedule, range, message, more)];
    });
  },
};
