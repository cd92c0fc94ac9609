/** The preview's page as an editor loads it: head, content policy and addresses around the body that every home shares. */
import * as vscode from "vscode";
import { contentPolicy, pageBody } from "../webview/page";
import type { PanelTarget } from "./panel";

const escape = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function nonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes));
}

/** The folder of the page's script and style: the only one that a panel may load from. */
export const pageFolder = (extension: vscode.Uri): vscode.Uri =>
  vscode.Uri.joinPath(extension, "dist", "webview");

/**
 * The whole page. Only the script that carries this page's nonce runs.
 * @param shows the spec whose preview it is; it keeps this over a reload of the window. Or its derivation alone, or the periodic table.
 */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  shows: PanelTarget | { derivation: PanelTarget } | "table",
): string {
  const address = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(pageFolder(extension), name)).toString();
  const key = nonce();
  const policy = contentPolicy(webview.cspSource, undefined, `'nonce-${key}'`);
  const page = (name: string): string => `<meta name="bottleneck-page" content="${name}" />`;
  const kept = (target: PanelTarget): string =>
    `<meta name="bottleneck-target" content="${escape(JSON.stringify(target))}" />`;
  const subject =
    shows === "table"
      ? page("table")
      : "derivation" in shows
        ? page("derivation") + kept(shows.derivation)
        : kept(shows);
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    ${subject}
    <link rel="stylesheet" href="${escape(address("panel.css"))}" />
    <title>Bottleneck</title>
  </head>
  <body>
    ${pageBody()}
    <script nonce="${key}" src="${escape(address("panel.js"))}"></script>
  </body>
</html>`;
}
