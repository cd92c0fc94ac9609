import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { vocabulary } from "../../core/language/vocabulary";

const grammar = fileURLToPath(new URL("../../syntaxes/bottleneck.tmLanguage.json", import.meta.url));

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Compares the scopes that a fixture marks with those of the grammars. */
async function checkScopes(...options: string[]): Promise<void> {
  const program = createRequire(import.meta.url).resolve("vscode-tmgrammar-test/dist/unit.js");
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...options]).catch(
    (error: { stdout: string }) => assert.fail(error.stdout),
  );
  assert.match(stdout, /run success/, "no fixture was run");
}

test("the scopes marked in the fixtures are those the grammar gives", () =>
  checkScopes("-g", grammar, file("*.bottleneck")));

// The grammars that package.json contributes, injected into a small Markdown grammar with a rule for any other fence.
test("fences of specs in Markdown are coloured as specs, and nothing else is", () =>
  checkScopes("--config", file("../../package.json"), "-g", file("markdown-host.json"), file("fences.txt")));

test("the grammar knows every word that begins a statement or goes on one", () => {
  const patterns = readFileSync(grammar, "utf8");
  for (const { word } of [
    ...vocabulary.file,
    ...vocabulary.statement,
    ...vocabulary.clause,
    ...vocabulary.role,
  ]) {
    assert.match(patterns, new RegExp(`[(|]${word}[)|]`), word);
  }
});
