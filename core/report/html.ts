/** The report of a run as one HTML file: no scripts, nothing from elsewhere, light and dark by its style. */
import { hasTrained, judgedText } from "./judged";
import { exportMark } from "../export/target";
import { whole } from "../language/number-text";
import { changeTitle } from "../theory/change";
import { barelyReadTexts } from "../train/barely-read";
import { checkpointText } from "../train/checkpoint";
import { apartText, leftBehindNote, leftBehindText } from "../train/left-behind/sentence";
import { measurements } from "../train/measurements/index";
import { tablesOf } from "../train/measurements/tables";
import type { SpecSummary, Verdict } from "../train/protocol";
import type { RunState } from "../train/run-state";
import { escaped } from "../views/svg";
import { lossSvg } from "./curve-svg";
import { measuredRows, termRows } from "./rows";

/** What a training was asked for: names and values, in the order in which they are shown. */
export type Settings = [name: string, value: string][];

/**
 * The document. All that a person or a file has named is escaped.
 * @param seconds from the first step to the last, where that is known
 */
export function htmlReport(run: RunState, seconds: number | undefined, settings: Settings): string {
  const summary = run.summary!;
  const judged = judgedText(run);
  const title = summary.title ? `${summary.name}: ${summary.title}` : summary.name;
  const body = [
    `<h1>${escaped(title)}</h1>`,
    paragraph(summary.method ?? "", "quiet"),
    paragraph(run.sentence, "sentence"),
    ...run.findings.map(({ severity, message, fix }) =>
      paragraph(`${message}${fix ? ` Fix: ${changeTitle(fix)}.` : ""}`, `finding ${severity}`),
    ),
    section("Loss", "in nats", `<p class="loss">${escaped(summary.loss)}</p>`),
    ...curve(run),
    section("Graphs", "what each code reads, and what it must keep", graphs(summary)),
    section(
      "Terms",
      `on ${judged}, in nats where they measure information`,
      htmlTable(termRows(summary, run)) + formulas(summary),
    ),
    ...(run.verdicts.length === 0
      ? []
      : [section("Verdicts", `on ${judged}`, htmlTable(verdictRows(run.verdicts)))]),
    ...tablesOf(measurements, run.measurements).map((one) =>
      section(one.title, `${one.note} (${judged})`, htmlTable(measuredRows(one, run))),
    ),
    ...barelyReadTexts(run.measurements).map((text) => paragraph(text)),
    ...(run.leftBehind.length === 0
      ? []
      : [
          section(
            "Left behind",
            leftBehindNote(run.leftBehind),
            run.leftBehind.map((one) => paragraph(`${leftBehindText(one)} ${apartText(one)}`)).join("\n"),
          ),
        ]),
    section(
      "Settings",
      "",
      htmlTable([["setting", "value"], ...settings, ...outcome(run, summary, seconds)]),
    ),
  ];
  return [
    "<!doctype html>",
    `<!-- ${exportMark} -->`,
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    ...body.filter(Boolean),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

const paragraph = (text: string, kind = ""): string =>
  text === "" ? "" : `<p${kind && ` class="${kind}"`}>${withCode(text)}</p>`;

/** A sentence, escaped, with what is between backquotes as code. */
const withCode = (text: string): string => escaped(text).replace(/`([^`]*)`/g, "<code>$1</code>");

const section = (title: string, note: string, content: string): string =>
  `<section>\n<h2>${escaped(title)}${note && ` <small>${escaped(note)}</small>`}</h2>\n${content}\n</section>`;

/** Rows of cells, the first of them headings; each may be scrolled by itself where it is wide. */
function htmlTable([head = [], ...rows]: readonly string[][]): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${head.map((_, i) => `<${tag}>${escaped(cells[i] ?? "")}</${tag}>`).join("")}</tr>`;
  return `<div class="wide"><table>\n<thead>${line(head, "th")}</thead>\n<tbody>\n${rows.map((row) => line(row, "td")).join("\n")}\n</tbody>\n</table></div>`;
}

