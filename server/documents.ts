/** The documents an editor has open, each read once a version and once for what it uses. */
import { type Connection, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { canonicalAddress, type Uses } from "../core/language/uses";
import { openDocument, type Document } from "../services/document";
import { UsedTexts } from "./uses";

interface DocumentsHost {
  /** Called when a document is opened or edited. @param before its text before the edit; absent when it is opened */
  changed(uri: string, text: string, before?: string): void;
  /** Called when what a document uses has changed, and with it what is known of the document. */
  usesChanged(uri: string): void;
  closed(uri: string): void;
  /** Whether the editor tells of files that change. */
  watches(): boolean;
  /** The text at an address that is not open. @throws Error that says why there is none */
  read(address: string): Promise<string>;
}

export class Documents {
  private readonly texts = new TextDocuments(TextDocument);
  private readonly read = new Map<string, { document: Document; uses: Uses }>();
  private readonly used: UsedTexts;
  /** The text of each document as it last was. */
  private readonly before = new Map<string, string>();

  constructor(connection: Connection, host: DocumentsHost) {
    this.used = new UsedTexts({
      textOf: (uri) => this.texts.get(uri)?.getText(),
      read: (address) => {
        const open = this.texts.all().find(({ uri }) => canonicalAddress(uri) === address);
        return open ? Promise.resolve(open.getText()) : host.read(address);
      },
      changed: (uri) => host.usesChanged(uri),
      watches: () => host.watches(),
    });
    this.texts.onDidChangeContent(({ document }) => {
      const { uri } = document;
      this.used.edited(uri);
      this.used.refreshUsersOf([uri]);
      const text = document.getText();
      host.changed(uri, text, this.before.get(uri));
      this.before.set(uri, text);
    });
    this.texts.onDidClose(({ document: { uri } }) => {
      this.read.delete(uri);
      this.before.delete(uri);
      this.used.forget(uri);
      // What the disk has takes its place.
      this.used.refreshUsersOf([uri]);
      host.closed(uri);
    });
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.used.refreshUsersOf(changes.map(({ uri }) => uri)),
    );
    this.texts.listen(connection);
  }

  versionOf(uri: string): number | undefined {
    return this.texts.get(uri)?.version;
  }

  /** The newest version, read; undefined when the document is not open. */
  get(uri: string): Document | undefined {
    const text = this.texts.get(uri);
    if (text === undefined) return undefined;
    const uses = this.used.of(uri);
    const known = this.read.get(uri);
    const { document: last } = known ?? {};
    // Some clients send a new text under the version of the last.
    const same = last?.version === text.version && last.text === text.getText();
    if (last && same && known?.uses === uses) return last;
    const document = openDocument(uri, text.version, text.getText(), uses, last);
    this.read.set(uri, { document, uses });
    return document;
  }

  /** Resolves when all that a document uses has been read. */
  settled(uri: string): Promise<void> {
    return this.used.settled(uri);
  }

  /** Every open document, read. */
  all(): Document[] {
    return this.texts.keys().flatMap((uri) => this.get(uri) ?? []);
  }
}
