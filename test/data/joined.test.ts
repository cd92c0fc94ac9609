import assert from "node:assert/strict";
import test from "node:test";
import { DataError, type Dataset, type OptionValue } from "../../core/data/dataset";
import { joined, type Joined } from "../../core/data/joined";
import { loadDataset } from "../../core/data/load";
import { inMemory } from "../../core/data/reader";
import { openTable, readFields } from "../../core/data/table";
import { takenTexts } from "../../core/data/taken";
import { holding, npy, npz } from "./files";

const text = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join("\n")}\n`);
const patients = Array.from({ length: 40 }, (_, i) => `p${String(i).padStart(3, "0")}`);
/** In reverse, without the first five, with three that nobody has. */
const clinic = [...patients.slice(5).reverse(), "q1", "q2", "q3"];
const files = holding({
  "rna.csv": text(["patient,gene,site", ...patients.map((name, i) => `${name},${i},${i % 2 ? "a" : "b"}`)]),
  "clinic.csv": text([
    "patient,age,tissue,site",
    ...clinic.map(
      (name) =>
        `${name},${100 + Number(name.slice(1))},${name < "p020" ? "skin" : "bone"},${name < "p010" ? "c" : "d"}`,
    ),
  ]),
  "twice.csv": text(["patient,age", "p001,3", "p002,4", "p001,5"]),
  "other.csv": text(["patient,age", "x,3", "y,4", "z,5"]),
  "numbers.npz": npz({ patient: npy("i4", [3], [1, 2, 3]), X: npy("f4", [3, 1], [1, 2, 3]) }),
  "three.csv": text(["patient,age", "p007,5", "p006,4", "p005,3"]),
  "long.csv": text(["visit,patient", ...patients.map((_, i) => `${i},p00${5 + (i % 3)}`)]),
});

const load = (options: Record<string, OptionValue>, source = "rna.csv"): Promise<Dataset> =>
  loadDataset({ source, options }, files);

test("rows meet by their key, in whichever order; where one has none, it has holes, and both are counted", async () => {
  const data = await load({ join: "clinic.csv", key: "patient" });
  assert.equal(data.samples, 40);
  const age = data.fields["age"]!;
  assert.deepEqual(
    Array.from(age.values),
    patients.map((_, i) => (i < 5 ? NaN : 100 + i)),
  );
  const { values, words } = data.fields["tissue"]!;
  assert.deepEqual(
    Array.from(values, (value) => words![value]),
    patients.map((_, i) => (i < 5 ? undefined : i < 20 ? "skin" : "bone")),
  );
  assert.deepEqual(
    Array.from(data.fields["gene"]!.values),
    patients.map((_, i) => i),
  );
  // A name that both have is that of its file.
  assert.deepEqual(
    [data.fields["site"]!.words, data.fields["clinic/site"]!.words],
    [
      ["a", "b"],
      ["c", "d"],
    ],
  );
  assert.deepEqual(takenTexts(data), [
    "Joined with clinic.csv by patient: 5 samples without a row of it, 3 rows of it left out, whose patient no sample has.",
  ]);
});

test("a row may be that of many samples, and several files may be joined", async () => {
  const data = await load({ join: ["rna.csv", "clinic.csv"], key: "patient" }, "long.csv");
  assert.deepEqual(
    Array.from(data.fields["gene"]!.values),
    patients.map((_, i) => 5 + (i % 3)),
  );
  assert.match(takenTexts(data)[0]!, /^Joined with rna\.csv by patient: 37 rows of it left out/);
  assert.match(takenTexts(data)[1]!, /^Joined with clinic\.csv by patient: 35 rows of it left out/);
});

test("keys that do not fit are refused in words", async () => {
  const refused = async (options: Record<string, OptionValue>, message: RegExp): Promise<void> =>
    assert.rejects(load(options), (error) => {
      assert.ok(error instanceof DataError, String(error));
      assert.match(error.message, message);
      return true;
    });
  await refused(
    { join: "twice.csv", key: "patient" },
    /rows 0 and 2 of "twice\.csv" have the same patient, p001/,
  );
  await refused(
    { join: "other.csv", key: "patient" },
    /no row of "other\.csv" has a patient of "rna\.csv", such as p000/,
  );
  await refused({ join: "other.csv", key: "name" }, /"rna\.csv" does not have the field name/);
  await refused({ join: "other.csv" }, /join needs key/);
  await refused({ key: "patient" }, /key needs join/);
  await refused({ join: 3, key: "patient" }, /join = 3 is not a text in quotes/);
  await refused({ join: "nowhere.csv", key: "patient" }, /"nowhere\.csv" cannot be opened/);
});

test("where all rows meet there is nothing to say, and rows may be asked for one by one", async () => {
  const opened = async (uri: string) =>
    openTable(inMemory({ uri, bytes: await files(uri), about: { kind: "source" } }));
  const same: Joined = await joined(await opened("long.csv"), await opened("three.csv"), "patient");
  assert.equal(same.said, undefined);
  const { fields, samples } = await readFields(same.table, {
    names: new Set(["age"]),
    rows: Int32Array.of(1, 3, 39),
  });
  assert.equal(samples, 3);
  assert.deepEqual([...fields["age"]!.values], [4, 3, 3]);
});
