/**
 * The language server: documents kept in step, requests answered from `services`, findings told. It never trains, reads
 * no files and knows no platform: what it needs of one is handed in.
 */
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import { version } from "../package.json";
import { codeActions } from "../services/actions";
import { completions, resolveCompletion } from "../services/completion";
import { derivationMarkdown } from "../services/derivation";
import { diagnostics } from "../services/diagnostics";
import type { Document } from "../services/document";
import { exportSpec } from "../services/export";
import { foldingRanges } from "../services/folding";
import { formatting } from "../services/formatting";
import { inlayHints } from "../services/hints";
import { hover } from "../services/hover";
import { codeLenses } from "../services/lenses";
import { documentLinks } from "../services/links";
import { definition, highlights, prepareRename, references, rename } from "../services/navigation";
import { placeOf } from "../services/place";
import * as extension from "../services/protocol";
import { selectionRanges } from "../services/selection";
import { semanticTokens } from "../services/semantic-tokens";
import { signatureHelp } from "../services/signature";
import { documentSymbols, specPlaces, workspaceSymbols } from "../services/symbols";
import { tableOf } from "../services/table";
import { abilitiesOf, initializeResult, noAbilities, type EditorAbilities } from "./capabilities";
import { Documents } from "./documents";
import { readText } from "./read";
import { requestGuard, type Runtime } from "./requests";

/** Milliseconds of quiet before findings are sent to an editor that does not ask for them. */
const EDIT_QUIET = 200;

/** Among the addresses of documents that wait to be told of: what an editor is to ask for again. */
const REFRESH = "";

/** What a request about a document has at least. */
interface Located {
  textDocument: { uri: string };
}

