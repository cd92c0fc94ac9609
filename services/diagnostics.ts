/** What an editor underlines. */
import { type Diagnostic as EditorDiagnostic, DiagnosticSeverity } from "vscode-languageserver-types";
import type { Severity } from "../core/language/diagnostic";
import { locate, toEditorRange, type Document } from "./document";

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/**
 * Everything found in a document, in the order of the text.
 * @param manual address of the manual's folder, with a slash at its end: each code then links to its page
 */
export function diagnostics(document: Document, manual?: string): EditorDiagnostic[] {
  return document.analysis.diagnostics.map(({ code, severity, message, range, related = [] }) => ({
    range: toEditorRange(document, range),
    severity: severities[severity],
    code,
    ...(manual === undefined ? {} : { codeDescription: { href: `${manual}diagnostics/${code}.md` } }),
    source: "bottleneck",
    message,
    relatedInformation: related.flatMap((place) => {
      const { library } = document.analysis;
      const source = place.location === undefined ? library.own : library.at(place.location);
      const location = locate(document, source, place.range);
      return location ? [{ message: place.message, location }] : [];
    }),
  }));
}