/** The loss over the training; nothing where none was trained. */
function curve({ curves }: RunState): string[] {
  const svg = lossSvg(curves);
  const caption = "Loss by step: training (solid), held-out (dashed)";
  return svg === ""
    ? []
    : [section("Training", "", `<figure>${svg}<figcaption>${caption}</figcaption></figure>`)];
}

/** Both graphs as pictures within the page, each with marks of its own name. */
function graphs({ derivation: { encoderGraph, decoderGraph } }: SpecSummary): string {
  const figure = (svg: string, mark: string, caption: string): string =>
    `<figure>${svg
      .replace(' xmlns="http://www.w3.org/2000/svg"', "")
      .replace('id="head"', `id="${mark}"`)
      .replaceAll(
        'marker-end="url(#head)"',
        `marker-end="url(#${mark})"`,
      )}<figcaption>${caption}</figcaption></figure>`;
  return `<div class="graphs">${figure(encoderGraph, "encoder-head", "Encoder graph")}${figure(decoderGraph, "decoder-head", "Decoder graph")}</div>`;
}

const formulas = ({ terms }: SpecSummary): string =>
  htmlTable([
    ["term", "formula"],
    ...terms.map(({ text, bound, formula }) => [`${text} by ${bound}`, formula]),
  ]);

const WORDS: Record<Verdict["verdict"], string> = {
  keeps: "kept",
  some: "kept in part",
  hidden: "hidden by noise only",
  drops: "discarded",
  unjudged: "not judged",
};

/** A row for each code, a column for each factor. */
function verdictRows(verdicts: readonly Verdict[]): string[][] {
  const factors = [...new Set(verdicts.map(({ factor }) => factor))];
  const codes = [...new Set(verdicts.map(({ code }) => code))];
  const cell = (code: string, factor: string): string => {
    const found = verdicts.find((one) => one.code === code && one.factor === factor);
    return found ? WORDS[found.verdict] : "";
  };
  return [["code", ...factors], ...codes.map((code) => [code, ...factors.map((one) => cell(code, one))])];
}

/** What came of the settings: steps, samples, the weights that were judged. */
function outcome(run: RunState, summary: SpecSummary, seconds: number | undefined): string[][] {
  const step = run.progress?.step ?? 0;
  const { train, validation, test } = summary.samples;
  return [
    [
      "Steps",
      `${whole(step)} of ${whole(summary.steps)}${seconds === undefined || !hasTrained(run) ? "" : ` in ${seconds.toFixed(1)} s`}`,
    ],
    ...(run.checkpoint ? [["Measured at", checkpointText(run.checkpoint, step)]] : []),
    ["Samples", `${whole(train)} training, ${whole(validation)} validation, ${whole(test)} test`],
    ["Parameters", whole(summary.parameters)],
    ["Executor", summary.executor],
    ["Hash of the program", summary.identity.program],
    ["Hash of the data", summary.identity.data],
  ];
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c1e21; --quiet: #63676e; --line: #d5d8dd; --back: #ffffff; --warn: #8a4b00; --bad: #a4161a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e5e8; --quiet: #a0a5ad; --line: #3a3e45; --back: #17191c; --warn: #f0b35c; --bad: #ff8a8a; } }
body { margin: 2rem auto; padding: 0 1.25rem; max-width: 62rem; color: var(--ink); background: var(--back); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 0.25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 2rem 0 0.5rem; }
small, .quiet, figcaption { color: var(--quiet); font-weight: normal; font-size: 0.85rem; }
.sentence { font-size: 1.1rem; font-weight: 600; }
.finding { border-left: 3px solid var(--line); padding-left: 0.75rem; }
.warning { border-color: var(--warn); }
.error { border-color: var(--bad); }
.loss { font-family: ui-serif, Cambria, serif; font-size: 1.05rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin-bottom: 0.75rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
.graphs { display: flex; flex-wrap: wrap; gap: 1.5rem; }
figure { margin: 0; max-width: 100%; overflow-x: auto; }
@page { margin: 1.6cm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 12px; } h2, thead { break-after: avoid; } tr, figure, .finding { break-inside: avoid; } }
`;
