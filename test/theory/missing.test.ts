import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { patternsOf, rowsWith } from "../../core/theory/missing/patterns";
import { all, any, presenceText, shareOf } from "../../core/theory/missing/presence";

const views = `
  modality X : vector(6)
  modality Y : vector(6)
  modality A : vector(6)
  target L : label(3)
  observe s : scalar
  missing X rate 0.5
  missing Y rate 0.25`;

/** Which rows each term reads, by its id. */
function rows(statements: string): Record<string, string> {
  const { specs, diagnostics } = analyse(`spec S {${views}\n${statements}\n}`);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return Object.fromEntries(
    specs[0]!.derived!.terms.map((term) => [term.term.id, presenceText(term.rows) || "all"]),
  );
}

test("a term reads the rows that have what its bound reads, whatever the bound", () => {
  const found = rows(`
    latent Zx : gaussian(3) from X
    latent Zy : gaussian(3) from Y
    latent Za : gaussian(3) from A
    latent Z : gaussian(3) from X, Y by poe
    latent T : gaussian(3) from X, Y, A by poe
    latent U : gaussian(3) from Zx, A
    latent G : gaussian(3) from A given Zx
    latent P : gaussian(3) from X, Y by poe(prior)
    compress I(X; Zx)
    compress I(A; Za) by club
    compress I(X, Y; Z)
    compress I(X, Y; P)
    compress I(A; G | X) by conditional(learned)
    compress I(X, Y; Z | Y) by conditional(Z[Y])
    compress gap(Zy) by mmd
    keep I(X; Z)
    keep I(A; Za, Zy)
    keep I(Zx; Zy)
    keep I(Z; Za) by mine
    keep I(L; T[X, Y]) by infonce
    keep I(L; U)
    keep I(L; P)
    keep TC(Zx, Zy, Za)`);
  assert.deepEqual(found, {
    "compress I(X; Zx)": "X",
    "compress I(A; Za)": "all",
    "compress I(X, Y; Z)": "X or Y",
    "compress I(X, Y; P)": "all",
    "compress I(A; G | X)": "X",
    "compress I(X, Y; Z | Y)": "Y",
    "compress gap(Zy)": "Y",
    "keep I(X; Z)": "X",
    "keep I(A; Za, Zy)": "Y",
    "keep I(Zx; Zy)": "X and Y",
    "keep I(Z; Za)": "X or Y",
    "keep I(L; T[X, Y])": "X and Y",
    "keep I(L; U)": "all",
    "keep I(L; P)": "all",
    "keep TC(Zx, Zy, Za)": "X and Y",
  });
});

test("a target that may be missing leaves rows out of its own terms, and of codes that read it", () => {
  const found = rows(`
    missing L rate 0.4
    latent Zx : gaussian(3) from X
    latent Za : gaussian(3) from A
    compress I(X; Zx)
    compress I(A; Za | L) by conditional(learned)
    keep I(L; Zx)
    keep I(A; Za)`);
  assert.deepEqual(found, {
    "compress I(X; Zx)": "X",
    "compress I(A; Za | L)": "L",
    "keep I(L; Zx)": "L and X",
    "keep I(A; Za)": "all",
  });
});

test("a component of a mixture reads the rows that have all of its inputs", () => {
  const found = rows(`
    latent Z : gaussian(3) from X, Y by mopoe
    compress I(X, Y; Z)`);
  assert.deepEqual(found, {
    "compress I(X; Z[X])": "X",
    "compress I(Y; Z[Y])": "Y",
    "compress I(X, Y; Z[X, Y])": "X and Y",
  });
});

test("a stream made from another is absent with it", () => {
  const found = rows(`
    modality X2 = augment(X, noise)
    latent Za : gaussian(3) from X2
    latent Zb : gaussian(3) from X
    compress I(X2; Za)
    compress I(X; Zb)
    keep I(Za; Zb)`);
  assert.deepEqual(Object.values(found), ["X", "X", "X"]);
});

test("rows that are needed, in their simplest form", () => {
  const [x, y, a] = [[["X"]], [["Y"]], [["A"]]];
  assert.equal(presenceText(all([any([x, y]), x])), "X");
  assert.equal(presenceText(all([any([y, x]), a])), "A and (X or Y)");
  assert.equal(presenceText(any([all([x, y]), a])), "(A or X) and (A or Y)");
  assert.deepEqual(any([x, []]), []);
});

const absent = (...rates: number[]) =>
  rates.map((rate, i) => ({ stream: "XYA"[i]!, rate, range: { start: 0, end: 0 } }));

