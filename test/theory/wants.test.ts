import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { analyse } from "../../core/theory/analyse";

for (const { file, text } of catalogue())
  test(`${file} says in wants what each of its codes is for, and its terms can bring it about`, () => {
    const { specs, diagnostics } = analyse(text);
    const { wants } = specs[0]!.spec!;
    assert.ok(
      wants.some(({ intent }) => intent !== "forget"),
      "add `want` lines for what it keeps, and `want forget(...)` for what it discards",
    );
    assert.deepEqual(
      diagnostics.filter(({ code }) => code === "unmet-want").map(({ message }) => message),
      [],
    );
  });
