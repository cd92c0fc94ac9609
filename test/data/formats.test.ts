/** The readers against what Python's own libraries write. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { bindStreams } from "../../core/data/bind";
import { DataError, type FileRanges } from "../../core/data/dataset";
import { inMemory, inRanges } from "../../core/data/reader";
import {
  openTable,
  readFields,
  readFolder,
  readTable,
  type OpenTable,
  type Table,
} from "../../core/data/table";
import { shownSamples } from "../../core/train/samples";
import { readSpecFile } from "../../trainer/files";
import { h5wasmPackage } from "../../trainer/h5wasm-package";
import { fileInstalledIn } from "../../trainer/installed";
import { defaultSettings } from "../../trainer/settings";

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

async function read(name: string): Promise<Table> {
  const found = await readSpecFile(defaultSettings, "", join(folder, name));
  const named = { uri: name, about: { kind: "source" } } as const;
  assert.ok(!(found instanceof Uint8Array));
  return "names" in found ? readFolder({ ...named, folder: found }) : readTable(inRanges(named, found));
}

interface Expected {
  fields: Record<string, (number | null)[]>;
  skipped: string[];
}

test("files that Python writes are read as they were saved", { skip: lack }, async (t) => {
  const all = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Record<string, Expected>;
  assert.equal(Object.keys(all).length, 27);
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
      assert.deepEqual(
        Object.keys(table.skipped)
          .filter((field) => field !== "file")
          .sort(),
        [...skipped].sort(),
      );
    });
});

const modules = [join(cache, "h5wasm")];
const lacksLibrary =
  lack ||
  (fileInstalledIn(modules, h5wasmPackage.name, "package.json").length > 0
    ? false
    : "h5wasm is not installed");
/** A file as one that is too large to be held, so that it is read by range. */
async function large(name: string, settings = { ...defaultSettings, modules }): Promise<OpenTable> {
  const found = (await readSpecFile(settings, "", join(folder, name))) as FileRanges;
  return openTable(inRanges({ uri: name, about: { kind: "source" } }, { ...found, size: 3 * 2 ** 30 }));
}

test(
  "HDF5 that is too large to be held is read by range, all of it and some rows",
  { skip: lacksLibrary },
  async (t) => {
    const all = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Record<string, Expected>;
    const names = Object.keys(all).filter((name) => /\.(h5|h5ad|h5mu|mat)$/.test(name));
    assert.equal(names.length, 9);
    const rows = Int32Array.of(0, 3, 4, 12, 39);
    for (const name of names)
      await t.test(name, async () => {
        const table = await large(name);
        const [whole, some] = [await readFields(table, {}), await readFields(table, { rows })];
        for (const [field, values] of Object.entries(all[name]!.fields)) {
          const wanted = values.map((value) => (value === null ? NaN : Math.fround(value)));
          assert.deepEqual([...whole.fields[field]!.values], wanted, field);
          const width = values.length / table.samples;
          const ofRows = Array.from(rows).flatMap((row) => wanted.slice(row * width, (row + 1) * width));
          assert.deepEqual([...some.fields[field]!.values], ofRows, `rows of ${field}`);
        }
      });
  },
);

test("HDF5 that needs a library which is not there says how it is installed", { skip: lack }, async () => {
  const error = await large("plain.h5", { ...defaultSettings, modules: [] }).catch(
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DataError);
  assert.match(error.message, /has 3\.0 GiB, and HDF5 is read up to 2 GiB without h5wasm/);
  assert.match(error.advice, /command Install HDF5 for Large Files; .*npm install --prefix FOLDER h5wasm@/);
});

test("bytes of pictures stay bytes, and classes keep their names", { skip: lack }, async () => {
  const { fields } = await read("plain.h5");
  assert.equal(fields["views/picture"]!.dtype, "uint8");
  assert.deepEqual(fields["views/picture"]!.shape, [4, 6]);
  for (const name of ["group", "fixed"]) assert.deepEqual(fields[name]!.words, ["left", "right"]);
  assert.deepEqual((await read("cells.h5ad")).fields["kind"]!.words, ["left", "right"]);
});

test("a spectrogram is loudest at the pitch of its tone", { skip: lack }, async () => {
  const { fields } = await read("floats");
  const { shape, values, rate: none } = fields["spectrogram"]!;
  assert.equal(shape[1], 32);
  // A signal can be played, so its rate comes with it as far as what is shown of samples.
  assert.deepEqual([none, fields["sound"]!.rate], [undefined, 8000]);
  const dataset = {
    ...{ name: "floats", samples: 6, fields, skipped: {} },
    splits: { train: new Int32Array(), validation: new Int32Array(), test: new Int32Array() },
  };
  const sizes = [fields["sound"]!.shape[0]!, 1];
  const [stream] = bindStreams(dataset, [{ name: "S", field: "sound", kind: { name: "signal", sizes } }]);
  const [heard] = shownSamples(stream!, Int32Array.of(0, 1));
  assert.ok(heard!.kind === "pictures" && heard!.sound?.rate === 8000);
  assert.equal(heard!.sound.original.length, 2 * 2 * sizes[0]!);
  const bands = Array.from({ length: 6 }, (_, row) => {
    const frame = Array.from(values.slice((row * shape[0]! + 3) * 32, (row * shape[0]! + 4) * 32));
    return frame.indexOf(Math.max(...frame));
  });
  // 440 to 640 Hz of 60 to 4000, evenly in mel: O'Shaughnessy's formula by hand.
  const mel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
  bands.forEach((band, i) => {
    const exact = ((mel(440 + 40 * i) - mel(60)) / (mel(4000) - mel(60))) * 33 - 1;
    assert.ok(Math.abs(band - exact) <= 1, `tone ${i} is in band ${band}, not ${exact.toFixed(1)}`);
  });
});

test("what is not read is named, with what to do", { skip: lack }, async () => {
  const { skipped } = await read("odd.h5");
  const said = await read("variables.mat");
  for (const [reason, words] of [
    [skipped["big"], /whole numbers beyond 2\^53, such as 1152921504606846976/],
    [skipped["lzf"], /not read here \(LZF\); save it with h5py's defaults/],
    [skipped["scaled"], /\(scale-offset\)/],
    [said.skipped["names"], /a cell array; save its numbers as cell2mat\(names\)/],
    [said.skipped["title"], /it is text/],
    [said.skipped["sparse"], /save it as sparse = full\(sparse\)/],
    [(await read("raw.h5ad")).skipped["obsm/frame"], /a group, not a matrix/],
  ] as const)
    assert.match(reason ?? "", words);
  const refused: Record<string, RegExp> = {
    "links.h5": /not read, as links to other files are\|.*import h5py; s = h5py\.File\("links\.h5"\)/,
    webp: /"webp\/0\.jpg" cannot be read: it is WebP, not PNG or JPEG\|Save such pictures as PNG/,
    tiff: /it is TIFF/,
  };
  for (const [name, words] of Object.entries(refused)) {
    const error = await read(name).catch((reason: unknown) => reason);
    assert.ok(error instanceof DataError);
    assert.match(`${error.message}|${error.advice}`, words);
  }
});

test("a file that is cut short is refused in words", { skip: lack }, async () => {
  for (const name of ["snappy.parquet", "plain.h5", "cells.h5ad", "both.h5mu"]) {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    for (const length of [10, 600, bytes.length >> 1, bytes.length - 9]) {
      const cut = inMemory({ uri: name, bytes: bytes.slice(0, length), about: { kind: "source" } });
      const error = await readTable(cut).then(
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
