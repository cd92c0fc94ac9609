/** Which function of `services` answers which request of the protocol. A language feature is one line here. */
import { type Diagnostic, DocumentDiagnosticReportKind, type TypeHierarchyItem } from "vscode-languageserver";
import { codeActions } from "../services/actions";
import { commandActions } from "../services/command-actions";
import { resolveCompletion } from "../services/completion";
import { derivationMarkdown, derivationPageOf } from "../services/derivation";
import type { FileOf } from "../services/data-findings";
import type { Document } from "../services/document";
import { describeTargets, exportSpec } from "../services/export";
import { foldingRanges } from "../services/folding";
import { formatting } from "../services/formatting";
import { inlayHints } from "../services/hints";
import { prepareHierarchy, subtypes, supertypes } from "../services/hierarchy";
import { hover, isField } from "../services/hover";
import { codeLenses } from "../services/lenses";
import { documentLinks } from "../services/links";
import { movedPaths } from "../services/move";
import { definition, highlights, references } from "../services/navigation";
import { builtInData } from "../services/new-spec/built-in";
import { newSpec } from "../services/new-spec/write";
import { editFor, placeOf } from "../services/place";
import * as extension from "../services/protocol";
import { incompleteWorkspace, prepareRename, rename } from "../services/rename";
import { selectionRanges } from "../services/selection";
import { semanticTokens } from "../services/semantic-tokens";
import { signatureHelp } from "../services/signature";
import { documentSymbols, specPlaces, workspaceSymbols } from "../services/symbols";
import { tableOf } from "../services/table";
import { termsAt } from "../services/terms-at";
import { executeCommand } from "./execute";
import type { Guard, Handler, Runtime } from "./requests";
import { fieldsAt, itemsAt, withEdit, type Files } from "./with-files";
import type { Workspace } from "./workspace";

/** What requests are answered from. */
interface Context extends Files {
  workspace: Workspace;
  runtime: Runtime;
  guarded: Guard;
  /** The findings of a document to show now. */
  findings: (document: Document) => Diagnostic[];
  /** What is known of the data files of a document. */
  fileOf: (document: Document) => FileOf;
}

/** What a request about a document has at least. */
export interface Located {
  textDocument: { uri: string };
}

type About = <P extends Located, R>(
  name: string,
  fallback: R,
  answer: (document: Document, params: P) => R,
) => Handler<P, R>;

/** Wraps a request about an open document; for one that is not open the answer is the fallback. */
function aboutDocument({ guarded, documents }: Context): About {
  return (name, fallback, answer) =>
    guarded(name, fallback, (params) => {
      const document = documents.get(params.textDocument.uri);
      return document === undefined ? fallback : answer(document, params);
    });
}

/** The same, after every file that the document uses has been read: for what a person asked for explicitly. */
function aboutSettledDocument({ guarded, documents }: Context): About {
  return (name, fallback, answer) =>
    guarded(name, fallback, async (params) => {
      await documents.settled(params.textDocument.uri);
      const document = documents.get(params.textDocument.uri);
      return document === undefined ? fallback : answer(document, params);
    });
}

/** The same with every spec of the workspace. */
function aboutWorkspace({ guarded, documents, workspace }: Context) {
  return <P extends Located, R>(
    name: string,
    fallback: R,
    answer: (all: Document[], document: Document, params: P, whole: boolean) => R,
  ): Handler<P, R> =>
    guarded(name, fallback, async (params) => {
      const { documents: all, whole } = await workspace.all();
      const document = documents.get(params.textDocument.uri);
      return document === undefined ? fallback : answer(all, document, params, whole);
    });
}

/** Registers every request that the server answers. */
export function registerFeatures(context: Context): void {
  const about = aboutDocument(context);
  registerCursorFeatures(context, about);
  registerDocumentFeatures(context, about);
  registerOwnRequests(context, about);
  context.connection.onExecuteCommand(
    context.guarded("command", null, (params) => executeCommand(context, params)),
  );
}

