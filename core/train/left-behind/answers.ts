/**
 * Answers of a reader to one question: log-probabilities of the classes, chosen among those that it gave while it learned.
 * Where it learns on and on, it grows sure of what it only remembers: so the moment, and the temperature that its scores are
 * divided by, are those that answer one half of the held-out rows best, for the answers about the other half.
 */
import type { Question } from "./questions";

/** Log-probabilities of the classes, [rows, classes]. */
export type Answers = Float64Array;

/** Share of every answer that is the class's share of the rows, so that no row costs without limit. */
const PRIOR = 0.01;
const TEMPERATURES = [0.7, 1, 1.4, 2, 2.8, 4];
const LEAST = 1e-12;

/**
 * @param looks at each moment, probabilities [rows, classes] once for each draw of the rows
 * @returns the answers of each draw
 */
export function chosenAnswers(
  looks: readonly (readonly Float32Array[])[],
  question: Question,
  rows: Int32Array,
): Answers[] {
  const { classes, labels } = question;
  const truth = rows.map((row) => labels[row]!);
  const found = looks[0]!.map(() => new Float64Array(rows.length * classes));
  const candidates = looks.flatMap((draws) =>
    TEMPERATURES.map((temperature) => cooled(draws, temperature, question)),
  );
  for (const half of [0, 1]) {
    // Judged on the other half.
    const costs = candidates.map((draws) => {
      let cost = 0;
      for (const answers of draws)
        for (let i = 1 - half; i < rows.length; i += 2)
          if (truth[i]! < classes) cost -= answers[i * classes + truth[i]!]!;
      return cost;
    });
    const best = candidates[costs.indexOf(Math.min(...costs))]!;
    for (const [draw, answers] of best.entries())
      for (let i = half; i < rows.length; i += 2)
        found[draw]!.set(answers.subarray(i * classes, (i + 1) * classes), i * classes);
  }
  return found;
}

/** The log-probabilities of each draw, at a temperature. */
function cooled(
  draws: readonly Float32Array[],
  temperature: number,
  { classes, shares }: Question,
): Answers[] {
  const powers = new Float64Array(classes);
  return draws.map((probabilities) => {
    const out = new Float64Array(probabilities.length);
    for (let at = 0; at < out.length; at += classes) {
      let sum = 0;
      for (let k = 0; k < classes; k++)
        sum += powers[k] = Math.max(LEAST, probabilities[at + k]!) ** (1 / temperature);
      for (let k = 0; k < classes; k++)
        out[at + k] = Math.log((1 - PRIOR) * (powers[k]! / sum) + PRIOR * shares[k]! + LEAST);
    }
    return out;
  });
}
