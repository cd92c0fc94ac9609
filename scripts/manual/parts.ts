/** Parts of files that are otherwise written by hand, made from the lists or the measured pages that they follow. */
import { commands } from "../../cli/commands/index";
import { executors } from "../../core/train/executors/index";
import { editorCommands, type EditorCommand } from "../../services/commands";
import { firstSentence } from "./markdown";
import { withFigures } from "./monitoring";

export interface Part {
  /** Path from the root. */
  file: string;
  /** The file's text with its parts as the lists have them. @throws Error when a part has no place in the text */
  write(text: string): string;
}

export const parts: readonly Part[] = [
  { file: "README.md", write: withCommands },
  { file: "package.json", write: withContributions },
  { file: "docs/monitoring.md", write: withFigures },
];

/** The list of commands in the README. */
function withCommands(text: string): string {
  const rows = commands.map(({ name, operands, doc }) => [
    `bottleneck ${name} ${operands}`.trimEnd(),
    firstSentence(doc),
  ]);
  const width = Math.max(...rows.map(([call]) => call!.length));
  const list = rows.map(([call, doc]) => `${call!.padEnd(width)}  ${doc}`).join("\n");
  const place = /(## On the command line\n\n```\n)[\s\S]*?(\n```\n)/;
  if (!place.test(text)) throw new Error('README.md has no list of commands under "On the command line"');
  return text.replace(place, (_, before: string, after: string) => before + list + after);
}

interface Contributions {
  commands: unknown;
  menus: unknown;
  keybindings: unknown;
  configuration: { properties: Record<string, Record<string, unknown>> };
}

const IN_SPEC = "editorLangId == bottleneck";

/** Commands, their menus and keys, and the executors that the settings offer. */
function withContributions(text: string): string {
  const manifest = JSON.parse(text) as { contributes: Contributions };
  const { contributes } = manifest;
  const all: readonly EditorCommand[] = editorCommands;
  const onSpec = all.filter((command) => command.onSpec);
  contributes.commands = all.map(({ id, title, icon }) => ({
    command: id,
    title,
    category: "Bottleneck",
    ...(icon === undefined ? {} : { icon: `$(${icon})` }),
  }));
  contributes.menus = {
    commandPalette: onSpec.map(({ id }) => ({ command: id, when: IN_SPEC })),
    "editor/title": onSpec
      .filter(({ inTitle }) => inTitle)
      .map(({ id }) => ({ command: id, when: IN_SPEC, group: "navigation" })),
    "editor/context": onSpec.map(({ id }, i) => ({
      command: id,
      when: IN_SPEC,
      group: `bottleneck@${i + 1}`,
    })),
    "file/newFile": all.filter(({ inNewFile }) => inNewFile).map(({ id }) => ({ command: id })),
  };
  contributes.keybindings = all.flatMap(({ id, key }) =>
    key === undefined ? [] : [{ command: id, ...key, when: `editorTextFocus && ${IN_SPEC}` }],
  );
  const setting = contributes.configuration.properties["bottleneck.preview.executor"]!;
  const offered = executors.filter((executor) => executor.offered);
  setting["enum"] = ["auto", ...offered.map(({ id }) => id)];
  setting["enumDescriptions"] = [
    "The one whose steps are fastest on the spec; the panel lists them with their times.",
    ...offered.map(({ doc }) => doc),
  ];
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
