import assert from "node:assert/strict";
import { test } from "node:test";
import { data } from "../../cli/commands/data";
import type { FileDescription, SpecData } from "../../cli/data-report";
import { renderFile } from "../../cli/data-report";
import { createStyle } from "../../cli/terminal";
import { npy, npz } from "../data/files";
import { bottleneck, withFiles } from "./terminal";

const ROWS = 40;
const x = (row: number): number => Math.sin(1 + row);
/** Columns that vary, that do not, and one with a value far out; classes by name; a column of texts; a number that is missing. */
const csv = [
  "x_0,x_1,income,tissue,note,age",
  ...Array.from({ length: ROWS }, (_, row) =>
    [
      x(row).toFixed(6),
      "5",
      row === 7 ? "90000" : String(10 + (row % 9)),
      row % 4 === 0 ? "skin" : "bone",
      `free-text-${row}`,
      row === 3 ? "NA" : String(20 + row),
    ].join(","),
  ),
].join("\n");

const spec = (lines: readonly string[] = []): string => `spec Patients {
  data "table.csv" { seed = 1 }
  modality X : vector(2) = x
  modality income : scalar
${lines.map((line) => `  ${line}\n`).join("")}  observe tissue : label(2)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

const of = async <T>(...args: string[]): Promise<T> => {
  const { code, out, err } = await bottleneck("data", ...args, "--json");
  assert.equal(code, 0, err || out);
  assert.equal(err, "");
  return JSON.parse(out) as T;
};

/** Every place of a JSON value, as the manual writes it; a shape or a list of names is one value. */
function places(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) {
    const inside = value.flatMap((one) => (typeof one === "object" ? places(one, `${at}[]`) : []));
    return inside.length > 0 ? inside : [at];
  }
  if (typeof value !== "object" || value === null) return [at];
  return Object.entries(value).flatMap(([name, inside]) => places(inside, at ? `${at}.${name}` : name));
}

test("a data file: each field with shape, type, range, classes and missing numbers, and the line that declares it", async () => {
  await withFiles({ "table.csv": csv }, async (path) => {
    const { source, samples, fields, skipped } = await of<FileDescription>(path("table.csv"));
    assert.equal(source, path("table.csv"));
    assert.equal(samples, ROWS);
    const field = (name: string) => fields.find((one) => one.name === name)!;
    assert.deepEqual(field("age"), {
      name: "age",
      shape: [],
      type: "float32",
      least: 20,
      most: 59,
      missing: 1,
      infinite: 0,
      declaration: "observe age : scalar",
    });
    assert.deepEqual(field("tissue"), {
      name: "tissue",
      shape: [],
      type: "int32",
      least: null,
      most: null,
      missing: 0,
      infinite: 0,
      classes: ["bone", "skin"],
      declaration: "observe tissue : label(2)",
    });
    assert.equal(field("x").declaration, "modality x : vector(2)");
    assert.deepEqual(field("x").shape, [2]);
    assert.deepEqual(skipped, [
      { name: "note", reason: 'it contains 40 different texts, such as "free-text-0"' },
    ]);

    const { out } = await bottleneck("data", path("table.csv"));
    assert.match(out, /table\.csv {2}40 samples, 6 fields$/m);
    assert.match(out, /^ {2}age +one number +float32 +20 to 59 +1$/m);
    assert.match(out, /^ {2}tissue +one number +int32 +2: bone, skin$/m);
    assert.match(out, /^ {2}note +it contains 40 different texts, such as "free-text-0"$/m);
    assert.match(out, /^ {2}modality x : vector\(2\)$/m);
  });
});

test("the lines of a data file declare it: a spec of them reads the file without an error", async () => {
  const numbers = (size: number, value: (i: number) => number): number[] =>
    Array.from({ length: ROWS * size }, (_, i) => value(i));
  const lines = [
    'modality left_eye : vector(3) = "left eye"',
    "modality picture : image(4, 5)",
    "observe kind : label(3)",
  ];
  const files = {
    "eyes.npz": npz({
      "left eye": npy("f4", [ROWS, 3], numbers(3, x)),
      picture: npy(
        "u1",
        [ROWS, 4, 5],
        numbers(20, (i) => i % 256),
      ),
      kind: npy(
        "i4",
        [ROWS],
        numbers(1, (i) => i % 3),
      ),
    }),
    "a.bottleneck": `spec Eyes {
  data "eyes.npz"
${lines.map((line) => `  ${line}`).join("\n")}
  latent Z : gaussian(2) from left_eye
  compress I(left_eye; Z)
  keep I(picture; Z)
}
`,
  };
  await withFiles(files, async (path) => {
    const { fields } = await of<FileDescription>(path("eyes.npz"));
    assert.deepEqual(
      fields.map(({ declaration }) => declaration),
      lines,
    );
    const { streams } = await of<SpecData>(path("a.bottleneck"));
    assert.deepEqual(
      streams.map(({ name, kind, field }) => [name, kind, field]),
      [
        ["left_eye", "vector(3)", "left eye"],
        ["picture", "image(4, 5)", "picture"],
        ["kind", "label(3)", "kind"],
      ],
    );
  });
});

test("a spec: rows by split, and of each stream its range, mean and spread, classes and what is wrong", async () => {
  await withFiles(
    { "table.csv": csv, "a.bottleneck": spec(["modality age : scalar fill"]) },
    async (path) => {
      const { splits, streams, skipped, findings, ...rest } = await of<SpecData>(path("a.bottleneck"));
      assert.deepEqual(rest, { spec: "Patients", source: "table.csv", samples: ROWS, taken: [] });
      assert.deepEqual(splits, { train: 32, validation: 4, test: 4 });
      const [X, income, age, tissue] = streams;
      const varying = Array.from({ length: ROWS }, (_, row) => Math.fround(Number(x(row).toFixed(6))));
      const mean = varying.reduce((a, b) => a + b) / ROWS;
      const deviation = Math.sqrt(varying.reduce((sum, one) => sum + (one - mean) ** 2, 0) / ROWS);
      assert.deepEqual(X!.constant, [1]);
      assert.deepEqual(
        X!.columns.map(({ index, name }) => [index, name]),
        [
          [0, "x_0"],
          [1, "x_1"],
        ],
      );
      // Each from its own least to its own largest value.
      const low = Math.min(...varying);
      const step = (Math.max(...varying) - low) / 20;
      const ownBins = Array.from({ length: 20 }, () => 0);
      for (const value of varying) ownBins[Math.min(19, Math.floor((value - low) / step))]!++;
      assert.deepEqual(X!.columns[0]!.histogram, ownBins);
      assert.deepEqual(X!.columns[1]!.histogram, [ROWS, ...Array.from({ length: 19 }, () => 0)]);
      assert.deepEqual(income!.columns[0]!.histogram, []);
      assert.ok(Math.abs(X!.columns[0]!.mean! - mean) < 1e-9);
      assert.ok(Math.abs(X!.columns[0]!.standardDeviation! - deviation) < 1e-9);
      assert.equal(X!.most, 5);
      // 20 bins from the least value to 5, which all of the second column is: counted one value at a time.
      const bins = Array.from({ length: 20 }, () => 0);
      const lowest = Math.min(...varying);
      for (const value of [...varying, ...varying.map(() => 5)])
        for (let bin = 19; bin >= 0; bin--)
          if (value >= lowest + (bin * (5 - lowest)) / 20) {
            bins[bin]!++;
            break;
          }
      assert.deepEqual(X!.histogram, bins);
      assert.equal(X!.histogram.at(-1), ROWS);
      // 39 incomes from 10 to 18, and 90000.
      assert.deepEqual(income!.histogram, [39, ...Array.from({ length: 18 }, () => 0), 1]);
      assert.deepEqual([X!.outlying, income!.outlying], [[], [0]]);
      // Of both columns together, computed from all their values at once.
      const both = [...varying, ...varying.map(() => 5)];
      const middle = both.reduce((a, b) => a + b) / both.length;
      const spread = Math.sqrt(both.reduce((sum, one) => sum + (one - middle) ** 2, 0) / both.length);
      assert.ok(Math.abs(X!.mean! - middle) < 1e-9);
      assert.ok(Math.abs(X!.standardDeviation! - spread) < 1e-9);
      assert.equal(income!.most, 90000);
      assert.equal(age!.missing, 1);
      assert.deepEqual(age!.transforms, [
        { by: "fill", text: "1 missing number filled with the column's mean" },
      ]);
      assert.deepEqual(
        tissue!.classes!.map((one) => [one.name, one.train + one.validation + one.test]),
        [
          ["bone", 30],
          ["skin", 10],
        ],
      );
      assert.equal(
        tissue!.classes!.reduce((sum, one) => sum + one.validation, 0),
        4,
      );
      assert.equal(tissue!.mean, null);
      assert.deepEqual([tissue!.histogram, tissue!.outlying], [[], []]);
      assert.deepEqual(
        skipped.map(({ name }) => name),
        ["note"],
      );
      const found = findings.map(({ code, about }) => `${code} ${about}`);
      assert.ok(found.includes("constant-columns X") && found.includes("outliers income"), String(found));

      const { out } = await bottleneck("data", path("a.bottleneck"));
      assert.match(out, /^Patients {2}data "table\.csv"$/m);
      assert.match(out, /^32 training, 4 validation and 4 test samples$/m);
      assert.match(out, /^ {2}tissue +tissue +label\(2\) +one number +2 classes$/m);
      assert.match(out, /^ {2}age +1 missing number$/m);
      assert.match(out, /^ {2}x_0 +[▁▂▃▄▅▆▇█ ]{20} +−1 to 0\.9999 +/m);
      assert.match(out, /^ {2}x_1 +█ +5 to 5 +5 +0 +never varies$/m);
      assert.match(out, /^ {2}1 skin +\d+ +\d+ +\d+$/m);
      assert.match(out, /`income` is 90000 at sample 7/);
    },
  );
});

test("samples that lack a stream or a class are counted in words and by split", async () => {
  const values = Array.from({ length: 2 * ROWS }, (_, i) => ((i >> 1) % 8 === 0 ? NaN : x(i)));
  const classes = Array.from({ length: ROWS }, (_, row) => (row % 10 === 3 ? -1 : row % 2));
  const file = npz({ X: npy("f4", [ROWS, 2], values), L: npy("i4", [ROWS], classes) });
  const text = `spec S {
  data "holes.npz" { seed = 1 }
  modality X : vector(2)
  target L : label(2)
  missing X rate 0.1
  missing L rate 0.1
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(L; Z)
  train { batch = 16 }
}`;
  await withFiles({ "holes.npz": file, "a.bottleneck": text }, async (path) => {
    const { out } = await bottleneck("data", path("a.bottleneck"));
    assert.match(out, /^ {2}X +absent from 5 samples$/m);
    assert.match(out, /^ {2}L +unknown in 4 samples$/m);
    const { streams, splits } = await of<SpecData>(path("a.bottleneck"));
    for (const [name, samples] of [
      ["X", 5],
      ["L", 4],
    ] as const) {
      const { absent, looked } = streams.find((one) => one.name === name)!;
      assert.equal(absent!.train + absent!.validation + absent!.test, samples);
      assert.equal(looked, splits.train + splits.validation + splits.test - samples);
    }
  });
});

test("--spec names another spec of the file, and its data are shown", async () => {
  const second = spec().replace("Patients", "Others").replace("seed = 1", "validation = 10, seed = 1");
  await withFiles({ "table.csv": csv, "a.bottleneck": `${spec()}\n${second}` }, async (path) => {
    const first = await of<SpecData>(path("a.bottleneck"));
    const other = await of<SpecData>(path("a.bottleneck"), "--spec", "Others");
    assert.deepEqual([first.spec, first.splits.validation], ["Patients", 4]);
    assert.deepEqual([other.spec, other.splits.validation], ["Others", 10]);
  });
});

test("streams that are made, pictures of bytes and texts say what they are", async () => {
  const file = npz({
    picture: npy(
      "u1",
      [10, 2, 2],
      Array.from({ length: 40 }, (_, i) => (i === 0 ? 255 : i)),
    ),
    words: npy(
      "i4",
      [10, 3],
      Array.from({ length: 30 }, (_, i) => (i % 3 === 2 ? -1 : i % 4)),
    ),
  });
  const text = `spec Looks {
  data "looks.npz" { validation = 2, test = 2, samples = 5 }
  modality picture : image(2, 2)
  modality other = augment(picture, noise)
  modality words : text(3, 4)
  latent Z : gaussian(2) from picture
  latent W : gaussian(2) from other
  latent V : gaussian(2) from words
  compress I(picture; Z)
  compress I(other; W)
  compress I(words; V)
  keep I(words; V)
  keep I(Z; W) by infonce
}
`;
  await withFiles({ "looks.npz": file, "a.bottleneck": text }, async (path) => {
    const { samples, splits, streams } = await of<SpecData>(path("a.bottleneck"));
    assert.deepEqual([samples, splits], [10, { train: 5, validation: 2, test: 2 }]);
    const [picture, other, words] = streams;
    assert.deepEqual(picture!.shape, [1, 2, 2]);
    assert.ok(picture!.most! <= 1 && picture!.least! >= 0);
    assert.deepEqual(
      [other!.made, other!.field, other!.mean],
      [{ by: "augment", of: "picture" }, null, null],
    );
    // Four bytes of each of the nine samples that the splits have.
    assert.equal(
      picture!.histogram.reduce((sum, one) => sum + one, 0),
      9 * 4,
    );
    assert.deepEqual([other!.histogram, words!.histogram], [[], []]);
    assert.deepEqual(words!.words, { least: 2, most: 2, mean: 2, standardDeviation: 0 });
    const { out } = await bottleneck("data", path("a.bottleneck"));
    assert.match(out, /test samples \(1 of 10 in no split\)$/m);
    assert.match(out, /^ {2}other +augment of picture .* made as batches are drawn$/m);
    assert.match(out, /^ {2}words .* 2 to 2 words +2 +0$/m);
  });
});

test("a square signal is read with time first, as declared, and `data` says so", async () => {
  const files = {
    "square.npz": npz({
      S: npy(
        "f4",
        [ROWS, 4, 4],
        Array.from({ length: 16 * ROWS }, (_, i) => x(i)),
      ),
    }),
    "a.bottleneck": `spec Square {
  data "square.npz" { seed = 1 }
  modality S : signal(4, 4)
  latent Z : gaussian(2) from S
  compress I(S; Z)
  keep I(S; Z)
}
`,
  };
  await withFiles(files, async (path) => {
    const { streams } = await of<SpecData>(path("a.bottleneck"));
    const axes = "4 x 4, channels last as declared; channels first would fit too";
    assert.equal(streams[0]!.axes, axes);
    // The first channel is every fourth number.
    assert.ok(
      Math.abs(
        streams[0]!.columns[0]!.most! - Math.max(...Array.from({ length: 4 * ROWS }, (_, i) => x(4 * i))),
      ) < 1e-6,
    );
    const { out } = await bottleneck("data", path("a.bottleneck"));
    assert.match(out, new RegExp(`^ {2}S +axes +${axes}$`, "m"));
  });
});

test("--json prints what the manual says, and nothing else", async () => {
  const documented = Object.keys(data.json!);
  const seen = new Set<string>();
  const sentences = Array.from({ length: 40 }, (_, row) => `{"said": "sentence ${row}"}`).join("\n");
  await withFiles(
    {
      "table.csv": csv,
      "said.jsonl": sentences,
      "a.bottleneck": spec(["modality age : scalar fill", "observe old : scalar = age"]),
    },
    async (path) => {
      for (const file of ["table.csv", "said.jsonl", "a.bottleneck"])
        for (const place of places(await of(path(file))))
          seen.add(/^(findings|diagnostics)\[\]/.exec(place)?.[0] ?? place);
    },
  );
  assert.deepEqual(
    // An empty list has none of its places.
    [...seen].filter((place) => !documented.some((one) => one === place || one.startsWith(`${place}[]`))),
    [],
  );
  const others = documented.filter((place) => !seen.has(place));
  // These are of texts, of streams that are made, of squares, and of what is refused.
  assert.deepEqual(
    others.filter((place) => !/^(streams\[\]\.((words|made)\.|axes$)|diagnostics)/.test(place)),
    [],
  );
});

test("data that are refused give one error, the same as in a preview, and exit code 1", async () => {
  const files = {
    "bad.npz": new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]),
    "table.csv": csv.replace(",5,", ",NA,"),
    "a.bottleneck": spec(),
  };
  await withFiles(files, async (path) => {
    const spoken = await bottleneck("data", path("bad.npz"));
    assert.equal(spoken.code, 1);
    assert.equal(spoken.out, "");
    assert.match(spoken.err, /^error: ".*bad\.npz" is damaged: .*\n$/);
    const json = await bottleneck("data", path("bad.npz"), "--json");
    assert.equal(json.code, 1);
    const { diagnostics } = JSON.parse(json.out) as { diagnostics: Record<string, string>[] };
    assert.deepEqual(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [["data", "error"]],
    );
    assert.equal(`error: ${diagnostics[0]!["message"]}\n`, spoken.err);

    const [shown, preview] = [
      await bottleneck("data", path("a.bottleneck")),
      await bottleneck("preview", path("a.bottleneck"), "--threads", "1"),
    ];
    assert.deepEqual([shown.code, shown.out], [1, ""]);
    assert.match(shown.err, /X needs finite numbers, but column 1 of sample 0 of x is NaN/);
    assert.ok(preview.err.endsWith(shown.err));
    const refused = await bottleneck("data", path("a.bottleneck"), "--json");
    assert.equal(refused.code, 1);
    assert.equal(
      (JSON.parse(refused.out) as { diagnostics: Record<string, unknown>[] }).diagnostics[0]!["code"],
      "data",
    );
    const none = await bottleneck("data", path("a.bottleneck"), "--spec", "Other");
    assert.deepEqual([none.code, none.err.includes("has no spec Other; it has Patients")], [1, true]);
  });
});

test("a file that is not there, a folder, and calls that do not exist", async () => {
  const absent = await bottleneck("data", "/nowhere/a.npz");
  assert.equal(absent.code, 1);
  assert.match(absent.err, /\/nowhere\/a\.npz could not be read: there is no file/);
  const call = await bottleneck("data");
  assert.equal(call.code, 2);
  assert.match(call.err, /give the path of a data file or a \.bottleneck file/);
  const misplaced = await bottleneck("data", "a.npz", "--spec", "A");
  assert.equal(misplaced.code, 2);
  assert.match(misplaced.err, /--spec needs a \.bottleneck file/);
});

test("names from a file command no terminal, and of many fields the first are shown", () => {
  const field = {
    shape: [],
    type: "float32",
    least: 0,
    most: 1,
    missing: 0,
    infinite: 2,
    declaration: null,
  } as const;
  const fields = Array.from({ length: 103 }, (_, i) => ({
    ...field,
    shape: [],
    name: i === 0 ? "\u001b[2J" : `f${i}`,
  }));
  const text = renderFile({ source: "a.csv", samples: 1, fields, skipped: [] }, createStyle(false));
  assert.ok(!text.includes("\u001b"));
  assert.match(text, /^ {2}\ufffd\[2J .* 0 to 1 \(2 infinite\)$/m);
  assert.match(text, /… and 3 more fields; --json lists them all\./);
  const vector = { ...field, shape: [103], name: "f" };
  const wide = renderFile(
    { source: "a.csv", samples: 1, fields: [...fields, vector], skipped: [] },
    createStyle(false),
  );
  assert.match(wide, /^ {2}f +103 +float32/m, "the vector of all columns is shown");
});