/** Serves a connection until it ends. */
export function startServer(connection: Connection, runtime: Runtime): void {
  let abilities: EditorAbilities = noAbilities;
  connection.onInitialize((params) => {
    abilities = abilitiesOf(params);
    return initializeResult(abilities, version);
  });
  connection.onInitialized(() => {
    if (!abilities.watchesFiles) return;
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: "**/*.bottleneck" }],
    });
  });

  const manual = (): string | undefined => abilities.manual ?? runtime.manual;
  const waiting = new Map<string, () => void>();
  const tell = (uri: string): void => {
    const document = documents.get(uri);
    if (document === undefined) return;
    void connection.sendDiagnostics({
      uri,
      version: document.version,
      diagnostics: diagnostics(document, manual()),
    });
  };
  const changed = (uri: string): void => {
    if (abilities.pullsDiagnostics) return;
    waiting.get(uri)?.();
    waiting.set(
      uri,
      runtime.after(EDIT_QUIET, () => tell(uri)),
    );
  };
  /** Once for all documents whose used files have changed together. */
  const usesChanged = (uri: string): void => {
    changed(uri);
    waiting.get(REFRESH)?.();
    waiting.set(
      REFRESH,
      runtime.after(EDIT_QUIET, () => {
        for (const method of abilities.refreshes)
          connection.sendRequest(method).catch((error: unknown) => {
            connection.console.error(`${method} failed: ${String(error)}`);
          });
      }),
    );
  };
  connection.onShutdown(() => {
    for (const stop of waiting.values()) stop();
    waiting.clear();
  });
  const closed = (uri: string): void => {
    waiting.get(uri)?.();
    waiting.delete(uri);
    if (!abilities.pullsDiagnostics) void connection.sendDiagnostics({ uri, diagnostics: [] });
  };
  const read = (address: string): Promise<string> => readText(connection, runtime, abilities, address);
  const documents = new Documents(connection, { changed, usesChanged, closed, read });

  const guarded = requestGuard(connection, runtime, (params) => {
    const uri = (params as Partial<Located> | undefined)?.textDocument?.uri;
    return uri === undefined ? undefined : documents.versionOf(uri);
  });
  /** A request about an open document; one that is not open gets the fallback. */
  const about = <P extends Located, R>(
    name: string,
    fallback: R,
    answer: (document: Document, params: P) => R,
  ) =>
    guarded<P, R>(name, fallback, (params) => {
      const document = documents.get(params.textDocument.uri);
      return document === undefined ? fallback : answer(document, params);
    });
  /** The same, once all that the document uses has been read: for what a person asked for. */
  const aboutWhole = <P extends Located, R>(
    name: string,
    fallback: R,
    answer: (document: Document, params: P) => R,
  ) =>
    guarded<P, R>(name, fallback, async (params) => {
      await documents.settled(params.textDocument.uri);
      const document = documents.get(params.textDocument.uri);
      return document === undefined ? fallback : answer(document, params);
    });

  connection.onCompletion(
    about("completion", [], (document, { position, context }) =>
      completions(document, position, {
        snippets: abilities.snippets,
        ...(context?.triggerCharacter === undefined ? {} : { typed: context.triggerCharacter }),
      }),
    ),
  );
  connection.onCompletionResolve((item) => resolveCompletion(item));
  connection.onHover(about("hover", null, (document, { position }) => hover(document, position)));
  connection.onSignatureHelp(
    about("signature help", null, (document, { position }) => signatureHelp(document, position)),
  );
  connection.onDefinition(
    about("definition", null, (document, { position }) => definition(document, position)),
  );
  connection.onReferences(
    about("references", [], (document, { position, context }) =>
      references(document, position, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(
    about("highlights", [], (document, { position }) => highlights(document, position)),
  );
  connection.onPrepareRename(
    about("prepare rename", null, (document, { position }) => prepareRename(document, position)),
  );
  connection.onRenameRequest(
    about("rename", null, (document, { position, newName }) => rename(document, position, newName)),
  );
  connection.onDocumentSymbol(about("symbols", [], documentSymbols));
  connection.onWorkspaceSymbol(
    guarded("workspace symbols", [], ({ query }) => workspaceSymbols(documents.all(), query)),
  );
  connection.onFoldingRanges(about("folding", [], foldingRanges));
  connection.onSelectionRanges(
    about("selection", [], (document, { positions }) => selectionRanges(document, positions)),
  );
  connection.onDocumentFormatting(about("formatting", [], (document) => formatting(document)));
  connection.onDocumentRangeFormatting(
    about("formatting", [], (document, { range }) => formatting(document, range)),
  );
  connection.onCodeAction(
    about("code actions", [], (document, { range, context }) => codeActions(document, range, context.only)),
  );
  connection.onCodeLens(about("code lenses", [], codeLenses));
  connection.onDocumentLinks(about("links", [], documentLinks));
  connection.languages.inlayHint.on(
    about("inlay hints", [], (document, { range }) => inlayHints(document, range)),
  );
  connection.languages.semanticTokens.on(
    about("colours", { data: [] }, (document) => semanticTokens(document)),
  );
  connection.languages.semanticTokens.onRange(
    about("colours", { data: [] }, (document, { range }) => semanticTokens(document, range)),
  );
  connection.languages.diagnostics.on(
    about(
      "diagnostics",
      { kind: DocumentDiagnosticReportKind.Full, items: [] },
      (
        document,
      ): { kind: typeof DocumentDiagnosticReportKind.Full; items: ReturnType<typeof diagnostics> } => ({
        kind: DocumentDiagnosticReportKind.Full,
        items: diagnostics(document, manual()),
      }),
    ),
  );

  connection.onRequest(extension.specsRequest, about("specs", [], specPlaces));
  connection.onRequest(
    extension.derivationRequest,
    aboutWhole(
      "derivation",
      null,
      (document, { spec }: extension.SpecParams) => derivationMarkdown(document, spec) ?? null,
    ),
  );
  connection.onRequest(
    extension.tableRequest,
    guarded<extension.TableParams, extension.TableAnswer>("table", null, async ({ textDocument, spec }) => {
      if (textDocument === undefined) return tableOf(undefined, spec);
      await documents.settled(textDocument.uri);
      return tableOf(documents.get(textDocument.uri)?.analysis, spec);
    }),
  );
  connection.onRequest(
    extension.exportRequest,
    aboutWhole<extension.ExportParams, extension.ExportAnswer>(
      "export",
      { error: "The spec could not be exported; the log of the language server says why." },
      exportSpec,
    ),
  );
  connection.onRequest(
    extension.placeRequest,
    aboutWhole("place", null, (document, { spec, name }: extension.PlaceParams) =>
      placeOf(document, spec, name),
    ),
  );

  connection.listen();
}
