import type { Diagnostic, Range } from "../../language/diagnostic";
import { count } from "../../language/text";
import { report, type Worded, edited } from "./rule";

const example = `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  missing X rate 0.9
  missing Y rate 0.9
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  knob beta = 8
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy)
  train { batch = 32 }
}
`;

export const fewRows = {
  code: "few-rows",
  severity: "error",
  doc: "A term is the mean over the rows that have every stream it reads. With `missing`, the share of such rows is the product of the shares that have each stream, and a batch must keep at least two. Raise the batch size, or lower the rates.",
  example,
  fixed: edited(example, [
    ["missing X rate 0.9\n  missing Y rate 0.9", "missing X rate 0.5\n  missing Y rate 0.5"],
  ]),

  /** @param rows how many of a batch have `streams`, which the term reads */
  at: (
    range: Range,
    { streams, batch, rows }: { streams: string; batch: number; rows: number },
  ): Diagnostic =>
    report(
      fewRows,
      range,
      `This term reads rows with ${streams}; a batch of ${batch} has ${count(rows, "such row")}, and at least 2 are needed. Raise \`batch\`, or lower the rates of \`missing\`.`,
    ),

  /** @param batch rows, as many as the data allow */
  ofRates: (range: Range, batch: number): Diagnostic =>
    report(
      fewRows,
      range,
      `A batch of this data has ${batch} rows, too few for two that have all this term reads. Give more samples, or lower the rates of \`missing\`.`,
    ),

  /** @param samples of which split; the data themselves lack streams */
  ofData: (
    range: Range,
    { batch, streams, samples }: { batch: number; streams: string; samples: string },
  ): Diagnostic =>
    report(
      fewRows,
      range,
      `This term needs at least 2 rows with ${streams}, and a batch of ${count(batch, `${samples} sample`)} has fewer. Give more of such samples, or raise \`batch\`.`,
    ),
} satisfies Worded;
