/** Counts of what is told of mutated texts and of what fixes do to them. Gives the body of docs/robustness.md. */
import { survey, surveyFixAll } from "../robustness/survey";

export const page = "docs/robustness.md";

const ONE_FAULT = 3000;
const TWO_FAULTS = 600;

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const list = (lines: readonly string[]): string =>
  lines.length === 0 ? "none" : lines.map((line) => `\n- ${line}`).join("");

export function write(): string {
  const one = survey(ONE_FAULT, 101);
  const all = surveyFixAll(TWO_FAULTS, 102);
  return `# Robustness

Whole files (every method of the catalogue, every example) with a fault put in: a line deleted or doubled; a word or sign
deleted, doubled, mistyped, or exchanged for another of the file. Every third text has the line ends of Windows, every
fourth is indented by tabs. Seeds are fixed.

| | count | |
|---|---|---|
| texts with one fault | ${one.texts} | |
| of these with an error | ${one.faulty} | ${percent(one.faulty, one.texts)} |
| with three findings or more besides those of the whole file | ${one.cascades.length} | ${percent(one.cascades.length, one.texts)}, at most 1 % |
| with an error, and a fix that leaves none | ${one.mended} | ${percent(one.mended, one.faulty)} of those with an error |
| fixes offered and applied | ${one.fixes} | |
| fixes that left the finding, added an error, broke the form, or changed comments, line ends or indent | ${one.failings.length} | none allowed |
| texts with two faults | ${all.texts} | |
| of these changed by all fixes of syntax and spelling at once | ${all.edited} | |
| of these with no fewer errors than before | ${all.failings.length} | none allowed |

Texts with three findings or more: ${list(one.cascades)}
`;
}
