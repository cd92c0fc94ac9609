/** Requests between the server and an editor's extension, beside those of the language server protocol. */
import type { Position, Range, TextEdit } from "vscode-languageserver-types";
import type { ExportedFile, ExportTarget } from "../core/export/target";
import type { Change } from "../core/theory/change";
import type { DerivationPage } from "../core/views/derivation";
import type { TableSummary } from "../core/views/table-summary";
import type { FolderEntry, FolderRequest } from "./completion/paths";
import type { DataFileRequest } from "./declare";
import type { SpecData } from "./new-spec/data";
import type { SpecChoices } from "./new-spec/write";

/** A spec of a document, by name; the first one where no name is given. */
export interface SpecParams {
  textDocument: { uri: string };
  spec?: string;
}

/** Names and places of a document's specs, each with its published method, or what is closest, where its loss is whole. */
export const specsRequest = "bottleneck/specs";
export type SpecsAnswer = { name: string; range: Range; method?: string }[];

/** The derivation of a spec as Markdown; null when the spec cannot be derived. */
export const derivationRequest = "bottleneck/derivation";
export type DerivationAnswer = string | null;

/** The same as a page to be typeset: the last one without errors; null when there has been none. */
export const derivationPageRequest = "bottleneck/derivationPage";
export type DerivationPageAnswer = DerivationPage | null;

/** The terms at a place of a text, by their ids, and the spec that they are of; null outside every spec. */
export const termsAtRequest = "bottleneck/termsAt";
export interface TermsAtParams {
  textDocument: { uri: string };
  position: Position;
}
export type TermsAtAnswer = { spec: string; terms: string[] } | null;

/** The periodic table; with a document, its spec among the methods. */
export const tableRequest = "bottleneck/table";
export type TableParams = Partial<SpecParams>;
/** Null when it could not be made; the log of the language server says why. */
export type TableAnswer = TableSummary | null;

/** What a spec can be exported to. */
export const exportTargetsRequest = "bottleneck/exportTargets";
export type ExportTargetsAnswer = Pick<
  ExportTarget,
  "id" | "title" | "doc" | "format" | "extension" | "folder"
>[];

/** A spec as the files of a target. */
export const exportRequest = "bottleneck/export";
export interface ExportParams extends SpecParams {
  /** Its id. */
  target: string;
}
/** `error` says why there is no file. */
export type ExportAnswer = { files: readonly ExportedFile[] } | { error: string };

/** The place of a name in a spec: its declaration, or the term of that id. */
export const placeRequest = "bottleneck/place";
export interface PlaceParams extends SpecParams {
  name: string;
}
/** `uri`: of another file, which declares it. `version` is that of the document that was asked about. */
export type PlaceAnswer = { version: number; uri?: string; range: Range } | null;

/** The edit that makes a change of a spec. */
export const changeRequest = "bottleneck/change";
export interface ChangeParams extends SpecParams {
  change: Change;
}
/** `uri`: of another file, which is edited. `version` is that of the document that was asked about. */
export type ChangeAnswer = { version: number; uri?: string; edit: TextEdit } | null;

/** Asked of the editor: the text of a file that a spec uses, where the server cannot read it by itself. */
export const readUseRequest = "bottleneck/readUse";
export interface ReadUseParams {
  uri: string;
}
/** `problem` says why there is no text, as the end of a sentence. */
export type ReadUseAnswer = { text: string } | { problem: string };

/** Asked of the editor: what is in a data file that a spec names, where the server is not to read it by itself. */
export const readDataRequest = "bottleneck/readData";
export type ReadDataParams = DataFileRequest;
/** `problem` says why it could not be read, as a sentence. */
export type ReadDataAnswer = { data: SpecData } | { problem: string };

/** Asked of the editor likewise: what is in a folder, where a path is being written. */
export const listFolderRequest = "bottleneck/listFolder";
export type ListFolderParams = FolderRequest;
/** Null where it cannot be listed. */
export type ListFolderAnswer = FolderEntry[] | null;

/** Built-in data that a new spec may start from. */
export const builtInDataRequest = "bottleneck/builtInData";
export type BuiltInDataAnswer = SpecData[];

/** The text of a new spec; null when it could not be written; the log of the language server says why. */
export const newSpecRequest = "bottleneck/newSpec";
export type NewSpecParams = SpecChoices;
export type NewSpecAnswer = string | null;

/** Asked of the editor: the addresses of all spec files of its folders, where the server cannot list them by itself. */
export const listSpecsRequest = "bottleneck/listSpecs";
/** Null where they are more than `MOST_SPECS` (core/language/uses), or cannot all be listed. */
export type ListSpecsAnswer = string[] | null;

/** What an editor may report about itself. */
export interface InitializationOptions {
  /** Whether it answers `readUse`. */
  readsUses?: boolean;
  /** Whether it answers `listSpecs`. */
  listsSpecs?: boolean;
  /** Whether it answers `readData` and `listFolder`. */
  readsData?: boolean;
  /** Whether it offers the commands of the extension; else lenses run those of the server. */
  commands?: boolean;
  /** How severe each code is to be shown: `hint`, `information`, `warning`, `error` or `off`. */
  severity?: Record<string, string>;
  /** Address of the manual's folder, with a slash at its end, where the server cannot know it. */
  manual?: string;
  /** Address of the folder with the texts of the methods, with a slash at its end, where the server cannot know it. */
  methods?: string;
}
