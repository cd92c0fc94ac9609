import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "../../core/language/parser";

const root = join(import.meta.dirname, "..", "..");
const files = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".bottleneck"));

test("the README lists every example", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const listed = [...readme.matchAll(/\(examples\/([\w-]+\.bottleneck)\)/g)].map(([, name]) => name!);
  assert.deepEqual([...new Set(listed)].sort(), files.sort());
});

test("every example opens with its story and asks a question", () => {
  for (const file of files) {
    const text = readFileSync(join(root, "examples", file), "utf8");
    const [spec] = parse(text).tree.specs;
    assert.ok(text.startsWith("///") && (spec?.doc?.length ?? 0) > 100, file);
    assert.match(spec?.title?.value ?? "", /\?$/, file);
  }
});