/** What is asked about one place of a text. */
function registerCursorFeatures(context: Context, about: About): void {
  const { connection, guarded } = context;
  const everywhere = aboutWorkspace(context);
  connection.onCompletion(guarded("completion", [], (params) => itemsAt(context, params)));
  connection.onCompletionResolve((item) => resolveCompletion(item));
  connection.onHover(
    guarded("hover", null, async ({ textDocument, position }) => {
      const document = context.documents.get(textDocument.uri);
      if (document === undefined) return null;
      const plain = hover(document, position);
      const fields = isField(document, position) ? await fieldsAt(context, document, position) : undefined;
      return fields === undefined ? plain : hover(document, position, fields);
    }),
  );
  connection.onSignatureHelp(
    about("signature help", null, (document, { position }) => signatureHelp(document, position)),
  );
  connection.onDefinition(
    about("definition", null, (document, { position }) => definition(document, position, methodsOf(context))),
  );
  registerHierarchy(context);
  connection.onReferences(
    everywhere("references", [], (all, document, { position, context }) =>
      references(all, document, position, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(
    about("highlights", [], (document, { position }) => highlights(document, position)),
  );
  connection.onPrepareRename(
    about("prepare rename", null, (document, { position }) => prepareRename(document, position)),
  );
  connection.onRenameRequest(
    everywhere("rename", null, (all, document, { position, newName }, whole) => {
      if (!whole) throw incompleteWorkspace();
      return rename(all, document, position, newName);
    }),
  );
  connection.onSelectionRanges(
    about("selection", [], (document, { positions }) => selectionRanges(document, positions)),
  );
}

/** Address of the folder with the texts of the methods, where the editor can open them. */
const methodsOf = ({ abilities, runtime }: Context): string | undefined =>
  abilities().methods ?? runtime.methods;

/** What specs are made from, and what is made from them. */
function registerHierarchy(context: Context): void {
  const { connection, workspace, guarded } = context;
  const { typeHierarchy } = connection.languages;
  typeHierarchy.onPrepare(
    aboutSettledDocument(context)("hierarchy", null, (document, { position }) =>
      prepareHierarchy(document, position, methodsOf(context)),
    ),
  );
  const related = (find: typeof supertypes) =>
    guarded("hierarchy", [], async ({ item }: { item: TypeHierarchyItem }) =>
      find((await workspace.all()).documents, item, methodsOf(context)),
    );
  typeHierarchy.onSupertypes(related(supertypes));
  typeHierarchy.onSubtypes(related(subtypes));
}

/** What is asked about a whole text, or a range of it. */
function registerDocumentFeatures(context: Context, about: About): void {
  const { connection, workspace, guarded, findings, fileOf, abilities } = context;
  connection.onDocumentSymbol(about("symbols", [], documentSymbols));
  connection.onWorkspaceSymbol(
    guarded("workspace symbols", [], async ({ query }) =>
      workspaceSymbols((await workspace.all()).documents, query),
    ),
  );
  connection.workspace.onWillRenameFiles(
    guarded("moved files", null, async ({ files }) => {
      const { documents, whole } = await workspace.all();
      if (!whole)
        connection.console.warn(
          "Only the paths in open files follow this move: not every spec file of the workspace can be listed.",
        );
      return movedPaths(documents, files);
    }),
  );
  connection.onFoldingRanges(about("folding", [], foldingRanges));
  connection.onDocumentFormatting(about("formatting", [], (document) => formatting(document)));
  connection.onDocumentRangeFormatting(
    about("formatting", [], (document, { range }) => formatting(document, range)),
  );
  connection.onCodeAction(
    about("code actions", [], (document, { range, context: { only } }) => [
      ...codeActions(document, range, {
        only,
        resolves: abilities().resolvesEdits,
        fileOf: fileOf(document),
      }),
      ...(abilities().commands ? [] : commandActions(document, range, only)),
    ]),
  );
  connection.onCodeActionResolve((action) => withEdit(context, action));
  connection.onCodeLens(about("code lenses", [], (document) => codeLenses(document, abilities().commands)));
  connection.onDocumentLinks(about("links", [], documentLinks));
  connection.languages.inlayHint.on(
    about("inlay hints", [], (document, { range }) =>
      inlayHints(document, range, { lossLens: abilities().lenses }),
    ),
  );
  connection.languages.semanticTokens.on(
    about("colours", { data: [] }, (document) => semanticTokens(document)),
  );
  connection.languages.semanticTokens.onRange(
    about("colours", { data: [] }, (document, { range }) => semanticTokens(document, range)),
  );
  const report = (items: Diagnostic[]) => ({
    kind: DocumentDiagnosticReportKind.Full as typeof DocumentDiagnosticReportKind.Full,
    items,
  });
  connection.languages.diagnostics.on(
    about("diagnostics", report([]), (document) => report(findings(document))),
  );
}

/** The extension's own requests. */
function registerOwnRequests(context: Context, about: About): void {
  const { connection, documents, guarded } = context;
  const aboutSettled = aboutSettledDocument(context);
  connection.onRequest(extension.specsRequest, about("specs", [], specPlaces));
  connection.onRequest(
    extension.derivationRequest,
    aboutSettled(
      "derivation",
      null,
      (document, { spec }: extension.SpecParams) => derivationMarkdown(document, spec) ?? null,
    ),
  );
  connection.onRequest(
    extension.derivationPageRequest,
    aboutSettled("derivation page", null, (document, { spec }: extension.SpecParams) =>
      derivationPageOf(document, spec),
    ),
  );
  connection.onRequest(
    extension.termsAtRequest,
    about("terms at the cursor", null, (document, { position }: extension.TermsAtParams) =>
      termsAt(document, position),
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
  connection.onRequest(extension.builtInDataRequest, builtInData);
  connection.onRequest(
    extension.newSpecRequest,
    guarded<extension.NewSpecParams, extension.NewSpecAnswer>("new spec", null, newSpec),
  );
  connection.onRequest(extension.exportTargetsRequest, describeTargets);
  connection.onRequest(
    extension.exportRequest,
    aboutSettled<extension.ExportParams, extension.ExportAnswer>(
      "export",
      { error: "The spec could not be exported; the log of the language server says why." },
      exportSpec,
    ),
  );
  connection.onRequest(
    extension.placeRequest,
    aboutSettled("place", null, (document, { spec, name }: extension.PlaceParams) =>
      placeOf(document, spec, name),
    ),
  );
  connection.onRequest(
    extension.changeRequest,
    aboutSettled("change", null, (document, { spec, change }: extension.ChangeParams) =>
      editFor(document, spec, change),
    ),
  );
}
