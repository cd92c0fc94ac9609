/** The manual: every page, made from what the code says of itself. */
import { catalogue } from "../../core/catalogue/index";
import { bounds } from "../../core/theory/bounds/index";
import { sides } from "../../core/theory/sides";
import { boundPage } from "./bounds";
import { dataPage } from "./data";
import { diagnosticPage, forms, meanings, refused } from "./diagnostics";
import { editorsPage } from "./editors";
import { exampleTable } from "./examples";
import { findingsPage } from "./findings";
import { measurementsPage } from "./measurements";
import { blocks, code, firstSentence, link, page, table } from "./markdown";
import { methodPage } from "./methods";
import { ownDataPage } from "./own-data";
import { projectPage } from "./projects";
import { studiesPage } from "./studies";
import { stressPage } from "./stress";
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
    ["own-data.md", ownDataPage()],
    ["measurements.md", measurementsPage()],
    ["findings.md", findingsPage()],
    ["studies.md", studiesPage()],
    ["stress.md", stressPage()],
    ["commands.md", commandPage()],
    ["executors.md", executorPage()],
    ["exports.md", exportPage()],
    ["projects.md", projectPage()],
    ["editors.md", editorsPage()],
    ...bounds.map((bound): [string, string] => [`bounds/${bound.id}.md`, boundPage(bound)]),
    ...[...forms, ...meanings, ...refused].map((told): [string, string] => [
      `diagnostics/${told.code}.md`,
      diagnosticPage(told),
    ]),
    ...catalogue().map((method): [string, string] => [`methods/${method.file}.md`, methodPage(method)]),
  ]);
}

const index = (): string =>
  page(
    "# The manual",
    "A spec states which information codes must compress and which they must keep. The loss is the compressed terms minus beta times the kept terms: every compressed term is replaced by an upper bound, every kept term by a lower bound. These pages are made from the descriptions that the editor shows; `node scripts/manual.mjs` writes them.",
    blocks(
      "## The language",
      [
        ...wordPages.map(({ title, path, summary }) => `- ${link(title, path)}: ${summary}`),
        `- ${link("Critics", "critics.md")}: Functions that score a pair of codes.`,
        `- ${link("Data", "data.md")}: Generators with known factors, and the settings of files.`,
        `- ${link("Your own data", "own-data.md")}: From a file to a trained preview, and every format that is read.`,
      ].join("\n"),
    ),
    blocks(
      "## The tool",
      [
        `- ${link("Commands", "commands.md")}: In the editor and on the command line.`,
        `- ${link("Exports", "exports.md")}: Formats of an exported spec.`,
        `- ${link("Training projects", "projects.md")}: From a spec to a trained model, on one machine or many.`,
        `- ${link("Other editors", "editors.md")}: Lines for Neovim, Helix and Emacs.`,
        `- ${link("Executors", "executors.md")}: Engines that train a preview.`,
      ].join("\n"),
    ),
    blocks(
      "## Examples",
      "Specs to open first. Each trains on built-in data within half a minute on one core, and its first lines explain what to look for.",
      exampleTable("../../examples"),
    ),
    blocks(
      "## A training",
      [
        `- ${link("Measurements", "measurements.md")}: What a preview measures of each code, and how verdicts are made.`,
        `- ${link("Findings", "findings.md")}: What can go wrong in a training, and what to change.`,
        `- ${link("Studies", "studies.md")}: Questions that take many trainings: which knob value, how much data, what would break it.`,
        `- ${link("Stress tests", "stress.md")}: What would break a design.`,
      ].join("\n"),
    ),
    blocks(
      "## Bounds",
      "The words after `by`.",
      table(
        ["Bound", "Side of the spec", "Kind", "Value"],
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
      `Published losses, each with its derivation; ${link("the periodic table", "table.md")} shows how they are related.`,
      table(
        ["Method", "Description"],
        catalogue().map(({ method, file, summary }) => [link(method, `methods/${file}.md`), summary]),
      ),
    ),
    blocks(
      "## Errors and warnings of a spec",
      "Every diagnostic has a code, and every code has a page: why it matters, an example that has it, and the same example fixed.",
      listOf(meanings),
      'A comment `// allow: CODE` hides what is not an error on its line or, on a line of its own, on the next line; `bottleneck check` follows it too. The setting `bottleneck.severity` changes how an editor shows a code everywhere, for example `{ "expert-prior": "off" }`: `hint`, `information`, `warning`, `error` or `off`. Errors stay errors. Other editors send it as `severity` in `initializationOptions`, or as `bottleneck.severity` with `workspace/didChangeConfiguration`.',
    ),
    blocks(
      "## Errors of a preview",
      "A preview opens the data, which `bottleneck check` does not, and refuses what it cannot train on.",
      listOf(refused),
    ),
    blocks("## Syntax errors", listOf(forms)),
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
