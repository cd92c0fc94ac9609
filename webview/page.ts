/** The page's body, the same in an editor and in a browser tab; the script fills it. */
export const pageBody = (): string =>
  `<main id="panel"><p class="quiet">Connecting to the trainer …</p></main>`;

/** What an editor tells the panel to show a page of it, by its id. The protocol of runs does not cover it. */
export interface ShowPage {
  kind: "showPage";
  page: string;
}

/**
 * The content policy of the page. Nothing is loaded from anywhere but the page's own origin; no inline script.
 * @param source where scripts and styles may come from (`'self'`, or the editor's own scheme)
 * @param connect where the page may connect to; absent in an editor, whose messages need no connection
 * @param script which scripts may run, where that is narrower: `'nonce-...'`
 */
export function contentPolicy(source: string, connect?: string, script = source): string {
  return [
    "default-src 'none'",
    `script-src ${script}`,
    `style-src ${source}`,
    `img-src ${source} data:`,
    `font-src ${source}`,
    // A trainer for the page's GPU, whose script the editor hands over as text.
    "worker-src blob:",
    ...(connect === undefined ? [] : [`connect-src ${connect}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
