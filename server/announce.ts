/** What the server sends without being asked: diagnostics after a pause in typing, and requests to ask again. */
import type { Connection, Diagnostic } from "vscode-languageserver";
import { diagnosticRefresh, type EditorAbilities } from "./capabilities";
import type { Runtime } from "./requests";

/** Milliseconds without an edit before diagnostics are sent to an editor that does not ask for them. */
const EDIT_QUIET = 200;

/** The key of the one pending refresh, among the addresses of documents with pending diagnostics. */
const REFRESH = "";

interface Announced {
  version: number;
  diagnostics: Diagnostic[];
}

/** Sends diagnostics and refreshes of one connection. */
export class Announcer {
  private readonly pending = new Map<string, () => void>();

  /**
   * @param abilities of the editor, which are known only after it has introduced itself
   * @param read the newest version of an open document; undefined when it is not open
   */
  constructor(
    private readonly connection: Connection,
    private readonly runtime: Runtime,
    private readonly abilities: () => EditorAbilities,
    private readonly read: (uri: string) => Announced | undefined,
  ) {}

  /** A document was opened or edited. */
  changed(uri: string): void {
    if (this.abilities().pullsDiagnostics) return;
    this.schedule(uri, () => this.send(uri));
  }

  /** A file that a document uses has changed; the editor is asked to refresh once for all such documents. */
  usesChanged(uri: string): void {
    this.changed(uri);
    this.schedule(REFRESH, () => this.refresh(this.abilities().refreshes));
  }

  /** All findings are to be shown in another way. */
  shownAnew(uris: readonly string[]): void {
    if (!this.abilities().pullsDiagnostics) for (const uri of uris) this.changed(uri);
    else if (this.abilities().refreshes.includes(diagnosticRefresh)) this.refresh([diagnosticRefresh]);
  }

  /** The findings of a document are others than those that were last shown, and it was not edited. */
  found(uri: string): void {
    const { pullsDiagnostics } = this.abilities();
    if (pullsDiagnostics) this.refresh([diagnosticRefresh]);
    else this.send(uri);
  }

  /** A document was closed: its diagnostics go. */
  closed(uri: string): void {
    this.pending.get(uri)?.();
    this.pending.delete(uri);
    if (!this.abilities().pullsDiagnostics) void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  private send(uri: string): void {
    const found = this.read(uri);
    if (found !== undefined) void this.connection.sendDiagnostics({ uri, ...found });
  }

  private refresh(methods: readonly string[]): void {
    for (const method of methods)
      this.connection.sendRequest(method).catch((error: unknown) => {
        this.connection.console.error(`${method} failed: ${String(error)}`);
      });
  }

  private schedule(key: string, send: () => void): void {
    this.pending.get(key)?.();
    this.pending.set(key, this.runtime.after(EDIT_QUIET, send));
  }

  /** Sends nothing more. */
  stop(): void {
    for (const cancel of this.pending.values()) cancel();
    this.pending.clear();
  }
}
