import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "../../core/language/parser";
import { print } from "../../core/language/printer";
import { anyTree, meaning } from "./trees";

test("any tree that is printed parses to itself, and prints the same again", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const text = print(tree);
      const { tree: read, diagnostics } = parse(text);
      assert.deepEqual(diagnostics, [], `this print has errors:\n${text}`);
      assert.deepEqual(meaning(read), meaning(tree), `this print means something else:\n${text}`);
      assert.equal(print(read), text);
    }),
    { numRuns: 500 },
  );
});
