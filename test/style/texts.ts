/** What a person reads, and what an engineer reads, of each source. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

export const root = join(import.meta.dirname, "../..");

/** Files under a folder whose names end so, by their paths from the root; generated sources apart. */
export const filesOf = (folder: string, ...ends: string[]): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => ends.some((end) => name.endsWith(end)) && !name.includes("generated"))
    .sort();

export const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** A text made of words, not a name, a class or a path. */
const isSentence = (text: string): boolean => /[A-Za-z`}] [a-z`$]/.test(text);

/** String literals and text of elements that have several words. The places of a template are written `…`. */
export function literalsOf(path: string): string[] {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, false, kindOf(path));
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) found.push(node.text);
    else if (ts.isTemplateExpression(node))
      found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…"));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((text) => text.replace(/\s+/g, " ")).filter(isSentence);
}

/** Comments of a source, and its identifiers as words. */
export function codeOf(path: string): string {
  const text = read(path);
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, languageOf(path), text);
  const words: string[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const part = scanner.getTokenText();
    if (token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia)
      words.push(part.replace(/\s*\n\s*(\*|\/\/)?\s*/g, " "));
    else if (token === ts.SyntaxKind.Identifier)
      words.push(`${part.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()}\n`);
  }
  return words.join("\n");
}

const kindOf = (path: string): ts.ScriptKind => (path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

const languageOf = (path: string): ts.LanguageVariant =>
  path.endsWith("x") ? ts.LanguageVariant.JSX : ts.LanguageVariant.Standard;

/** The descriptions and titles of the extension's manifest. */
export function manifestTexts(): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") found.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(JSON.parse(read("package.json")));
  return found.filter(isSentence);
}
