/** Losses of many views: shown and recognised by their pattern, and refused before they are made where they are too many. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse, type Analysis } from "../../core/theory/analyse";
import { derive } from "../../core/theory/derivation/derive";
import { encoderGraph } from "../../core/theory/derivation/graphs";
import { shownTerms } from "../../core/theory/derivation/patterns";
import { split, splitCount } from "../../core/theory/derivation/split";
import { fusions } from "../../core/theory/fusions/index";
import { methods } from "../../core/theory/recognition/recognise";
import { orbitOf, withoutViews } from "../../core/theory/recognition/orbits";
import { lossLatex } from "../../core/views/latex";
import { lossText } from "../../core/views/unicode";

const viewsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `X${i}`);

/** A spec of so many vectors. */
function specOf(count: number, body: (views: readonly string[], all: string) => string): string {
  const views = viewsOf(count);
  const streams = views.map((name) => `  modality ${name} : vector(4)`).join("\n");
  return `spec A {\n${streams}\n${body(views, views.join(", "))}\n}\n`;
}

const mopoe = (count: number): string =>
  specOf(
    count,
    (views, all) => `  latent Z : gaussian(2) from ${all} by mopoe
  compress I(${all}; Z)
${views.map((name) => `  keep I(${name}; Z)`).join("\n")}`,
  );

const subsets = (count: number): string =>
  specOf(
    count,
    (_, all) => `  latent Z : gaussian(2) from ${all} by poe(prior)
  each S in subsets(${all}): compress I(S; Z[S])
  each S in subsets(${all}): keep I(S; Z[S])`,
  );

function whole(text: string): Analysis["specs"][number] {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return specs[0]!;
}

test("a loss over all subsets has one line for the rate and one for each view, however many subsets there are", () => {
  for (const count of [5, 6, 7]) {
    const derived = whole(mopoe(count)).derived!;
    const shown = shownTerms(derived);
    assert.equal(shown.length, 1 + count);
    assert.ok(shown.every(({ over }) => over?.count === 2 ** count - 1));
    assert.equal(
      shown.reduce((sum, { over }) => sum + (over?.count ?? 1), 0),
      derived.terms.length,
    );
    assert.ok(derived.steps.length < 2 * count + 8, `${derived.steps.length} steps`);
  }
});

test("a line says what it is summed over, in the loss, in LaTeX and in words", () => {
  const derived = whole(mopoe(5)).derived!;
  assert.match(
    lossText(derived),
    /^L = 1\/31·Σ\(S\) KL\(q\(z\[s\]\|s\) ‖ r\(z\[s\]\)\) − \[ 1\/31·Σ\(S\) D\(X0; Z\[S\]\)/,
  );
  assert.match(lossText(derived), / \], S ⊆ \{X0, X1, …, X4\}$/);
  assert.match(lossLatex(derived), /\\sum_\{S\}/);
  const [rate] = shownTerms(derived);
  assert.equal(rate!.over!.text, "each of the 31 subsets S of X0, X1, …, X4");
});

test("a view that is reconstructed from the subsets it is in says so", () => {
  const derived = whole(subsets(5)).derived!;
  const texts = shownTerms(derived).flatMap(({ over }) => over?.text ?? []);
  assert.ok(texts.includes("each of the 16 subsets S of X0, X1, …, X4 that contain X0"), texts.join("\n"));
  assert.match(lossText(derived), /Σ\(S ∋ X0\) /);
});

test("up to four views every term is listed, and a letter that the spec uses is not taken", () => {
  const four = whole(mopoe(4)).derived!;
  assert.deepEqual(shownTerms(four), four.terms);
  const named = whole(mopoe(5).replaceAll("X4", "S")).derived!;
  assert.equal(shownTerms(named)[0]!.over!.letter, "T");
});

test("more than four views that can change places are compared at four: as many terms for 5 views as for 8", () => {
  const compared = [5, 6, 7, 8].map((count) => {
    const { spec } = whole(mopoe(count).replace("by mopoe", "by poe"));
    const mixed = {
      ...spec!,
      latents: spec!.latents.map((one) => ({ ...one, fusion: { name: "mopoe" as const, options: [] } })),
    };
    const orbit = orbitOf(mixed);
    assert.deepEqual(orbit, viewsOf(count));
    return derive(withoutViews(mixed, orbit, orbit.slice(4))).terms.length;
  });
  assert.deepEqual(compared, [75, 75, 75, 75]);
});

