/** The streams of a file are declared in one edit for every format of the list: the lines have no error, and fit the file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldFor } from "../../core/data/bind";
import type { Dataset } from "../../core/data/dataset";
import { inMemory } from "../../core/data/reader";
import { readFolder, readTable } from "../../core/data/table";
import { applyEdits } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import { declareStreams } from "../../services/declare";
import { openDocument } from "../../services/document";
import { dataOfFile } from "../../services/new-spec/file";
import { originalsOf, readerIds } from "../robustness/data-files";

for (const id of readerIds)
  for (const original of originalsOf(id))
    test(`the streams of ${original.name}, read by ${id}`, async () => {
      const source = `./${original.name}`;
      const named = { uri: source, about: { kind: "source" } } as const;
      const table =
        "bytes" in original
          ? await readTable(inMemory({ ...named, bytes: original.bytes }))
          : await readFolder({
              ...named,
              folder: {
                names: [...original.files.keys()],
                read: (name) => Promise.resolve(original.files.get(name)!),
              },
            });
      const none = new Int32Array();
      const dataset: Dataset = {
        name: source,
        ...table,
        splits: { train: none, validation: none, test: none },
      };
      const text = `spec S {\n  data "${source}"\n}\n`;
      const document = openDocument("file:///s.bottleneck", 1, text);
      const data = dataOfFile(source, dataset);
      assert.ok(data.fields.length > 0);
      const declared = declareStreams(document, document.analysis.file.specs[0]!, data);
      assert.equal(declared?.title, "Declare the streams of this data");
      const { specs, diagnostics } = analyse(applyEdits(text, declared.edits));
      assert.deepEqual(
        diagnostics.filter(({ severity, code }) => severity === "error" && code !== "no-terms"),
        [],
      );
      assert.equal(specs[0]!.spec!.streams.length, data.fields.length);
      for (const stream of specs[0]!.spec!.streams) assert.doesNotThrow(() => fieldFor(dataset, stream));
    });

test("a field that says how long samples are or which have a stream is no stream, where there is the field it speaks of", () => {
  const data = dataOfFile("some.npz", {
    samples: 2,
    fields: Object.fromEntries(
      ["X", "X_present", "X_length", "was_present"].map((name) => [
        name,
        { name, shape: [], dtype: "uint8" as const, values: Uint8Array.of(0, 1), description: "" },
      ]),
    ),
  });
  assert.deepEqual(
    data.fields.map(({ name }) => name),
    ["X", "was_present"],
  );
});
