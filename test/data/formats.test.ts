/** The readers against what Python's own libraries write. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { DataError } from "../../core/data/dataset";
import { inMemory } from "../../core/data/reader";
import { readTable, type Table } from "../../core/data/table";

const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");
const python = join(cache, "formats", "bin", "python");
const folder = mkdtempSync(join(tmpdir(), "bottleneck-formats-"));
const lack = written() ? false : "Python's libraries of data formats are missing";

function written(): boolean {
  try {
    execFileSync(python, [new URL("formats.py", import.meta.url).pathname, folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const read = (name: string, bytes = new Uint8Array(readFileSync(join(folder, name)))): Promise<Table> =>
  readTable(inMemory({ uri: name, bytes, about: { kind: "source" } }));

interface Expected {
  fields: Record<string, (number | null)[]>;
  skipped: string[];
}

test("files that Python writes are read as they were saved", { skip: lack }, async (t) => {
  const all = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Record<string, Expected>;
  assert.equal(Object.keys(all).length, 13);
  for (const [name, { fields, skipped }] of Object.entries(all))
    await t.test(name, async () => {
      const table = await read(name);
      for (const [field, values] of Object.entries(fields)) {
        assert.ok(table.fields[field], `${field} is there, beside ${Object.keys(table.fields).join(", ")}`);
        const found = Array.from(table.fields[field].values, (value, i) =>
          values[i] === null ? Number.isNaN(value) : value,
        );
        assert.deepEqual(
          found,
          values.map((value) => (value === null ? true : Math.fround(value))),
          field,
        );
      }
      assert.deepEqual(Object.keys(table.skipped).sort(), [...skipped].sort());
    });
});

test("bytes of pictures stay bytes, and classes keep their names", { skip: lack }, async () => {
  const { fields } = await read("plain.h5");
  assert.equal(fields["views/picture"]!.dtype, "uint8");
  assert.deepEqual(fields["views/picture"]!.shape, [4, 6]);
  for (const name of ["group", "fixed"]) assert.deepEqual(fields[name]!.words, ["left", "right"]);
  assert.deepEqual((await read("cells.h5ad")).fields["kind"]!.words, ["left", "right"]);
});

test("a file that is cut short is refused in words", { skip: lack }, async () => {
  for (const name of ["snappy.parquet", "plain.h5", "cells.h5ad", "both.h5mu"]) {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    for (const length of [10, 600, bytes.length >> 1, bytes.length - 9]) {
      const error = await read(name, bytes.slice(0, length)).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      // What lies before the cut may be whole.
      assert.ok(
        error === undefined || error instanceof DataError,
        `${name} cut at ${length}: ${String(error)}`,
      );
    }
  }
});

test.after(() => rmSync(folder, { recursive: true, force: true }));
