/**
 * What each row loses on the way from the streams to the codes, of one question. By the streams' own account a row loses
 * KL(p(t | x), p(t | z)) nats, whatever its class is; the mean of that over rows is I(T; X | Z), what the streams tell of T
 * and all codes together do not. What it does lose is log p(t | x) - log p(t | z) at its class t.
 *
 * The two are of different draws of the code. Of a row near a border, a draw may lie on the wrong side; where rows are chosen by what
 * draws lose, only another draw shows whether the code lacks something or the draws were unlucky.
 */
import type { Answers } from "./answers";
import { answered, type Question } from "./questions";

export interface Losses {
  rows: Int32Array;
  /** Nats that each row is expected to lose by some draws of its code, [rows]; its class is not used. */
  expected: Float64Array;
  /** Nats that it loses by another draw, [rows]. */
  found: Float64Array;
  /** The likeliest class by streams and by codes, in the draw of `found`, and the true one, [rows]. */
  byStreams: Int32Array;
  byCodes: Int32Array;
  truth: Int32Array;
}

/**
 * @param draws answers from at least two draws of the codes: the last says what is found, those before what is expected
 * @param asked rows; those whose class is not known are left out
 */
export function lossesOf(
  question: Question,
  streams: Answers,
  draws: readonly Answers[],
  asked: Int32Array,
): Losses {
  const [suspected, codes] = [draws.slice(0, -1), draws.at(-1)!];
  const { classes, labels } = question;
  const places = answered(question, asked);
  const rows = Int32Array.from(places, (place) => asked[place]!);
  const truth = rows.map((row) => labels[row]!);
  const expected = new Float64Array(rows.length);
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const at = places[i]! * classes;
    for (const draw of suspected)
      for (let k = 0; k < classes; k++)
        expected[i]! += (Math.exp(streams[at + k]!) * (streams[at + k]! - draw[at + k]!)) / suspected.length;
    found[i] = streams[at + truth[i]!]! - codes[at + truth[i]!]!;
  }
  const likeliest = (answers: Answers): Int32Array =>
    rows.map((_, i) => {
      const own = answers.subarray(places[i]! * classes, (places[i]! + 1) * classes);
      return own.indexOf(Math.max(...own));
    });
  return { rows, expected, found, byStreams: likeliest(streams), byCodes: likeliest(codes), truth };
}
