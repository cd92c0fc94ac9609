import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { symbolsOf, yearOf } from "../../core/catalogue/elements";
import { tableSummary } from "../../core/views/table";
import { neighboursOf, type TableSummary } from "../../core/views/table-summary";
import { analyse } from "../../core/theory/analyse";
import { changesOf } from "../../core/theory/recognition/changes";
import { placeOf } from "../../core/theory/recognition/table";

/** A spec of two views with these lines. */
function withOwn(...lines: string[]): TableSummary {
  const { specs, diagnostics } = analyse(
    [
      "spec Own {",
      "modality X : vector(9)",
      "modality Y : vector(9)",
      "target L : label(3)",
      ...lines,
      "}",
    ].join("\n"),
  );
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors, []);
  const { derived, recognised } = specs[0]!;
  return tableSummary({ derived: derived!, recognised });
}

const cellOf = (...lines: string[]): string => {
  const { own } = withOwn(...lines);
  return `${own!.row} ${own!.column}`;
};

const one = "latent Z : gaussian(2) from X";
const joint = "latent Z : gaussian(2) from X, Y";
const two = ["latent Zx : gaussian(2) from X", "latent Zy : gaussian(2) from Y"];
const points = ["latent Zx : deterministic(2) from X", "latent Zy : deterministic(2) from Y"];
const rates = ["compress I(X; Zx)", "compress I(Y; Zy)"];

const cells: [cell: string, lines: string[]][] = [
  ["nothing own", ["latent Z : deterministic(2) from X", "keep I(X; Z)"]],
  ["nothing critic", [...points, "keep I(Zx; Zy) by infonce"]],
  ["nothing covariance", [...points, "keep I(Zx; Zy) by cca"]],
  ["penalty own", ["latent Z : deterministic(2) from X", "compress gap(Z) by mmd", "keep I(X; Z)"]],
  ["view own", [one, "compress I(X; Z)", "keep I(X; Z)"]],
  ["view target", [one, "compress I(X; Z)", "keep I(L; Z)"]],
  ["view target", [one, "compress I(X; Z)", "keep I(Y; Z)"]],
  ["view views", [one, "compress I(X; Z)", "keep I(X; Z)", "keep I(Y; Z)"]],
  ["view none", [one, "compress I(X; Z)"]],
  ["view none", ["latent C : categorical(5) from X", "compress I(X; C)", "keep H(C)"]],
  ["view target", ["latent C : categorical(5) from X", "compress I(X; C)", "keep I(L; C)", "keep H(C)"]],
  ["penalised own", [one, "compress I(X; Z)", "compress 2 * TC(Z) by density-ratio", "keep I(X; Z)"]],
  ["joint views", [joint, "compress I(X, Y; Z)", "keep I(X, Y; Z)"]],
  ["joint views", [`${joint} by moe`, "compress I(X, Y; Z)", "keep I(X, Y; Z)"]],
  ["partial target", [`${joint} by poe`, "compress I(X, Y; Z)", "compress I(X; Z[X])", "keep I(L; Z)"]],
  ["conditional target", [one, "compress I(X; Z | L)", "keep I(L; Z)"]],
  ["views critic", [...two, ...rates, "keep I(Zx; Zy) by mine"]],
  ["views target", [...two, ...rates, "keep I(L; Zx, Zy)"]],
  ["views linked", [...two, ...rates, "keep I(Zx; Zy) by mine", "keep I(L; Zx)"]],
  [
    "private views",
    [
      joint,
      "latent W : gaussian(2) from X",
      "compress I(X, Y; Z)",
      "compress I(X; W)",
      "keep I(X; Z, W)",
      "keep I(Y; Z)",
    ],
  ],
  [
    "levels own",
    [one, "latent V : gaussian(2) from Z", "compress I(X; Z)", "compress I(Z; V)", "keep I(X; Z)"],
  ],
];

for (const [cell, lines] of cells)
  test(`${cell}: ${lines.slice(-2).join(", ")}`, () => assert.equal(cellOf(...lines), cell));

test("a loss stands in one cell, however it is written", () => {
  const terms = [...rates, "keep I(Zx; Zy) by mine", "keep I(X; Zx)", "keep I(Y; Zy)"];
  const expected = cellOf(...two, ...terms);
  assert.equal(cellOf(...[...two].reverse(), ...[...terms].reverse()), expected);
  const renamed = [...two, ...terms].map((line) => line.replace(/\bZx\b/g, "a").replace(/\bZy\b/g, "b"));
  assert.equal(cellOf(...renamed), expected);
});

