/** What the server offers an editor, and what the editor offers it. */
import {
  CodeActionKind,
  TextDocumentSyncKind,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver";
import { fixAllKind } from "../services/actions";
import type { InitializationOptions } from "../services/protocol";
import { semanticLegend } from "../services/semanticTokens";

/** What answers depend on. */
export interface EditorAbilities {
  /** Asks for diagnostics itself; others are sent them. */
  pullsDiagnostics: boolean;
  snippets: boolean;
  /** Has the commands of the extension. */
  commands: boolean;
  /** Address of the manual's folder. */
  manual?: string;
}

export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): EditorAbilities {
  const options = initializationOptions as InitializationOptions | null | undefined;
  return {
    pullsDiagnostics: capabilities.textDocument?.diagnostic !== undefined,
    snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
    commands: options?.commands === true,
    ...(typeof options?.manual === "string" ? { manual: options.manual } : {}),
  };
}

export const initializeResult = (abilities: EditorAbilities, version: string): InitializeResult => ({
  serverInfo: { name: "bottleneck-language-server", version },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: {
      triggerCharacters: [":", "=", "(", ",", ";", "|", '"', " "],
      resolveProvider: true,
    },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: [",", "="] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    semanticTokensProvider: { legend: semanticLegend, full: true, range: true },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
    ...(abilities.commands ? { codeLensProvider: {} } : {}),
    inlayHintProvider: true,
    documentLinkProvider: {},
    ...(abilities.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: "bottleneck",
            interFileDependencies: false,
            workspaceDiagnostics: false,
          },
        }
      : {}),
  },
});
