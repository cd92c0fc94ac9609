/**
 * The commands that the server carries out itself, for editors that have no extension. Each is a function of a document:
 * it returns what the editor is to be shown, and `server/execute.ts` shows it. Nothing is trained and no file is written here.
 */
import type { Position } from "vscode-languageserver-types";
import { exportTargetIds } from "../core/export/index";
import type { SpecTree } from "../core/language/tree";
import type { AnalysedSpec } from "../core/theory/analysed";
import { shortLoss } from "../core/views/short-loss";
import { derivationMarkdown } from "./derivation";
import { specNamed } from "./derived";
import { recognitionText } from "./describe";
import { offsetAt, touches, type Document } from "./document";
import { exportSpec } from "./export";
import { Refusal } from "./refusal";

interface ServerCommand {
  id: string;
  /** As a list of commands shows it. */
  title: string;
  /** What it does, in one sentence. */
  doc: string;
}

export const serverCommands = [
  {
    id: "bottleneck.server.derive",
    title: "Show the derivation",
    doc: "Shows step by step how the loss follows from the terms, as a page of Markdown.",
  },
  {
    id: "bottleneck.server.recognise",
    title: "Name the method",
    doc: "Names the published method of the loss, or the closest method and the differences.",
  },
  {
    id: "bottleneck.server.export",
    title: "Export",
    doc: `Writes the spec as \`target\` (${exportTargetIds.map((id) => `\`${id}\``).join(", ")}) into new files beside it; never replaces a file.`,
  },
  {
    id: "bottleneck.server.preview",
    title: "Preview",
    doc: "Gives the command line that trains the spec and shows it in a browser; the server itself never trains.",
  },
] as const satisfies readonly ServerCommand[];

export type ServerCommandId = (typeof serverCommands)[number]["id"];

/** The one argument of every command: a document, and which of its specs; the first where neither is given. */
export interface ExecuteArgument {
  textDocument: { uri: string };
  /** Name of the spec. */
  spec?: string;
  /** A place in the spec. */
  position?: Position;
  /** Id of an export target. */
  target?: string;
}

/** A file that there is not yet. */
export interface NewFile {
  name: string;
  text: string;
}

/** What a command has the editor show, or why it could not be carried out. */
export type Outcome =
  | {
      /** What the request is answered with. */
      text: string;
      /** A sentence for the person, where no page or file shows the text. */
      message: string;
      /** To be opened where the editor can open it. */
      page?: NewFile;
      /** Files to be made beside the document, and the command line that makes them as well. */
      made?: { files: readonly NewFile[]; inTerminal: string };
    }
  | { error: string };

export const isServerCommand = (id: string): id is ServerCommandId =>
  serverCommands.some((command) => command.id === id);

/** @throws Refusal where the arguments of a command are not one `ExecuteArgument` */
export function readArgument(id: ServerCommandId, given: unknown): ExecuteArgument {
  const [argument, ...more] = Array.isArray(given) ? (given as unknown[]) : [];
  const { textDocument, spec, position, target } = fieldsOf(argument);
  const { uri } = fieldsOf(textDocument);
  const { line, character } = fieldsOf(position);
  const isPlace = Number.isInteger(line) && Number.isInteger(character);
  const isText = (value: unknown): value is string | undefined =>
    value === undefined || typeof value === "string";
  if (
    more.length > 0 ||
    typeof uri !== "string" ||
    !isText(spec) ||
    !isText(target) ||
    (position !== undefined && !isPlace)
  )
    throw new Refusal(
      `\`${id}\` needs one argument, \`{ "textDocument": { "uri": "file:///…" } }\`. It may also contain \`spec\`, the name of a spec, or \`position\`, a place in it.`,
    );
  return {
    textDocument: { uri },
    ...(spec === undefined ? {} : { spec }),
    ...(position === undefined ? {} : { position: position as Position }),
    ...(target === undefined ? {} : { target }),
  };
}

