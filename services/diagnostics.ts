/** What an editor underlines. */
import {
  type Diagnostic as EditorDiagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
} from "vscode-languageserver-types";
import type { Diagnostic, Severity } from "../core/language/diagnostic";
import { rules } from "../core/theory/diagnostics/index";
import { dataFindings, type FileOf } from "./data-findings";
import { locate, toEditorRange, type Document } from "./document";
import { shownSeverity, type Severities } from "./severities";

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const unnecessary = new Set(rules.flatMap((rule) => (rule.unnecessary ? [rule.code] : [])));

/** A finding of a document as an editor shows it. */
export const editorDiagnostic = (
  document: Document,
  { code, severity, message, range, related = [] }: Diagnostic,
): EditorDiagnostic => ({
  range: toEditorRange(document, range),
  severity: severities[severity],
  code,
  source: "bottleneck",
  message,
  ...(unnecessary.has(code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  relatedInformation: related.flatMap((place) => {
    const { library } = document.analysis;
    const source = place.location === undefined ? library.own : library.at(place.location);
    const location = locate(document, source, place.range);
    return location ? [{ message: place.message, location }] : [];
  }),
});

/** All that is found in a document, in the order of the text. */
export function findingsOf({ analysis }: Document, fileOf: FileOf | undefined): Diagnostic[] {
  const ofFiles = fileOf ? dataFindings(analysis, fileOf) : [];
  if (ofFiles.length === 0) return analysis.diagnostics;
  return [...analysis.diagnostics, ...ofFiles].sort((a, b) => a.range.start - b.range.start);
}

/** What an editor has said about how findings are to be shown. */
interface Showing {
  /** Address of the manual's folder, with a slash at its end: each code then links to its page. */
  manual?: string | undefined;
  severities?: Severities;
  fileOf?: FileOf;
}

/** Everything found in a document that is to be shown, in the order of the text. */
export const diagnostics = (
  document: Document,
  { manual, severities: asked = {}, fileOf }: Showing = {},
): EditorDiagnostic[] =>
  findingsOf(document, fileOf).flatMap((finding) => {
    const { code } = finding;
    const severity = shownSeverity(asked, code, finding.severity);
    if (severity === undefined) return [];
    const page = manual === undefined ? {} : { codeDescription: { href: `${manual}diagnostics/${code}.md` } };
    return [{ ...editorDiagnostic(document, { ...finding, severity }), ...page }];
  });
