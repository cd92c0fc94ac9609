/** Files of other formats under any name: each is named, with Python that converts it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync, strToU8, zipSync } from "fflate";
import { DataError } from "../../core/data/dataset";
import { loadDataset } from "../../core/data/load";
import { inMemory } from "../../core/data/reader";
import { readTable } from "../../core/data/table";
import { pythonWithTorch } from "../reference/driver";
import { npy } from "./files";

/** Bytes that begin so, each a character, and go on as no text does. */
function bytes(start: string, place = 0): Uint8Array {
  const all = new Uint8Array(700).map((_, i) => (i % 7) * 41);
  all.set(
    Uint8Array.from(start, (character) => character.charCodeAt(0)),
    place,
  );
  return all;
}
const zip = (...names: string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8("1")])));

/** A file, what it is said to be, and what the advice has. */
const files: [content: Uint8Array, name: string, advice: RegExp][] = [
  [
    strToU8("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
    "a pointer of Git LFS, not the data",
    /git lfs pull/,
  ],
  [strToU8("/annex/objects/MD5E-s12--ab.npz\n"), "a pointer of git-annex, not the data", /git annex get/],
  [strToU8("\n<!DOCTYPE html><html lang='en'>"), "a web page, not the data", /log-in or another link/],
  [strToU8("<HTML><body>404"), "a web page, not the data", /browser/],
  [zip("views/data.pkl", "views/data/0", "views/version"), "a PyTorch file", /torch\.load/],
  [bytes("\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."), "a PyTorch file", /torch\.load/],
  [bytes("\x80\x04\x95"), "a Python pickle", /pickle\.load.*trust/],
  [strToU8("(dp0\nVX\np1\n"), "a Python pickle", /pickle\.load/],
  [zip("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook", /read_excel/],
  [bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an Excel workbook", /read_excel/],
  [bytes("MATLAB 5.0 MAT-file, Platform: GLNXA64"), "a MATLAB file", /loadmat/],
  [bytes('\x40\0\0\0\0\0\0\0{"X":{'), "a safetensors file", /load_file/],
  [bytes("ARROW1\0\0"), "an Arrow table", /read_feather/],
  [bytes("ORC"), "an ORC table", /read_orc/],
  [bytes("RDX3\nX\n"), "an R data file", /pyreadr/],
  [bytes("SQLite format 3\0"), "an SQLite database", /my_table/],
  [bytes("\x28\xb5\x2f\xfd"), "compressed by Zstandard", /zstandard/],
  [bytes("\xfd7zXZ\0"), "compressed by xz", /lzma/],
  [bytes("BZh91AY&SY"), "compressed by bzip2", /bz2/],
  [bytes("\x04\x22\x4d\x18"), "compressed by LZ4", /lz4/],
  [bytes("ustar\0", 257), "a tar archive", /extractall/],
  [bytes("7z\xbc\xaf\x27\x1c"), "a 7-Zip archive", /Extract/],
  [bytes("Rar!\x1a\x07\0"), "a RAR archive", /Extract/],
  [bytes("\x89PNG\r\n\x1a\n"), "a PNG image", /\*\.png/],
  [bytes("\xff\xd8\xff\xe0"), "a JPEG image", /\*\.jpg/],
  [bytes("II*\0"), "a TIFF image", /tifffile/],
  [bytes("RIFF\x24\x08\0\0WAVEfmt "), "a WAV recording", /1024/],
  [bytes("n+1\0", 344), "a NIfTI image", /nibabel/],
  [bytes("SIMPLE  =                    T"), "a FITS file", /astropy/],
  [bytes("%PDF-1.7"), "a PDF document", /numbers/],
  [zip("images/1.png", "images/2.png"), "a zip archive without arrays", /Extract/],
  [strToU8('[{"x": 1}, {"x": 2}]\n'), "JSON", /read_json/],
  [strToU8("age,höhe\n1,2\n"), "a table in text, such as CSV", /ends in \.csv/],
  [strToU8("0.5 1.5\n2.5 3.5\n"), "text", /loadtxt/],
];

async function refused(content: Uint8Array, uri: string): Promise<DataError> {
  const about = { kind: "source" } as const;
  try {
    await readTable(inMemory({ uri, bytes: content, about }));
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error("was read");
}

const lineOf = (advice: string): string | undefined => /`(import .*|.* import .*)`/.exec(advice)?.[1];

for (const [content, name, advice] of files)
  test(`${name} is named, whatever its file is called`, async () => {
    for (const uri of ["views", "../views.npz", "C:\\my data\\views$&.of.mine"]) {
      const error = await refused(content, uri);
      assert.ok(error.message.startsWith(`"${uri}" cannot be read: it is ${name}`), error.message);
      assert.match(error.advice, advice);
      assert.doesNotMatch(error.message + error.advice, /no samples|\bFILE\b|\bNPZ\b|undefined/);
      const line = lineOf(error.advice);
      if (line !== undefined) assert.ok(line.includes(JSON.stringify(uri)), line);
      // What is written is another file, and the one that is to be named.
      const written = /name ("(?:[^"\\]|\\.)*\.npz"): `/.exec(error.advice)?.[1];
      if (written === undefined) continue;
      assert.notEqual(written, JSON.stringify(uri));
      assert.equal(line?.split(written).length, 2, line);
    }
  });

test("every format of the table is here", () => {
  const text = readFileSync(new URL("../../core/data/readers/foreign.ts", import.meta.url), "utf8");
  const named = [...text.matchAll(/\bname: "([^"]+)"/g)].map(([, name]) => name!);
  const seen = new Set(files.map(([, name]) => name));
  assert.deepEqual([...new Set(named)].sort(), [...seen].sort());
});

test("a format within gzip is named too, and is decompressed first where Python needs that", async () => {
  const table = await refused(gzipSync(strToU8('[{"x": 1}]')), "views.json.gz");
  assert.match(table.advice, /^Run .* name "views\.npz": .*read_json\("views\.json\.gz"\)/);
  const cells = await refused(gzipSync(bytes("MATLAB 5.0 MAT-file, Platform: GLNXA64")), "views.mat.gz");
  assert.match(cells.advice, /^Decompress it with gunzip, then run .*loadmat\("views\.mat"\)/);
  const twice = await refused(gzipSync(bytes("MATLAB 5.0 MAT-file, Platform: GLNXA64")), "views.npz.gz");
  assert.match(twice.advice, /name "views-arrays\.npz": .*loadmat\("views\.npz"\)/);
});

test("bytes of no known format are shown, with the formats that are read", async () => {
  const { message, advice } = await refused(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0), "views.npz");
  assert.match(
    message,
    /begins with the bytes 7f 45 4c 46; the formats that are read are NumPy archive \(\.npz\), NumPy array/,
  );
  assert.match(advice, /numpy\.savez/);
});

test("the file of the labels is told alike, at its option", async () => {
  const open = (path: string): Promise<Uint8Array> =>
    Promise.resolve(
      path === "x.npy" ? npy("f4", [2, 1], [1, 2]) : strToU8("version https://git-lfs.github.com"),
    );
  await assert.rejects(
    loadDataset({ source: "x.npy", options: { labels: "y.npy" } }, open),
    (error) =>
      error instanceof DataError &&
      /"y\.npy" cannot be read: it is a pointer of Git LFS/.test(error.message) &&
      error.about.kind === "option",
  );
});

test("each line is Python, and those of PyTorch, pickles and text write what is then read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bottleneck-foreign-"));
  const interpreter = pythonWithTorch();
  try {
    const python = (code: string, input = ""): string => {
      const { status, stdout, stderr } = spawnSync(interpreter, ["-c", code], {
        cwd: folder,
        input,
        encoding: "utf8",
      });
      assert.equal(status, 0, `${code}\n${stderr}`);
      return stdout;
    };
    const lines: string[] = [];
    for (const [content] of files) {
      const line = lineOf((await refused(content, "views")).advice);
      if (line !== undefined) lines.push(line);
    }
    assert.ok(lines.length > 20);
    python("import sys\nfor line in sys.stdin: compile(line, 'line', 'exec')", lines.join("\n"));
    python(
      "import numpy, pickle, torch; x = numpy.arange(6.).reshape(3, 2)\n" +
        "torch.save({'X': torch.tensor(x)}, 'new.pt'); torch.save(torch.tensor(x), 'lone.pt')\n" +
        "torch.save({'X': torch.tensor(x)}, 'old.pt', _use_new_zipfile_serialization=False)\n" +
        "pickle.dump({'X': x}, open('fields.pkl', 'wb')); pickle.dump(x, open('lone.pkl', 'wb'), protocol=0)\n" +
        "numpy.savetxt('table.txt', x)",
    );
    for (const file of ["new.pt", "lone.pt", "old.pt", "fields.pkl", "lone.pkl", "table.txt"]) {
      const { advice } = await refused(new Uint8Array(readFileSync(join(folder, file))), file);
      python(lineOf(advice)!);
      const [, to] = /name "([^"]*)": `/.exec(advice)!;
      const saved = new Uint8Array(readFileSync(join(folder, to!)));
      const table = await readTable(inMemory({ uri: to!, bytes: saved, about: { kind: "source" } }));
      assert.deepEqual([...table.fields["X"]!.values], [0, 1, 2, 3, 4, 5], file);
      assert.deepEqual(table.fields["X"]!.shape, [2]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
