/** How every request is answered: late cancellations are heard, faults are logged and give a fallback. */
import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import type { FolderEntry, FolderRequest } from "../services/completion/paths";
import type { DataFileRequest } from "../services/declare";
import type { NewFile } from "../services/execute";
import type { SpecData } from "../services/new-spec/data";
import { Refusal } from "../services/refusal";

/** What the server is handed by its home, so that it runs in Node and in a browser's worker alike. */
export interface Runtime {
  /** Resolves after messages that have already arrived were read. */
  turn(): Promise<void>;
  /** Calls back once after some milliseconds; returns how to stop that. */
  after(milliseconds: number, callback: () => void): () => void;
  /** The text of a `file:` that a spec uses, where this home has files. @throws Error that says why there is none */
  readUse?(address: string): Promise<string>;
  /** What is in a data file that a spec names, where this home has files. @throws Error that says why it is not read */
  readData?(request: DataFileRequest): Promise<SpecData>;
  /** What is in a folder that a path in a spec names, where this home has files. @throws Error where it cannot be listed */
  listFolder?(request: FolderRequest): Promise<FolderEntry[]>;
  /** Addresses of the spec files in a folder and below it, where this home can list all of them. */
  specsIn?(folder: string): Promise<string[] | undefined>;
  /** Whether there is a file or a folder at the address of a file, where this home has files. */
  exists?(address: string): Promise<boolean>;
  /** Keeps a page as a file until the server ends, so that an editor can open it. @returns its address */
  keepPage?(page: NewFile): Promise<string>;
  /** Address of the manual's folder, with a slash at its end, where it is installed beside the server. */
  manual?: string;
  /** The same of the folder with the texts of the methods. */
  methods?: string;
}

/** A handler with the signature that a connection's `on...` functions take. */
export type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;

const cancelled = (): ResponseError<never> =>
  new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");

const uninitialized = (): ResponseError<never> =>
  new ResponseError(ErrorCodes.ServerNotInitialized, "The server must be initialized first.");

const outdated = (): ResponseError<never> =>
  new ResponseError(LSPErrorCodes.ContentModified, "The document changed while it was being read.");

/** Wraps a request: late cancellations and newer versions are answered as such, a fault gives the fallback. */
export type Guard = <P, R>(name: string, fallback: R, answer: (params: P) => R | Promise<R>) => Handler<P, R>;

/**
 * Makes the wrapper of a connection's requests.
 * @param isInitialized whether the editor has introduced itself: until then nothing is answered
 * @param versionOf version of the document a request is about, if it is about one: an answer that was asked of one
 *   version is not given from another
 */
export function requestGuard(
  connection: Connection,
  runtime: Runtime,
  isInitialized: () => boolean,
  versionOf: (params: unknown) => number | undefined,
): Guard {
  return (name, fallback, answer) => async (params, token) => {
    if (!isInitialized()) return uninitialized();
    const asked = versionOf(params);
    await runtime.turn();
    if (token.isCancellationRequested) return cancelled();
    if (versionOf(params) !== asked) return outdated();
    try {
      const result = await answer(params);
      if (token.isCancellationRequested) return cancelled();
      // Answers that wait for files may be overtaken by an edit.
      return versionOf(params) === asked ? result : outdated();
    } catch (error) {
      if (error instanceof Refusal) return new ResponseError(LSPErrorCodes.RequestFailed, error.message);
      connection.console.error(
        `${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return fallback;
    }
  };
}
