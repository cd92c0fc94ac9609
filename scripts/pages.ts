/**
 * Pages of measured results, and whether they are newer than what made them. Each file of test/verify is the script of one
 * page.
 *
 * What made a page is its script with all that it imports, wherever that is: bundled, without types, comments, layout and
 * what is never used. So a page grows stale when something that may change its numbers does, and nobody lists its sources,
 * so none can be forgotten. Names of variables stay, since the bundler's short ones depend on comments too. Sentences of core
 * are left out, since they are for people and change no number; its other texts stay (names, keys of random draws, specs).
 * Packages are left out: their versions are pinned.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import ts from "typescript";

/** Names of the scripts of pages. */
export const pageScripts = (root: string): string[] =>
  readdirSync(join(root, "test/verify"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -".ts".length))
    .sort();

/** The last line of a page: what it was made from. */
export async function markOf(root: string, script: string): Promise<string> {
  const code = await codeOf(join(root, "test/verify", `${script}.ts`));
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
  return `<!-- made by npm run verify from sources ${hash} -->\n`;
}

/** Whether the page in this file was made from other sources than the present ones, or is not there. */
export async function isStale(root: string, script: string, page: string): Promise<boolean> {
  const path = join(root, page);
  return !existsSync(path) || !readFileSync(path, "utf8").endsWith(await markOf(root, script));
}

/**
 * A script and all of the project that it runs, as one text that depends on nothing but what these do.
 * @param leftOut files that are no part of it, by their paths
 */
export async function codeOf(script: string, leftOut?: RegExp): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    legalComments: "none",
    logLevel: "error",
    plugins: [...(leftOut === undefined ? [] : [without(leftOut)]), withoutSentences],
  });
  return outputFiles[0]!.text;
}

/** Leaves files out by their paths. */
const without = (leftOut: RegExp): Plugin => ({
  name: "without-files",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) =>
      leftOut.test(join(resolveDir, path)) ? { path, external: true } : undefined,
    );
  },
});

/** Loads the files of core with their sentences emptied. */
const withoutSentences: Plugin = {
  name: "without-sentences",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]core[\\/].*\.ts$/ }, ({ path }) => ({
      contents: unworded(readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
};

/** Three words or more on one line are a sentence; a spec has several lines. */
const isSentence = (text: string): boolean => !text.includes("\n") && /\S\s+\S+\s+\S/.test(text);

/** The code with what its texts say taken out, where they are sentences. */
function unworded(code: string): string {
  const source = ts.createSourceFile("code.ts", code, ts.ScriptTarget.Latest);
  const sentences: [start: number, end: number][] = [];
  const visit = (node: ts.Node): void => {
    const { kind } = node;
    const text = code.slice(node.getStart(source), node.end);
    const ends =
      kind === ts.SyntaxKind.TemplateHead || kind === ts.SyntaxKind.TemplateMiddle
        ? 2
        : ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateTail(node)
          ? 1
          : 0;
    // A name of an import, of a type or of a property may not be emptied.
    const named = ts.isStringLiteral(node) && !text.includes(" ");
    if (ends > 0 && !named && isSentence(text)) sentences.push([node.getStart(source) + 1, node.end - ends]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sentences.reduceRight((rest, [start, end]) => rest.slice(0, start) + rest.slice(end), code);
}
