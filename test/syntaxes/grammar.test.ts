import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { vocabulary } from "../../core/language/vocabulary";

const grammar = fileURLToPath(new URL("../../syntaxes/bottleneck.tmLanguage.json", import.meta.url));

test("the scopes marked in the fixtures are those the grammar gives", async () => {
  const program = createRequire(import.meta.url).resolve("vscode-tmgrammar-test/dist/unit.js");
  const fixtures = fileURLToPath(new URL("*.bottleneck", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, "-g", grammar, fixtures]).catch(
    (error: { stdout: string }) => assert.fail(error.stdout),
  );
  assert.match(stdout, /run success/, "no fixture was run");
});

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
