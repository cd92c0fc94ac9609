/** The sources as files that import and export names, by the TypeScript parser alone: quick, and it reads no types. */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

export const root = join(import.meta.dirname, "..", "..");

/** Folders of sources; kernels are another language that shares an ending. */
export const FOLDERS = [
  "core",
  "services",
  "server",
  "client",
  "trainer",
  "webview",
  "cli",
  "scripts",
  "test",
];
const OTHER = ["core/train/executors/wasm/kernels", "test/output"];

/** Every file under a folder, by its path from the root with slashes. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (OTHER.includes(path) || entry.name === "node_modules" || entry.name === "__pycache__") return [];
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

interface Import {
  /** Path of the imported file from the root; undefined for a package. */
  file: string | undefined;
  /** Names that are taken of it; undefined for all of them. */
  names: string[] | undefined;
}

export interface Source {
  file: string;
  imports: Import[];
  /** Exported names with their lines. */
  exports: Map<string, number>;
}

const isSource = (file: string): boolean => /\.(ts|tsx|mjs)$/.test(file);

function resolved(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const base = posix.normalize(posix.join(posix.dirname(from), specifier));
  return ["", ".ts", ".tsx", "/index.ts"]
    .map((ending) => base + ending)
    .find((path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile());
}

function read(file: string): Source {
  const tree = ts.createSourceFile(
    file,
    readFileSync(join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const source: Source = { file, imports: [], exports: new Map() };
  const take = (specifier: ts.Expression | undefined, names: string[] | undefined): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    source.imports.push({ file: resolved(file, specifier.text), names });
  };
  const give = (name: string, node: ts.Node): void => {
    source.exports.set(name, tree.getLineAndCharacterOfPosition(node.getStart()).line + 1);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const { importClause } = node;
      const bindings = importClause?.namedBindings;
      const all = bindings !== undefined && ts.isNamespaceImport(bindings);
      const named =
        bindings !== undefined && ts.isNamedImports(bindings)
          ? bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
          : [];
      take(node.moduleSpecifier, all ? undefined : [...named, ...(importClause?.name ? ["default"] : [])]);
    } else if (ts.isExportDeclaration(node)) {
      const { exportClause } = node;
      if (exportClause === undefined || ts.isNamespaceExport(exportClause))
        take(node.moduleSpecifier, undefined);
      else {
        take(
          node.moduleSpecifier,
          exportClause.elements.map(({ propertyName, name }) => (propertyName ?? name).text),
        );
        for (const element of exportClause.elements) give(element.name.text, element);
      }
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      take(node.arguments[0], undefined);
    else if (
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    ) {
      if (ts.isVariableStatement(node))
        for (const { name } of node.declarationList.declarations) give(name.getText(), node);
      else if ("name" in node && node.name !== undefined) give((node.name as ts.Node).getText(), node);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return source;
}

/** Every source file, by its path. */
export function readSources(): Map<string, Source> {
  const files = FOLDERS.flatMap(filesUnder).filter(isSource);
  return new Map(files.map((file) => [file, read(file)]));
}

/** Groups of nodes that reach each other (Tarjan 1972); a node alone is none. */
export function circlesOf(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (open.includes(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return circles;
}
