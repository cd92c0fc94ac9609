/** What the server offers an editor, and what the editor offers it. */
import {
  CodeActionKind,
  TextDocumentSyncKind,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver";
import { fixAllKind } from "../services/actions";
import { commandKind } from "../services/command-actions";
import { serverCommands } from "../services/execute";
import type { InitializationOptions } from "../services/protocol";
import { semanticLegend } from "../services/semantic-tokens";

/** Asks the editor to ask for diagnostics again. */
export const diagnosticRefresh = "workspace/diagnostic/refresh";

/** What answers depend on. */
export interface EditorAbilities {
  /** Asks for diagnostics itself; others are sent them. */
  pullsDiagnostics: boolean;
  snippets: boolean;
  /** Has the commands of the extension; other editors run those of the server. */
  commands: boolean;
  /** Shows code lenses. */
  lenses: boolean;
  /** Answers requests for the files of a `use`. */
  readsUses: boolean;
  /** Answers requests for the addresses of its spec files. */
  listsSpecs: boolean;
  /** Answers requests for what is in a data file, and in a folder. */
  readsData: boolean;
  /** Asks for the edit of an action when it is chosen. */
  resolvesEdits: boolean;
  /** Can be asked to watch files. */
  watchesFiles: boolean;
  /** Creates files that an edit asks for. */
  createsFiles: boolean;
  /** Opens files that it is asked to. */
  showsDocuments: boolean;
  /** Says when its folders change. */
  changesFolders: boolean;
  /** What it asks for again when it is told to, by the requests that tell it. */
  refreshes: string[];
  /** Address of the manual's folder. */
  manual?: string;
  /** Address of the folder with the texts of the methods. */
  methods?: string;
  /** How severe each code is to be shown, as the editor says it. */
  severity?: unknown;
}

/** Whether findings can be shown later than they are asked for: by sending them, or by having them asked for again. */
export const canShowLater = ({ pullsDiagnostics, refreshes }: EditorAbilities): boolean =>
  !pullsDiagnostics || refreshes.includes(diagnosticRefresh);

/** Of an editor that has not said anything yet. */
export const noAbilities: EditorAbilities = {
  pullsDiagnostics: false,
  snippets: false,
  commands: false,
  lenses: false,
  readsUses: false,
  listsSpecs: false,
  readsData: false,
  resolvesEdits: false,
  watchesFiles: false,
  createsFiles: false,
  showsDocuments: false,
  changesFolders: false,
  refreshes: [],
};

export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): EditorAbilities {
  const workspace = capabilities.workspace ?? {};
  const { diagnostics, codeLens, inlayHint, semanticTokens, didChangeWatchedFiles, workspaceFolders } =
    workspace;
  const refreshable = {
    "workspace/diagnostic": diagnostics,
    "workspace/codeLens": codeLens,
    "workspace/inlayHint": inlayHint,
    "workspace/semanticTokens": semanticTokens,
  };
  const options = initializationOptions as InitializationOptions | null | undefined;
  return {
    pullsDiagnostics: capabilities.textDocument?.diagnostic !== undefined,
    snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
    commands: options?.commands === true,
    lenses: capabilities.textDocument?.codeLens !== undefined,
    readsUses: options?.readsUses === true,
    listsSpecs: options?.listsSpecs === true,
    readsData: options?.readsData === true,
    resolvesEdits:
      capabilities.textDocument?.codeAction?.resolveSupport?.properties.includes("edit") === true,
    watchesFiles: didChangeWatchedFiles?.dynamicRegistration === true,
    createsFiles:
      workspace.applyEdit === true &&
      workspace.workspaceEdit?.resourceOperations?.includes("create") === true,
    showsDocuments: capabilities.window?.showDocument?.support === true,
    changesFolders: workspaceFolders === true,
    refreshes: Object.entries(refreshable).flatMap(([method, said]) =>
      said?.refreshSupport === true ? [`${method}/refresh`] : [],
    ),
    ...(options?.severity === undefined ? {} : { severity: options.severity }),
    ...(typeof options?.manual === "string" ? { manual: options.manual } : {}),
    ...(typeof options?.methods === "string" ? { methods: options.methods } : {}),
  };
}

export const initializeResult = (abilities: EditorAbilities, version: string): InitializeResult => ({
  serverInfo: { name: "bottleneck-language-server", version },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: {
      triggerCharacters: [":", "=", "(", ",", ";", "|", '"', "/", " "],
      resolveProvider: true,
    },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: [",", "="] },
    definitionProvider: true,
    typeHierarchyProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      // Data may be in files of any kind, and in folders.
      fileOperations: { willRename: { filters: [{ pattern: { glob: "**/*" } }] } },
    },
    semanticTokensProvider: { legend: semanticLegend, full: true, range: true },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, fixAllKind, commandKind],
      resolveProvider: abilities.resolvesEdits,
    },
    codeLensProvider: {},
    inlayHintProvider: true,
    executeCommandProvider: { commands: serverCommands.map(({ id }) => id) },
    documentLinkProvider: {},
    ...(abilities.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: "bottleneck",
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }
      : {}),
  },
});