const symmetric: Record<string, (views: readonly string[], all: string) => string> = {
  MVAE: (_, all) =>
    `  latent Z : gaussian(2) from ${all} by poe(prior)\n  compress I(${all}; Z)\n  keep I(${all}; Z)`,
  MMVAE: (_, all) =>
    `  latent Z : gaussian(2) from ${all} by moe\n  compress I(${all}; Z)\n  keep I(${all}; Z)`,
  "MoPoE-VAE": (_, all) =>
    `  latent Z : gaussian(2) from ${all} by mopoe\n  compress I(${all}; Z)\n  keep I(${all}; Z)`,
  "MVAE with sub-sampled training": (_, all) => `  latent Z : gaussian(2) from ${all} by poe(prior)
  each S in subsets(${all}): compress I(S; Z[S])
  each S in subsets(${all}): keep I(S; Z[S])`,
};

for (const [name, body] of Object.entries(symmetric)) {
  test(`${name} of five and six views is what it is of four, and says how it was compared`, () => {
    const four = whole(specOf(4, body)).recognised!;
    for (const count of [5, 6]) {
      const many = whole(specOf(count, body)).recognised!;
      assert.equal(many.match, "near");
      assert.equal(many.method, four.method);
      assert.equal(many.text, `${four.text}, compared at 4 of its ${count} exchangeable views`);
      assert.equal(many.variants[0], `${count} views`);
    }
  });
}

test("views that are weighed apart cannot change places", () => {
  const text = mopoe(5).replace("keep I(X2; Z)", "keep 3 * I(X2; Z)").replace("by mopoe", "by poe");
  assert.deepEqual(orbitOf(whole(text).spec!), ["X0", "X1", "X3", "X4"]);
});

test("a loss of too many terms is refused at its largest term before any of them is made", () => {
  // 2 to the power of 60 components could not be made.
  for (const count of [9, 60]) {
    const text = mopoe(count);
    const { specs, diagnostics } = analyse(text);
    const [found, ...others] = diagnostics;
    assert.deepEqual(others, []);
    assert.equal(found!.code, "too-many-terms");
    assert.match(text.slice(found!.range.start, found!.range.end), /^I\(X/);
    assert.equal(specs[0]!.derived!.terms.length, 0);
    assert.equal(specs[0]!.recognised, undefined);
  }
  const [nine] = analyse(mopoe(9)).diagnostics;
  assert.match(nine!.message, /5,110 terms; the limit is 2,500\. `Z` is a mixture of 511 components/);
});

test("an `each` of too many statements is one error at its place, whatever it would have declared", () => {
  const names = (count: number): string => viewsOf(count).join(", ");
  const text = (statement: string, source = "X1"): string =>
    `spec A {\n  modality X : vector(4)\n  ${statement}\n  latent Z : gaussian(2) from ${source}\n  compress I(X; Z)\n  keep I(X; Z)\n}\n`;
  const refused: [string, string, string?][] = [
    [`each V in ${names(1001)}: modality V : vector(2)`, "1,001"],
    [`each V in ${names(400)}: each W in ${names(400)}: keep I(V; Z)`, "160,000", "X"],
    [
      `each S in subsets(A, B, C, D, E, F, G, H): each W in ${names(4)}: latent W : gaussian(2) from S`,
      "1,020",
    ],
  ];
  for (const [statement, count, source] of refused) {
    const [found, ...others] = analyse(text(statement, source)).diagnostics;
    assert.deepEqual(others, []);
    assert.equal(found!.code, "too-many-terms");
    assert.match(found!.message, new RegExp(`would write ${count} statements; the limit is 1,000`));
    assert.equal(found!.range.start, text(statement).indexOf("each"));
  }
  const most = analyse(text(`each V in ${names(1000)}: modality V : vector(2)`));
  assert.equal(most.specs[0]!.spec!.streams.length, 1001);
});

test("the encoder graph reads each term as often, however many there are", () => {
  const reads = (count: number): number => {
    const spec = whole(
      specOf(2, (_, all) =>
        Array.from({ length: count }, (_, i) => i)
          .map(
            (i) =>
              `  latent Z${i} : gaussian(2) from ${all}\n  compress I(${all}; Z${i})\n  keep I(X0; Z${i})`,
          )
          .join("\n"),
      ),
    ).spec!;
    let found = 0;
    const counted = spec.terms.map(
      (term) => new Proxy(term, { get: (of, key) => (found++, Reflect.get(of, key) as unknown) }),
    );
    assert.equal(
      encoderGraph(spec, counted).edges.filter(({ term }) => term !== undefined).length,
      2 * count,
    );
    return found / counted.length;
  };
  assert.ok(reads(64) <= reads(8));
});

test("terms and components are counted as they are made", () => {
  for (const { count, components } of fusions)
    for (const inputs of [1, 2, 3, 5])
      for (const all of [true, false])
        assert.equal(count?.(inputs, all) ?? 0, components?.(viewsOf(inputs), all).length ?? 0);
  const specs = [...methods().map(({ derived }) => derived.spec), whole(mopoe(5)).spec!];
  for (const spec of specs)
    for (const term of spec.terms)
      assert.equal(splitCount(term, spec).count, split(term, spec).length, term.id);
});
