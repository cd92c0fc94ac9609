/** What the study of samples answers, and how it is shown. */
import { hundredths, whole } from "../../language/number-text";
import type { StudyTable } from "../study";

/** `at least` has its number in `low`; `need` is null unless the answer is an estimate, measured or `at most`. */
type AnswerKind = "estimate" | "measured" | "at least" | "at most" | "none" | "not covered";

/** A score at a number of training samples. */
export interface CurvePoint {
  /** The person's data, or the Gaussian twin of the pilot. */
  from: "data" | "twin";
  rows: number;
  /** The middle of the seeds, and their ends. */
  score: number;
  low: number;
  high: number;
}

export interface SamplesAnswer {
  answer: AnswerKind;
  /** Training samples. */
  need: number | null;
  /** 80 % interval of an estimate; of what was measured, the ends of the seeds. */
  low: number | null;
  high: number | null;
  /** Share of the score's value at the end of the curve. */
  level: number;
  /** The score: `correlation`, `r2 of s`, `accuracy of digit`, or the term in nats. */
  of: string;
  limitedBy: "data" | "steps" | null;
  /** Why, in a few sentences. */
  reason: string;
  /** Of the trainings. */
  seconds: number;
  curve: CurvePoint[];
  /** Needs at several correlations, where the correlation is not known. */
  byCorrelation: { rho: number; need: number; detectable: number }[];
}

/** An answer without a curve. */
export const answered = (
  given: Pick<SamplesAnswer, "answer" | "level" | "of" | "reason"> & Partial<SamplesAnswer>,
): SamplesAnswer => ({
  ...{ need: null, low: null, high: null, limitedBy: null, seconds: 0, curve: [], byCorrelation: [] },
  ...given,
});

/** The score of linear encoders, which the closed form is of. */
export const CORRELATION = "correlation";

/** Two significant digits: no estimate knows more. */
const about = (rows: number): string => whole(Number(Math.round(rows).toPrecision(2)));

/** The answer in one or two sentences; the reason follows. */
export function samplesSentence({ answer, need, low, high, ...given }: SamplesAnswer): string {
  const { level, of, limitedBy, reason } = given;
  const goal = `${of} to reach ${Math.round(100 * level)} % of its final value`;
  const between = low !== null && high !== null ? `, between ${about(low)} and ${about(high)}` : "";
  const design = of === CORRELATION ? "A linear design" : "This design";
  const first: Record<AnswerKind, () => string> = {
    estimate: () => `${design} needs about ${about(need!)} training samples${between}, for ${goal}.`,
    measured: () => `${design} needs ${about(need!)} training samples${between}, for ${goal}.`,
    "at least": () => `${design} needs at least ${about(low!)} training samples for ${goal}.`,
    "at most": () => `${design} needs at most about ${about(need!)} training samples for ${goal}.`,
    none: () => "No number of samples is enough for this design.",
    "not covered": () =>
      limitedBy === "steps"
        ? "The number of samples is not what limits this design."
        : "No number of samples can be given for this design.",
  };
  return `${first[answer]()} ${reason}`;
}

export function samplesTable({ curve, byCorrelation, of }: SamplesAnswer): StudyTable {
  if (byCorrelation.length > 0) {
    return {
      columns: [
        { name: "rho", title: "correlation", doc: "Correlation of each shared direction." },
        { name: "need", title: "samples", doc: "Samples that a linear design needs." },
        {
          name: "detectable",
          title: "detectable from",
          doc: "Samples below which no method detects the link on a line.",
        },
      ],
      rows: byCorrelation.map(({ rho, need, detectable }) => [
        hundredths(rho),
        about(need),
        about(detectable),
      ]),
    };
  }
  return {
    columns: [
      { name: "from", title: "data", doc: "The data of the spec, or their Gaussian twin." },
      { name: "rows", title: "samples", doc: "Training samples." },
      { name: "score", title: of, doc: "Held-out score, the middle of the seeds." },
      { name: "low", title: "lowest", doc: "Lowest of the seeds." },
      { name: "high", title: "highest", doc: "Highest of the seeds." },
    ],
    rows: curve.map(({ from, rows, score, low, high }) => [
      from,
      whole(rows),
      ...[score, low, high].map(hundredths),
    ]),
  };
}

/** The parts of `--json`. */
export const samplesJson = {
  answer: "estimate, measured, at least, at most, none or not covered",
  need: "training samples; null unless the answer is estimate, measured or at most",
  low: "lower end of the interval, or the number of at least; else null",
  high: "upper end of the interval, else null",
  level: "share of the final value of the score that is reached",
  of: "the score: correlation, r2 of a factor, accuracy of a factor, or a term",
  limitedBy: "data or steps; null where neither is known",
  reason: "why, in words",
  seconds: "time of all trainings",
  "curve[]": "score at each number of samples: from (data or twin), rows, score, low, high",
  "byCorrelation[]": "need and detection threshold at several correlations, where none was given",
};
