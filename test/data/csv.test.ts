import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "fflate";
import { bindStreams } from "../../core/data/bind";
import { DataError, type Field } from "../../core/data/dataset";
import { inMemory } from "../../core/data/reader";
import { openTable, readFields, readTable, type Table } from "../../core/data/table";
import { formatText } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import { npy, npz } from "./files";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (content: Uint8Array | string, uri = "some.csv"): Promise<Table> =>
  readTable(
    inMemory({
      uri,
      bytes: typeof content === "string" ? bytes(content) : content,
      about: { kind: "source" },
    }),
  );
async function refused(content: string, uri?: string): Promise<DataError> {
  const error = await read(content, uri).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DataError, String(error));
  return error;
}
const valuesOf = ({ values }: Field): number[] => Array.from(values);

test("each column is a field: whole numbers, numbers with holes, and texts as classes", async () => {
  const { samples, fields, skipped } = await read(
    'age,dose,group,"a ""note"", quoted",id\n31,0.5,b,1,x1\n42,,a,0,x2\n-7,1e3,,1,x3\n8,NA,b,1,x4\n',
  );
  assert.equal(samples, 4);
  assert.deepEqual(valuesOf(fields["age"]!), [31, 42, -7, 8]);
  assert.equal(fields["age"]!.dtype, "int32");
  assert.deepEqual(valuesOf(fields["dose"]!), [0.5, NaN, 1000, NaN]);
  assert.deepEqual(valuesOf(fields["group"]!), [1, 0, -1, 1]);
  assert.deepEqual(fields["group"]!.words, ["a", "b"]);
  assert.equal(fields["group"]!.classes, 2);
  assert.deepEqual(valuesOf(fields['a "note", quoted']!), [1, 0, 1, 1]);
  assert.deepEqual(fields["id"]!.words, ["x1", "x2", "x3", "x4"]);
  assert.deepEqual(skipped, {});
});

test("columns whose names differ by a number are one vector too, in the order of the numbers", async () => {
  const { fields } = await read("gene_2,gene_1,gene_3,lone_7,part_0,part_2\n2,1,3,9,4,5\n20,10,30.5,9,4,5\n");
  assert.deepEqual(fields["gene"]!.shape, [3]);
  assert.deepEqual(valuesOf(fields["gene"]!), [1, 2, 3, 10, 20, 30.5]);
  assert.deepEqual(Object.keys(fields).sort(), [
    "gene",
    "gene_1",
    "gene_2",
    "gene_3",
    "lone_7",
    "part_0",
    "part_2",
  ]);
});

test("semicolons with decimal commas, tabs, line ends, byte order marks, UTF-16, gzip and no names", async () => {
  const { fields } = await read("a;b\r\n1,5;2\r\n2,5;3\r\n");
  assert.deepEqual(valuesOf(fields["a"]!), [1.5, 2.5]);
  assert.deepEqual(valuesOf((await read("a\tb\n1\t2\n", "some.tsv")).fields["b"]!), [2]);
  assert.deepEqual(valuesOf((await read("\ufeffa,b\n1,2\n")).fields["a"]!), [1]);
  const wide = Uint8Array.from([
    0xff,
    0xfe,
    ...[..."a,b\n1,2\n"].flatMap((letter) => [letter.charCodeAt(0), 0]),
  ]);
  assert.deepEqual(valuesOf((await read(wide)).fields["b"]!), [2]);
  assert.deepEqual(valuesOf((await read(gzipSync(bytes("a\n4\n5\n")), "some.csv.gz")).fields["a"]!), [4, 5]);
  assert.deepEqual(valuesOf((await read("1,2\n3,4\n")).fields["column"]!), [1, 2, 3, 4]);
});

test("a table that is none is refused with its place and what to do", async () => {
  assert.match((await refused("a,b\n1,2\n3\n")).message, /row 3 has 1 cell where the first row has 2/);
  assert.match((await refused("a,b\n")).message, /contains no row of values/);
  assert.match((await refused("<!doctype html><html>", "some.csv")).message, /web page/);
  assert.match(
    (await refused("version https://git-lfs.github.com/spec/v1\n", "some.csv")).message,
    /Git LFS/,
  );
  const words = Array.from({ length: 60 }, (_, i) => `text-${i}`);
  assert.match(
    (await read(`note,x\n${words.map((word) => `${word},1`).join("\n")}\n`)).skipped["note"]!,
    /60 different texts/,
  );
});

test("numbers of other countries and programs are read, or the cell that is none is named", async () => {
  const column = async (cells: readonly string[], uri?: string): Promise<number[] | string> => {
    const { fields, skipped } = await read(
      `x${uri ? "\t" : ";"}g\n${cells.map((cell) => `${cell}${uri ? "\t" : ";"}1\n`).join("")}`,
      uri,
    );
    return fields["x"] && !fields["x"].words
      ? valuesOf(fields["x"])
      : (skipped["x"] ?? fields["x"]!.words!.join());
  };
  assert.deepEqual(await column(["1,5e-3", "-2", "NA"]), [Math.fround(0.0015), -2, NaN]);
  assert.deepEqual(await column(["1,5", "2,25"], "some.tsv"), [1.5, 2.25]);
  // A tab says nothing about commas before three digits.
  assert.match(
    String(await column(["1,500", "12"], "some.tsv")),
    /separator within, such as "1,500"; write them as 1500$/,
  );
  assert.match(String(await column(["1.234,5", "12"])), /such as "1\.234,5"; write them as 1234\.5$/);
  assert.match(String(await column(["0.5", "1e400"])), /sample 1 is 1e400, beyond the largest number/);
  assert.match(
    String(await column(["0.5", "1.5", "oops"])),
    /it contains numbers, and "oops" in sample 2; leave the cell empty/,
  );
  assert.deepEqual(await column(["0.5", "#N/A", "<NA>"]), [0.5, NaN, NaN]);
  assert.equal(await column(["0b10", "0x1"]), "0b10,0x1");
  assert.equal(await column(["1", "2", "3+"]), "1,2,3+");
});

