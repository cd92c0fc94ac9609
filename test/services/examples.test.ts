/** The list of examples, made from their texts. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { generatorOf } from "../../core/data/generators/index";
import { exampleOf } from "../../services/examples";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));

for (const file of readdirSync(folder).filter((name) => name.endsWith(".bottleneck")))
  test(`${file} is listed by its question, with one sentence about it and its data`, () => {
    const example = exampleOf(readFileSync(join(folder, file), "utf8"));
    assert.match(example?.question ?? "", /^[A-Z].*\?$/);
    assert.match(example?.doc ?? "", /^[A-Z].*[.?]$/);
    assert.ok((example?.doc.length ?? 999) <= 160, example?.doc);
    assert.ok(generatorOf(example?.data ?? ""), example?.data);
  });
