/** Code lenses above each spec: its preview, its studies, its loss, and the published method that it is or is near to. */
import type { CodeLens } from "vscode-languageserver-types";
import type { EditorCommandId } from "./commands";
import { toEditorRange, type Document } from "./document";
import type { ExecuteArgument, ServerCommandId } from "./execute";
import { lossLine } from "./loss-line";

type Lens = readonly [title: string, command: EditorCommandId | ServerCommandId];

/** The commands that an editor has, as it titles and runs them. */
interface Commands {
  /** What an empty file is started with. */
  starts: readonly Lens[];
  /** What is run on a spec. */
  runs: readonly Lens[];
  derive: Lens[1];
  recognise: Lens[1];
  argumentsOf(uri: string, spec: string): unknown[];
}

/** Of the extension, which shows icons and has one page for the loss and its method. */
const ofExtension: Commands = {
  starts: [
    ["$(new-file) New Spec…", "bottleneck.newSpec"],
    ["Open Example…", "bottleneck.openExample"],
    ["Show the Language", "bottleneck.showLanguage"],
  ],
  runs: [
    ["$(play) Preview", "bottleneck.preview"],
    ["$(beaker) Studies", "bottleneck.openStudies"],
  ],
  derive: "bottleneck.showDerivation",
  recognise: "bottleneck.showDerivation",
  argumentsOf: (uri, spec) => [uri, spec],
};

/** Of the server itself, for every other editor. */
const ofServer: Commands = {
  starts: [],
  runs: [["Preview", "bottleneck.server.preview"]],
  derive: "bottleneck.server.derive",
  recognise: "bottleneck.server.recognise",
  argumentsOf: (uri, spec) => [{ textDocument: { uri }, spec } satisfies ExecuteArgument],
};

/** @param extension whether the editor has the extension's commands */
export function codeLenses(document: Document, extension: boolean): CodeLens[] {
  const commands = extension ? ofExtension : ofServer;
  if (document.text.trim() === "") {
    const range = toEditorRange(document, { start: 0, end: 0 });
    return commands.starts.map(([title, command]) => ({ range, command: { title, command } }));
  }
  return document.analysis.specs.flatMap((spec) => {
    const { tree, valid, recognised } = spec;
    if (tree.name.text === "") return [];
    const range = toEditorRange(document, tree.name.range);
    const args = commands.argumentsOf(document.uri, tree.name.text);
    const lens = (...[title, command]: Lens): CodeLens => ({
      range,
      command: { title, command, arguments: args },
    });
    const loss = lossLine(document, tree.name.text, valid);
    return [
      ...commands.runs.map((run) => lens(...run)),
      ...(loss === undefined ? [] : [lens(loss.text, commands.derive)]),
      ...(valid && recognised?.text ? [lens(shortened(recognised.text), commands.recognise)] : []),
    ];
  });
}

const LONGEST = 90;

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 2).trimEnd()} …`;
