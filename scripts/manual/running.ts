/** The pages of what is used beside the language: commands, executors and export targets. */
import { commandHelp, exitCodes, type Command } from "../../cli/command";
import { commands } from "../../cli/commands/index";
import { exportTargets } from "../../core/export/index";
import { executors, type ExecutorDescription } from "../../core/train/executors/index";
import { editorCommands } from "../../services/commands";
import { pages } from "../../webview/pages/index";
import { blocks, code, fenced, link, page, table } from "./markdown";

export const commandPage = (): string =>
  page(
    "# Commands",
    "The same work is done in the editor and on the command line.",
    blocks(
      "## In the editor",
      table(
        ["Command", "Description"],
        editorCommands.map(({ title, doc }) => [`Bottleneck: ${title}`, doc]),
      ),
    ),
    blocks(
      "## Pages of the panel",
      "The panel of a preview has these pages, in VS Code and in a browser.",
      table(
        ["Page", "Content"],
        pages.map(({ title, doc }) => [title, doc]),
      ),
    ),
    blocks(
      "## On the command line",
      `Exit codes: ${exitCodes.ok} on success, ${exitCodes.failed} when a spec has errors or the command failed, ${exitCodes.usage} when the arguments are invalid.`,
    ),
    ...commands.map((command) =>
      blocks(`### ${code(command.name)}`, fenced(commandHelp(command), "text"), jsonTable(command)),
    ),
    link("The manual", "README.md"),
  );

/** What a command prints as JSON, where it says so. */
const jsonTable = ({ json }: Command): string | undefined =>
  json &&
  blocks(
    `With ${code("--json")}:`,
    table(
      ["Name", "Meaning"],
      Object.entries(json).map(([name, meaning]) => [code(name), meaning]),
    ),
  );

export const executorPage = (): string =>
  page(
    "# Executors",
    `An executor trains previews. All of them give the same numbers up to rounding; ${code("docs/parity.md")} shows how closely, for every method. Every training begins with ${code("wasm")}. ${code("auto")}, the default, measures the others on the spec's own program after a second of training, and the fastest takes over; nothing is measured where less than five seconds are left. The panel lists all executors at its foot: which one trains, how long a step takes on each, why others are not available. The setting ${code("bottleneck.preview.executor")} and ${code("bottleneck preview --executor")} name one instead; to compare runs to the last digit, name it. ${code("bottleneck doctor")} lists which are available here, and why others are not.`,
    table(
      ["Executor", "Title", "Description"],
      executors.map((executor) => [code(executor.id), executor.title, described(executor)]),
    ),
    link("The manual", "README.md"),
  );

const described = ({ doc, commandLine }: ExecutorDescription): string =>
  commandLine === undefined ? doc : `${doc} On the command line, ${commandLine}`;

export const exportPage = (): string =>
  page(
    "# Exports",
    `Export a spec with the command ${code("Bottleneck: Export…")} or ${code("bottleneck export FILE --to TARGET")}. Every exported file contains a line that says that Bottleneck wrote it. A new export replaces such a file; it replaces another file only if you ask for it. Nothing is exported from a file with errors.`,
    table(
      ["Target", "Title", "Files", "Description"],
      exportTargets.map(({ id, title, extension, doc }) => [code(id), title, code(`.${extension}`), doc]),
    ),
    link("The manual", "README.md"),
  );
