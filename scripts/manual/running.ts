/** The pages of what is used beside the language: commands, executors and export targets. */
import { commandHelp, exitCodes } from "../../cli/command";
import { commands } from "../../cli/commands/index";
import { exportTargets } from "../../core/export/index";
import { executors } from "../../core/train/executors/index";
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
        ["Command", "What it does"],
        editorCommands.map(({ title, doc }) => [`Bottleneck: ${title}`, doc]),
      ),
    ),
    blocks(
      "## Pages of the panel",
      "The panel of a preview has these pages, in VS Code and in a browser.",
      table(
        ["Page", "What it shows"],
        pages.map(({ title, doc }) => [title, doc]),
      ),
    ),
    blocks(
      "## On the command line",
      `Exit codes: ${exitCodes.ok} when all is well, ${exitCodes.failed} when a spec has errors or the work failed, ${exitCodes.usage} when a command was called in a way that does not exist.`,
    ),
    ...commands.map((command) => blocks(`### ${code(command.name)}`, fenced(commandHelp(command), "text"))),
    link("The manual", "README.md"),
  );

export const executorPage = (): string =>
  page(
    "# Executors",
    `An executor trains previews. All of them give the same numbers up to rounding. ${code("auto")}, the default, is the fastest one available; the setting ${code("bottleneck.preview.executor")} and ${code("bottleneck preview --executor")} name another, and ${code("bottleneck doctor")} lists which are available here, and why others are not.`,
    table(
      ["Executor", "Title", "What it is"],
      executors.map(({ id, title, doc }) => [code(id), title, doc]),
    ),
    link("The manual", "README.md"),
  );

export const exportPage = (): string =>
  page(
    "# Exports",
    `A spec leaves by the command ${code("Bottleneck: Export…")} or ${code("bottleneck export FILE --to TARGET")}. Every file says on a line of its own that Bottleneck wrote it; a new export replaces such a file, and no other one unless asked to. Nothing is exported from a file with errors.`,
    table(
      ["Target", "Title", "Files", "What they are"],
      exportTargets.map(({ id, title, extension, doc }) => [code(id), title, code(`.${extension}`), doc]),
    ),
    link("The manual", "README.md"),
  );