/** The fields of what may be an object; null, as some editors write what is absent, is absent. */
const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null))
    : {};

/** Carries out a command on a spec of a document. */
export function execute(id: ServerCommandId, document: Document, argument: ExecuteArgument): Outcome {
  const found = specOf(document, argument);
  if (found === undefined) {
    const { spec } = argument;
    return { error: `This file has no spec${spec === undefined ? "" : ` \`${spec}\``}.` };
  }
  if (id === "bottleneck.server.preview") return preview(document, found);
  if (id === "bottleneck.server.export") return exported(document, found, argument.target);
  if (!found.valid || found.derived === undefined)
    return { error: `\`${found.tree.name.text}\` has errors. Fix the underlined errors, then ask again.` };
  return id === "bottleneck.server.derive" ? derivation(document, found) : recognition(found);
}

/** By name, else at the place, else the first. */
function specOf(document: Document, { spec, position }: ExecuteArgument): AnalysedSpec | undefined {
  const offset = spec === undefined && position ? offsetAt(document, position) : undefined;
  const here =
    offset === undefined
      ? undefined
      : document.analysis.specs.find(({ tree }) => touches(tree.range, offset));
  return here ?? specNamed(document, spec);
}

function derivation(document: Document, { tree, derived }: AnalysedSpec): Outcome {
  const name = tree.name.text;
  const text = derivationMarkdown(document, name)!;
  return {
    text,
    message: `${name}: ${shortLoss(derived!)}`,
    page: { name: `${name}-derivation.md`, text },
  };
}

function recognition({ tree, recognised }: AnalysedSpec): Outcome {
  const name = tree.name.text;
  const told = recognised && recognitionText(recognised);
  const text = told ?? "Not a method of the catalogue, and not close to one.";
  return { text, message: `${name}: ${text.replaceAll("*", "")}` };
}

function exported(document: Document, { tree }: AnalysedSpec, target: string | undefined): Outcome {
  if (target === undefined)
    return { error: `Name an export target: \`target\` is one of ${exportTargetIds.join(", ")}.` };
  const path = pathOf(document.uri);
  if (path === undefined) return notSaved("export");
  const answer = exportSpec(document, { spec: tree.name.text, target });
  if ("error" in answer) return answer;
  const { files } = answer;
  const several = files.length > 1;
  const names = files.map(({ name }) => name).join(", ");
  // An editor makes files by an edit, which it does not save.
  const text = `Exported \`${tree.name.text}\` to ${names}. Save the new file${several ? "s" : ""}.`;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const output = several ? folder : folder + names;
  const inTerminal = `${commandLine("export", path, tree)} --to ${target} --output ${quoted(output)}`;
  return { text, message: text, made: { files, inTerminal } };
}

function preview({ uri }: Document, { tree }: AnalysedSpec): Outcome {
  const path = pathOf(uri);
  if (path === undefined) return notSaved("preview");
  const text = `${commandLine("preview", path, tree)} --serve`;
  return { text, message: `To preview it in a browser, run in a terminal: ${text}` };
}

const notSaved = (action: string): Outcome => ({
  error: `The text is not in a file of this machine. Save it, then ${action} it.`,
});

const commandLine = (command: string, path: string, { name }: SpecTree): string =>
  `bottleneck ${command} ${quoted(path)} --spec ${quoted(name.text)}`;

/** The path of a file's address; undefined for an address of another kind. */
function pathOf(uri: string): string | undefined {
  const { protocol, pathname } = new URL(uri);
  return protocol === "file:" ? decodeURIComponent(pathname).replace(/^\/(?=[A-Za-z]:)/, "") : undefined;
}

/** As a word of a command line: in the quotes of a shell, or of Windows where the path has a drive. */
function quoted(word: string): string {
  if (/^[\w./:-]+$/.test(word)) return word;
  return /^[A-Za-z]:/.test(word) ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