test("whole numbers whose digits would be lost name classes or groups", async () => {
  const ids = Array.from({ length: 60 }, (_, i) => String(2n ** 60n + BigInt(Math.floor((2 * i) / 3))));
  for (const [uri, text] of [
    ["ids.csv", `id,few\n${ids.map((id, i) => `${id},${ids[3 * (i % 2)]}\n`).join("")}`],
    ["ids.jsonl", ids.map((id, i) => `{"id": ${id}, "few": "${ids[3 * (i % 2)]}"}\n`).join("")],
  ] as const) {
    const table = await openTable(inMemory({ uri, bytes: bytes(text), about: { kind: "source" } }));
    const { skipped, fields } = await readFields(table, {});
    const { groups } = await readFields(table, { names: new Set(["id"]) });
    assert.match(skipped["id"]!, /beyond 2\^53, such as 1152921504606846976, whose digits would be lost/);
    assert.equal(new Set(groups["id"]!.values).size, 40);
    assert.equal(fields["few"]!.classes, 2);
  }
});

test("names that are there again or only count are names, and other separators and encodings are recognised", async () => {
  assert.deepEqual(Object.keys((await read("x,x,y\n1,2,3\n")).fields), ["x", "x.1", "y"]);
  const counted = await read("0,1\n0.5,2\n1.5,3\n");
  assert.deepEqual([counted.samples, valuesOf(counted.fields["column"]!)], [2, [0.5, 2, 1.5, 3]]);
  assert.equal((await read("0,1\n1,1\n1,0\n")).samples, 3);
  assert.deepEqual(valuesOf((await read("a|b\n1|2\n")).fields["b"]!), [2]);
  assert.match((await refused("a b\n1 2\n3  4\n")).message, /separated by spaces/);
  assert.match((await refused("# mine\na,b\n1,2\n")).advice, /remove the lines before it/);
  const error = await read(Uint8Array.from([...bytes("a,b\nb"), 0xe4, ...bytes(",1\n")])).catch(
    (reason: unknown) => reason,
  );
  assert.match(String((error as DataError).message), /in another encoding than UTF-8/);
});

test("JSON lines as Python writes them: NaN and Infinity are numbers, within texts they are words", async () => {
  const lines =
    '{"x": NaN, "t": "NaN \\" 12345678901234567890"}\n{"x": -Infinity, "t": "b"}\n{"x": 0.12345678901234567, "t": "b"}\n';
  const { fields } = await read(lines, "some.jsonl");
  assert.deepEqual(valuesOf(fields["x"]!), [NaN, -Infinity, Math.fround(0.123456789)]);
  assert.deepEqual(fields["t"]!.words, ['NaN " 12345678901234567890', "b"]);
  const mixed = await read('{"m": "a", "x": 1}\n{"m": 2, "x": 1}\n', "some.jsonl");
  assert.match(mixed.skipped["m"]!, /texts, and a number in sample 1/);
});

test("arrays of texts in an archive are classes with their names, and entries need no ending", async () => {
  const letters = (text: string, width: number): number[] =>
    Array.from({ length: width }, (_, i) => text.codePointAt(i) ?? 0);
  const texts = ["cat", "ox", "cat", "é🐈"].flatMap((text) => letters([...text].join(""), 3));
  texts.splice(9, 3, ...Array.from("é🐈", (one) => one.codePointAt(0)!), 0);
  const { fields } = await read(
    npz({ L: npy("i4", [4], texts, { description: "'<U3'" }), X: npy("f4", [4], [1, 2, 3, 4]) }),
    "some.npz",
  );
  assert.deepEqual(fields["L"]!.words, ["cat", "ox", "é🐈"]);
  assert.deepEqual(valuesOf(fields["L"]!), [0, 1, 0, 2]);
});

test("a stream reads one column, a range of columns in the order of the table, or a numbered group", async () => {
  const table = await read("age,b,a,c,kind\n1,2,3,4,x\n5,6,7,8,y\n");
  const rows = Int32Array.of(0);
  const dataset = { name: "some.csv", ...table, splits: { train: rows, validation: rows, test: rows } };
  const bound = (field: string, fieldTo: string, size: number) =>
    bindStreams(dataset, [{ name: "X", field, fieldTo, kind: { name: "vector", sizes: [size] } }])[0]!;
  assert.deepEqual([...bound("b", "c", 3).values], [2, 3, 4, 6, 7, 8]);
  assert.equal(bound("b", "c", 3).field, "b .. c");
  assert.throws(() => bound("c", "b", 3), /b comes before c/);
  assert.throws(() => bound("a", "kind", 3), /kind among them is a column of classes/);
  assert.throws(() => bound("b", "d", 3), /reads the field d, which "some.csv" does not have/);
  assert.throws(() => bound("b", "c", 2), /whose samples are 3/);
});

test("a range of fields is written as it is read", () => {
  const text = 'spec A {\n  modality X : vector(3) = gene_1  ..  "gene 3" log1p\n}\n';
  assert.match(formatText(text), /= gene_1 \.\. "gene 3" log1p/);
  const [stream] = analyse(text).specs[0]!.spec!.streams;
  assert.deepEqual([stream!.field, stream!.fieldTo], ["gene_1", "gene 3"]);
});
