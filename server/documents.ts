/** The documents an editor has open, each read once a version. */
import { type Connection, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { openDocument, type Document } from "../services/document";

export class Documents {
  private readonly texts = new TextDocuments(TextDocument);
  private readonly read = new Map<string, Document>();

  /** @param changed called when a document is opened or edited @param closed called when it is closed */
  constructor(connection: Connection, changed: (uri: string) => void, closed: (uri: string) => void) {
    this.texts.onDidChangeContent(({ document }) => changed(document.uri));
    this.texts.onDidClose(({ document }) => {
      this.read.delete(document.uri);
      closed(document.uri);
    });
    this.texts.listen(connection);
  }

  versionOf(uri: string): number | undefined {
    return this.texts.get(uri)?.version;
  }

  /** The newest version, read; undefined when the document is not open. */
  get(uri: string): Document | undefined {
    const text = this.texts.get(uri);
    if (text === undefined) return undefined;
    const known = this.read.get(uri);
    if (known?.version === text.version) return known;
    const fresh = openDocument(uri, text.version, text.getText());
    this.read.set(uri, fresh);
    return fresh;
  }

  /** Every open document, read. */
  all(): Document[] {
    return this.texts.keys().flatMap((uri) => this.get(uri) ?? []);
  }
}