test("every method has a cell of the table, a symbol of its own, and the methods spread", () => {
  const { methods, rows, columns } = tableSummary();
  assert.equal(methods.length, catalogue().length);
  for (const { method, row, column, year } of methods) {
    assert.ok(rows.some(({ id }) => id === row) && columns.some(({ id }) => id === column), method);
    assert.ok(year === undefined || (year > 1930 && year < 2100), method);
  }
  assert.equal(new Set(methods.map(({ symbol }) => symbol)).size, methods.length);
  assert.ok(methods.every(({ symbol }) => /^.{2,3}$/u.test(symbol)));
  const occupied = new Set(methods.map(({ row, column }) => `${row} ${column}`));
  assert.ok(occupied.size >= methods.length / 3, `${methods.length} methods in ${occupied.size} cells`);
});

test("a method stands in its own cell, and is no change from itself", () => {
  for (const entry of catalogue().filter((_, i) => i % 5 === 0)) {
    const { derived, recognised } = analyse(entry.text).specs[0]!;
    const summary = tableSummary({ derived: derived!, recognised });
    const { row, column, changes } = summary.methods.find(({ file }) => file === entry.file)!;
    assert.deepEqual(placeOf(derived!), { row, column });
    assert.deepEqual(changes, [], entry.method);
    assert.equal(neighboursOf(summary)[0]!.file, entry.file);
  }
});

test("a row or column where nothing stands is shown for a spec of it alone", () => {
  assert.ok(!tableSummary().columns.some(({ id }) => id === "none"));
  assert.ok(withOwn(one, "compress I(X; Z)").columns.some(({ id }) => id === "none"));
});

test("what one decision changes is one change", () => {
  const changes: [string[], string[]][] = [
    [
      ["Zx with noise", "Zy with noise", "also compressing I(X; Zx)", "also compressing I(Y; Zy)"],
      ["Zx and Zy with noise"],
    ],
    [
      ["Z without noise", "not compressing I(X; Z)", "not compressing TC(Z)"],
      ["Z without noise", "not compressing TC(Z)"],
    ],
    [["also keeping I(X; Zx)", "also keeping I(Y; Zy)"], ["also keeping I(X; Zx) and I(Y; Zy)"]],
    [
      ["Z inferred from X instead of X and Y", "not compressing I(X, Y; Z)", "also compressing I(X; Z)"],
      ["Z inferred from X instead of X and Y"],
    ],
    [["without Wx and Wy"], ["without Wx and Wy"]],
    [["without Y, Wx and Wy"], ["without Y", "without Wx", "without Wy"]],
    [["MINE instead of InfoNCE"], ["MINE instead of InfoNCE"]],
  ];
  for (const [differences, expected] of changes) assert.deepEqual(changesOf(differences), expected);
});

test("what parts well-known neighbours is one change", () => {
  const near = (method: string): string[] => {
    const { derived, recognised } = analyse(catalogue().find((entry) => entry.method === method)!.text)
      .specs[0]!;
    return neighboursOf(tableSummary({ derived: derived!, recognised })).map((neighbour) => neighbour.method);
  };
  for (const [method, neighbour] of [
    ["DVSIB", "DSIB"],
    ["DVSIB", "DVSIB-private"],
    ["VSIB", "MV-InfoMax"],
    ["DVIB", "supervised cross-entropy"],
    ["beta-DVCCA", "SplitAE"],
    ["DCCAE", "DCCA"],
  ] as const)
    assert.ok(near(method).includes(neighbour), `${neighbour} is not told beside ${method}`);
  assert.ok(!near("DVSIB").includes("DMIB"));
});

test("a symbol is made of a name's own letters, and older names choose first", () => {
  const symbols = symbolsOf([
    { name: "DVIB", year: 2017 },
    { name: "DVSIB", year: 2025 },
    { name: "beta-VAE", year: 2017 },
    { name: "FactorVAE", year: 2018 },
    { name: "MMVAE+", year: 2023 },
  ]);
  assert.deepEqual([...symbols.values()].sort(), ["Ds", "Dv", "Fv", "M+", "βv"]);
  assert.equal(symbols.get("DVIB"), "Dv");
});

test("a source's year is that of the first work it names", () => {
  assert.equal(yearOf("Wang 2016, JMLR; with beta: Abdelaleem 2025"), 2016);
  assert.equal(yearOf("arXiv:1804.03599"), undefined);
});
