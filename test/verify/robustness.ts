/** Counts of findings in mutated texts, of fixes, renames and damaged data files. Gives the body of docs/robustness.md. */
import { readerIds } from "../robustness/data-files";
import { MEMORY, surveyGuarded, type GuardedSurvey } from "../robustness/data-files-guarded";
import { originals } from "../robustness/mutations";
import { surveyRenames } from "../robustness/renames";
import { survey, surveyFixAll } from "../robustness/survey";

export const page = "docs/robustness.md";

const ONE_FAULT = 3000;
const TWO_FAULTS = 600;
/** Of each reader. */
const DATA_FILES = 20_000;

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const list = (lines: readonly string[]): string =>
  lines.length === 0 ? "none" : lines.map((line) => `\n- ${line}`).join("");

function fileRow([id, { files, read, refused, failings, slowest, memory }]: [string, GuardedSurvey]): string {
  const cells = [
    id,
    files,
    read,
    refused,
    failings.length,
    slowest < 1000 ? "less than 1" : (slowest / 1000).toFixed(1),
    Math.round(memory / 2 ** 20),
  ];
  return `| ${cells.join(" | ")} |`;
}

export async function write(): Promise<string> {
  const one = survey(ONE_FAULT, 101);
  const all = surveyFixAll(TWO_FAULTS, 102);
  const renames = originals.map(({ name, text }) => surveyRenames({ [`file:///${name}`]: text }, ["fresh"]));
  const sum = (of: (seen: (typeof renames)[number]) => number): number =>
    renames.reduce((total, seen) => total + of(seen), 0);
  const files = new Map<string, GuardedSurvey>();
  for (const id of readerIds) files.set(id, await surveyGuarded(id, DATA_FILES, 103));
  return `# Robustness

## Texts

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

## Renames

Every declared name of the same files is renamed to a new one, and the losses, findings and data fields of every spec are
compared.

| | count | |
|---|---|---|
| names renamed | ${sum(({ done }) => done)} | |
| of these with another loss, finding or field afterwards | ${sum(({ failings }) => failings.length)} | none allowed |
| names that may not be renamed, with the reason | ${sum(({ refused }) => refused.length)} | |

## Data files

Small files of each reader, cut, doubled in part, or with bytes changed; of a folder, one of its files. Each reader reads them
in a process of its own, which may have ${MEMORY / 2 ** 20} MiB at once and 5 seconds for a file.

| reader | files | read all the same | refused, with what is wrong and what to do | any other outcome | slowest, s | memory, MiB |
|---|---|---|---|---|---|---|
${[...files].map(fileRow).join("\n")}

No other outcome is allowed: ${list([...files.values()].flatMap(({ failings }) => failings.slice(0, 10)))}. How often a preview says that noise is kept is counted in [verdicts.md](verdicts.md).
`;
}
