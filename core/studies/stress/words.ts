/** What a stress test found, in sentences and as a table. */
import { hundredths, signed } from "../../language/number-text";
import { count } from "../../language/text";
import type { StudyTable } from "../study";
import type { StressAnswer, Tested } from "./answer";

/** At most three sentences: what matters most, what to do about it, and how much of the rest holds. */
export function stressSentence({ name, tests }: StressAnswer): string {
  const [worst] = tests;
  if (worst === undefined) return `Nothing of ${name} could be tested.`;
  const broken = tests.filter((one) => one.broken);
  const holding = tests.filter(({ holds }) => holds).length;
  const rest = `${holding} of ${count(tests.length, "test")} certainly ${holding === 1 ? "leaves" : "leave"} more than two thirds of every factor`;
  if (broken.length === 0)
    return `No test breaks ${name}. The largest loss is with: ${lowered(worst.title)}; ${movedText(worst)}. ${rest}.`;
  return `${name} breaks with: ${lowered(worst.title)}; ${movedText(worst)}. ${worst.advice} ${count(broken.length, "test")} of ${tests.length} ${broken.length === 1 ? "breaks" : "break"} it; ${rest.replace(` of ${count(tests.length, "test")}`, "")}.`;
}

/** Within a sentence; a title that begins with a name keeps it. */
const lowered = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

/** `label falls from 0.99 to 0.50 (accuracy; change -0.49, between -0.52 and -0.46)`. */
function movedText({ factor, before, after, low, high, measure }: Tested): string {
  const verb = after < before ? "falls" : "rises";
  return `${factor} ${verb} from ${hundredths(before)} to ${hundredths(after)} (${measure}; change ${signed(after - before)}, between ${signed(low)} and ${signed(high)})`;
}

const verdictOf = ({ broken, holds, possible, before, after }: Tested): string =>
  broken
    ? "breaks"
    : holds && possible !== undefined && possible < before && after < before
      ? "holds what is possible"
      : holds
        ? "holds"
        : "not certain";

export const stressTable = ({ tests, refused }: StressAnswer): StudyTable => ({
  columns: [
    { name: "test", title: "Test", doc: "The change, the worst where a test has several; worst test first." },
    {
      name: "kind",
      title: "Kind",
      doc: "`ablation`: the design is changed or loses a stream, and is judged by what could be kept at all; `shift`: its data, or a knob, are.",
    },
    { name: "factor", title: "Factor", doc: "The factor that loses most of what the codes kept of it." },
    {
      name: "before",
      title: "Before",
      doc: "What a linear probe reads of the best code on test samples: accuracy of a label, R² of a number; mean over seeds.",
    },
    { name: "after", title: "After", doc: "The same after the change." },
    {
      name: "low",
      title: "Change, low",
      doc: "Lower end of the interval of after - before; all intervals together hold with 95 %.",
    },
    { name: "high", title: "Change, high", doc: "Upper end of that interval." },
    {
      name: "verdict",
      title: "Verdict",
      doc: "`breaks`: certainly more than a third of what could be kept is lost; `holds`: certainly less; `not certain`: more seeds would be needed.",
    },
    {
      name: "nuisance",
      title: "The nuisance itself",
      doc: "The factor that the test moves in the data, before and after: what a probe reads of it moves by construction, so it is not judged, unless it is to be forgotten.",
    },
    { name: "findings", title: "New findings", doc: "Findings that only the changed trainings have." },
  ],
  rows: [
    ...tests.map((one) => [
      one.title,
      one.kind,
      `${one.factor} (${one.measure})`,
      hundredths(one.before),
      hundredths(one.after),
      signed(one.low),
      signed(one.high),
      verdictOf(one),
      one.nuisance === undefined
        ? ""
        : `${one.nuisance.factor}: ${hundredths(one.nuisance.before)} to ${hundredths(one.nuisance.after)}`,
      one.findings.join(", "),
    ]),
    ...refused.map(({ title, reason }) => [
      title,
      null,
      null,
      null,
      null,
      null,
      null,
      `not tested: ${reason}`,
      null,
      null,
    ]),
  ],
});
