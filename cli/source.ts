/** Spec files as commands read them. */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "../core/language/diagnostic";
import { gatherUses, type Origin } from "../core/language/uses";
import { analyse, type Analysis } from "../core/theory/analyse";
import type { AnalysedSpec } from "../core/theory/analysed";
import { readUse } from "../trainer/files";
import { fixesOf } from "../core/theory/fixes";
import { Failure } from "./command";
import { renderDiagnostic } from "./diagnostics";
import type { Terminal } from "./terminal";

export interface Source {
  /** As it was named. */
  file: string;
  text: string;
  origin: Origin;
  analysis: Analysis;
}

/** A text as it is in its file, with all that it uses. @throws Failure when the file cannot be read */
export async function readSource(file: string): Promise<Source> {
  try {
    const found = await stat(file);
    // A device or a pipe may never end.
    if (!found.isFile() && !found.isDirectory())
      throw new Error("it is a device or a pipe; write the spec to a file");
    const text = await readFile(file, "utf8");
    const location = pathToFileURL(resolve(file)).href;
    const origin = { location, uses: await gatherUses(text, location, readUse) };
    return { file, text, origin, analysis: analyse(text, origin) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "it is a folder; give its .bottleneck files"
          : message;
    throw new Failure(`${file} could not be read: ${reason}`);
  }
}

/** More findings than this help nobody: the first ones are fixed first. */
const MOST_SHOWN = 50;

/** Findings with the fixes that were tried on the text. */
export const withTriedFixes = (diagnostics: readonly Diagnostic[], { analysis }: Source): Diagnostic[] =>
  diagnostics.map((diagnostic) => ({ ...diagnostic, fixes: fixesOf(analysis, diagnostic) }));

/** Writes findings to the terminal's messages: the first ones, and how many more there are. */
export function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: Source,
  terminal: Terminal,
): void {
  for (const diagnostic of withTriedFixes(diagnostics.slice(0, MOST_SHOWN), source)) {
    terminal.err(`${renderDiagnostic(diagnostic, source.text, source.file, terminal.style)}\n`);
  }
  if (diagnostics.length > MOST_SHOWN)
    terminal.err(`… and ${diagnostics.length - MOST_SHOWN} more; check --json lists them all.\n`);
}

export const nameOf = ({ tree }: AnalysedSpec): string => tree.name.text;

/** The findings of a spec that no `// allow: code` hides. */
export function findingsOf({ diagnostics }: AnalysedSpec, { analysis }: Source): Diagnostic[] {
  const shown = new Set(analysis.diagnostics);
  return diagnostics.filter((finding) => shown.has(finding));
}

/** The spec of this name, or all of them. @throws Failure when there is none */
export function chooseSpecs({ analysis, file }: Source, name: string | undefined): AnalysedSpec[] {
  const { specs } = analysis;
  if (specs.length === 0) throw new Failure(`${file} contains no spec; begin with: spec Name { ... }`);
  const found = specsNamed(analysis, name);
  if (found.length === 0)
    throw new Failure(`${file} has no spec ${name}; it has ${specs.map(nameOf).join(", ")}`);
  return found;
}

/** The specs of this name, or all where no name is given. */
export const specsNamed = ({ specs }: Source["analysis"], name: string | undefined): AnalysedSpec[] =>
  specs.filter((spec) => name === undefined || nameOf(spec) === name);
