/** A page for each diagnostic, of the theory and of the language's form. */
import { faults } from "../../core/language/faults";
import type { Severity } from "../../core/language/diagnostic";
import { analyseExample, refusedExample } from "./example";
import { refusals } from "../../core/train/refusals";
import { rules } from "../../core/theory/diagnostics/index";
import { blocks, code, facts, fenced, link, page } from "./markdown";

interface Documented {
  code: string;
  severity: Severity;
  doc: string;
  example: string;
  fixed: string;
  files?: Record<string, string>;
  /** Met by a preview alone. */
  refusal?: true;
}

/** What can be wrong with a text's meaning. */
export const meanings: readonly Documented[] = rules.toSorted((a, b) => a.code.localeCompare(b.code));

/** What can be wrong with its form. */
export const forms: readonly Documented[] = Object.entries(faults).map(([name, fault]) => ({
  code: name,
  severity: "error",
  ...fault,
}));

/** What keeps a preview from beginning although nothing is wrong with the text. */
export const refused: readonly Documented[] = refusals.map((rule) => ({ ...rule, refusal: true }));

export function diagnosticPage(documented: Documented): string {
  const { code: name, severity, doc, example, fixed, files = {}, refusal } = documented;
  const all = refusal ? refusedExample(example) : analyseExample(example, documented).diagnostics;
  const found = all.filter((diagnostic) => diagnostic.code === name);
  const fixes = [...new Set(found.flatMap(({ fixes: all = [] }) => all.map(({ title }) => title)))];
  return page(
    `# ${code(name)}`,
    doc,
    facts(["Severity", severity], ["Fixes", fixes.join("; ") || undefined]),
    blocks("## Example", fenced(example)),
    blocks("It is reported as:", ...found.slice(0, 1).map(({ message }) => `> ${message}`)),
    blocks("## Fixed", fenced(fixed)),
    ...Object.entries(files).map(([path, text]) => blocks(`where ${code(path)} is`, fenced(text))),
    link("The manual", "../README.md"),
  );
}
