/** The manual: every page, made from what the code says of itself. */
import { catalogue } from "../../core/catalogue/index";
import { bounds } from "../../core/theory/bounds/index";
import { sides } from "../../core/theory/sides";
import { boundPage } from "./bounds";
import { dataPage } from "./data";
import { diagnosticPage, forms, meanings } from "./diagnostics";
import { exampleTable } from "./examples";
import { findingsPage } from "./findings";
import { measurementsPage } from "./measurements";
import { blocks, code, firstSentence, link, page, table } from "./markdown";
import { methodPage } from "./methods";
import { tablePage } from "./table";
import { commandPage, executorPage, exportPage } from "./running";
import { criticPage, wordPage, wordPages } from "./words";

/** Text by path within `docs/manual`. */
export function manualPages(): Map<string, string> {
  return new Map([
    ["README.md", index()],
    ...wordPages.map((words): [string, string] => [words.path, wordPage(words)]),
    ["critics.md", criticPage()],
    ["table.md", tablePage()],
    ["data.md", dataPage()],
    ["measurements.md", measurementsPage()],
    ["findings.md", findingsPage()],
    ["commands.md", commandPage()],
    ["executors.md", executorPage()],
    ["exports.md", exportPage()],
    ...bounds.map((bound): [string, string] => [`bounds/${bound.id}.md`, boundPage(bound)]),
    ...[...forms, ...meanings].map((told): [string, string] => [
      `diagnostics/${told.code}.md`,
      diagnosticPage(told),
    ]),
    ...catalogue().map((method): [string, string] => [`methods/${method.file}.md`, methodPage(method)]),
  ]);
}

const index = (): string =>
  page(
    "# The manual",
    "A spec says which information codes pay for and which must survive. The loss is what is compressed less beta times what is kept: every compressed term is replaced by an upper bound, every kept term by a lower one. These pages are made from the descriptions that the editor shows; `node scripts/manual.mjs` writes them.",
    blocks(
      "## The language",
      [
        ...wordPages.map(({ title, path, summary }) => `- ${link(title, path)}: ${summary}`),
        `- ${link("Critics", "critics.md")}: How a bound between two codes scores a pair.`,
        `- ${link("Data", "data.md")}: Generators with known factors, to try a loss on, and files of your own.`,
      ].join("\n"),
    ),
    blocks(
      "## The tool",
      [
        `- ${link("Commands", "commands.md")}: In the editor and on the command line.`,
        `- ${link("Exports", "exports.md")}: What a spec can be written as.`,
        `- ${link("Executors", "executors.md")}: What trains a preview.`,
      ].join("\n"),
    ),
    blocks(
      "## Examples",
      "Specs to open first: each trains on built-in data within half a minute on one core, and its first lines say what to look for.",
      exampleTable("../../examples"),
    ),
    blocks(
      "## A training",
      [
        `- ${link("Measurements", "measurements.md")}: What a preview measures of each code, and how verdicts are made.`,
        `- ${link("Findings", "findings.md")}: What can go wrong in a training, and what to change.`,
      ].join("\n"),
    ),
    blocks(
      "## Bounds",
      "What stands behind `by`.",
      table(
        ["Bound", "Stands in", "Side", "What it computes"],
        bounds.map(({ id, serves, side, doc }) => [
          link(code(id), `bounds/${id}.md`),
          serves.map(code).join(", "),
          sides[side].name,
          firstSentence(doc),
        ]),
      ),
    ),
    blocks(
      "## Methods",
      `Published losses, each with its derivation; ${link("the periodic table", "table.md")} says how they stand to each other.`,
      table(
        ["Method", "What it does"],
        catalogue().map(({ method, file, summary }) => [link(method, `methods/${file}.md`), summary]),
      ),
    ),
    blocks(
      "## What can be wrong with a spec",
      "Every finding is named by a code, and the code by a page: why it matters, a text that has it, the same text mended.",
      listOf(meanings),
    ),
    blocks("## What can be wrong with a text", listOf(forms)),
  );

const listOf = (list: typeof meanings): string =>
  table(
    ["Code", "Severity", "Why"],
    list.map(({ code: name, severity, doc }) => [
      link(code(name), `diagnostics/${name}.md`),
      severity,
      firstSentence(doc),
    ]),
  );