test("each stream is absent from as many rows as its rate says", () => {
  for (const batch of [7, 64, 128])
    for (const rates of [
      [0.2, 0.3, 0.5],
      [0.01, 0.9, 0.29],
    ]) {
      const missing = absent(...rates);
      const patterns = patternsOf(missing, batch);
      assert.equal(
        patterns.reduce((sum, { rows: count }) => sum + count, 0),
        batch,
      );
      for (const { stream, rate } of missing)
        assert.equal(batch - rowsWith([[stream]], missing, batch), Math.round(rate * batch));
      // Independent of each other, within the rounding of two splits.
      const both = rowsWith([["X"], ["Y"]], missing, batch) / batch;
      assert.ok(Math.abs(both - (1 - rates[0]!) * (1 - rates[1]!)) <= 2 / batch);
    }
});

test("the share of rows is that of the product of the rates", () => {
  const missing = absent(0.2, 0.3, 0.5);
  const close = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-12);
  close(shareOf([["X"], ["Y"]], missing), 0.56);
  close(shareOf([["X", "Y"]], missing), 0.94);
  close(shareOf([["A"], ["X", "Y"]], missing), 0.47);
  close(shareOf([["A", "X"], ["A", "Y"]], missing), 0.5 + 0.5 * 0.56); // prettier-ignore
});

const faults: [string, RegExp][] = [
  ["missing Q rate 0.2", /Unknown stream `Q`\. This spec has/],
  ["missing s rate 0.2", /`s` is `observe`d.*Only a `modality` or a `target` can be missing/],
  ["missing Z rate 0.2", /`Z` is a latent; only streams can be missing/],
  ["missing X rate 0.2", /The missing rate of `X` is given twice/],
  ["missing A rate 1", /It must be at least 0 and below 1/],
  ["missing A rate -0.1", /It must be at least 0 and below 1/],
  ["missing A rate beta", /It must be at least 0 and below 1/],
  ["train { batch = 3 }", /reads rows with X; a batch of 3 has 1 such row, and at least 2 are needed/],
];

for (const [statement, message] of faults)
  test(`one error, at its place: ${statement}`, () => {
    const text = `spec S {${views}\n knob beta = 8\n latent Z : gaussian(3) from X\n compress I(X; Z)\n keep I(X; Z)\n ${statement}\n}`;
    const found = analyse(text).diagnostics.filter(({ severity }) => severity === "error");
    // A term is told of its own, and a small batch has several.
    assert.ok(found.length === 1 || statement.startsWith("train"), JSON.stringify(found));
    assert.match(found[0]!.message, message);
  });

test("one encoder of two codes has the same columns for both", () => {
  const text = (fusion: string): string => `spec S {${views}
    latent Z : gaussian(3) from X, A ${fusion}
    latent W : gaussian(3) from A, Y ${fusion}
    share Z, W
    knob beta = 8
    compress I(X, A; Z)
    compress I(A, Y; W)
    keep I(Z; W)
  }`;
  const errors = (fusion: string): string[] =>
    analyse(text(fusion))
      .diagnostics.filter(({ severity }) => severity === "error")
      .map(({ message }) => message);
  assert.match(
    errors("by concat")[0]!,
    /cannot share an encoder\..* with `concat`, the same inputs must have a `missing` rate/,
  );
  assert.deepEqual(errors("by poe"), []);
});

test("covariances need more rows that have both sides than dimensions", () => {
  const text = (batch: number): string => `spec S {${views}
    latent Zx : deterministic(8) from X
    latent Zy : deterministic(8) from Y
    keep I(Zx; Zy) by canonical
    train { batch = ${batch} }
  }`;
  const of = (batch: number) =>
    analyse(text(batch)).diagnostics.filter(({ code }) => /unfit|covariance/.test(code));
  assert.match(
    of(40)[0]!.message,
    /the batch is 40 with 15 rows that have X and Y and the widths add up to 16. Raise `batch` to 171/,
  );
  assert.match(
    of(64)[0]!.message,
    /has 24 rows with both to compare 8 and 8 coordinates.*Raise `batch` to 171/,
  );
  assert.deepEqual(of(176), []);
});

test("the ceiling of a contrast is that of its rows", () => {
  const text = `spec S {
    modality X : vector(4)
    target L : label(100)
    missing X rate 0.5
    latent Z : gaussian(2) from X
    knob beta = 8
    compress I(X; Z)
    keep I(L; Z) by infonce
    train { batch = 128 }
  }`;
  const found = analyse(text).diagnostics.find(({ code }) => code === "infonce-ceiling");
  assert.match(found!.message, /cannot report more than log 64/);
});

test("a term says over which rows it is averaged, and what a masked sum would make of it", () => {
  const { specs } = analyse(`spec S {${views}
    latent Zx : gaussian(3) from X
    latent Zy : gaussian(3) from Y
    compress I(X; Zx)
    compress I(Y; Zy)
    keep I(Zx; Zy)
  }`);
  const { terms, steps } = specs[0]!.derived!;
  assert.match(
    terms[2]!.reason,
    /averaged over the rows with X and Y, 0.38 of all; a masked sum over all rows would count it 0.38 times/,
  );
  assert.ok(steps.some(({ text }) => text.includes("X from 0.5 of the rows, Y from 0.25 of the rows")));
});
