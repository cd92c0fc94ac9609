import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../core/language/formatter";
import { faults as pages } from "../../core/language/faults";
import { parse } from "../../core/language/parser";

interface Fault {
  /** Lines of a spec, one fault among them. */
  body: string;
  /** The text that is marked. */
  at: string;
  says: RegExp;
  /** What the first fix makes of the faulty line; without an error left. */
  fixed?: string;
}

const faults: Fault[] = [
  { body: "compres I(X; Z)", at: "compres", says: /did you mean `compress`/, fixed: "compress I(X; Z)" },
  { body: "Keep I(X; Z)", at: "Keep", says: /did you mean `keep`/, fixed: "keep I(X; Z)" },
  { body: "maximise I(X; Z)", at: "maximise", says: /begins no statement.*`keep`/ },
  { body: "keep I(X, Z)", at: "Z", says: /Expected `;` between the two sides/, fixed: "keep I(X; Z)" },
  { body: "keep I(X Z)", at: "Z", says: /Expected `;`/, fixed: "keep I(X; Z)" },
  { body: "keep I(X Y; Z)", at: "Y", says: /Expected `,`/, fixed: "keep I(X, Y; Z)" },
  {
    body: "keep I(X; Z by gaussian",
    at: "by",
    says: /`\)` to close `I\(`/,
    fixed: "keep I(X; Z) by gaussian",
  },
  { body: "keep I(X; Y; Z)", at: ";", says: /two sides/ },
  { body: "keep I(X)", at: ")", says: /`;` and the other side/ },
  { body: "keep MI(X; Z)", at: "MI", says: /did you mean `I`/, fixed: "keep I(X; Z)" },
  {
    body: "keep w I(X; Z)",
    at: "I",
    says: /`\*` between the weight and the term/,
    fixed: "keep w * I(X; Z)",
  },
  {
    body: "keep I(X; Z) - I(Y; Z)",
    at: "-",
    says: /Terms cannot be subtracted\. To penalise information, use `compress`/,
  },
  { body: "keep I(X; Z) by", at: "by", says: /a bound such as/ },
  {
    body: "keep I(X; Z) bu gaussian",
    at: "bu",
    says: /did you mean `by`/,
    fixed: "keep I(X; Z) by gaussian",
  },
  { body: "keep I(X; Z) by kl by club", at: "by", says: /already has a `by`/ },
  { body: "keep I(X; )", at: ")", says: /Expected a variable/ },
  { body: "keep 2 · I(X; Z)", at: "·", says: /write `\*`/, fixed: "keep 2 * I(X; Z)" },
  { body: "keep I(X; Z) # why", at: "# why", says: /begins with `\/\/`/, fixed: "keep I(X; Z) // why" },
  {
    body: "latent Z gaussian(8) from X",
    at: "gaussian",
    says: /Expected `:` and a law/,
    fixed: "latent Z : gaussian(8) from X",
  },
  { body: "latent Z : gaussian(8)", at: ")", says: /`from` and what the latent is inferred from/ },
  {
    body: "latent Z : gaussian(8) form X",
    at: "form",
    says: /did you mean `from`/,
    fixed: "latent Z : gaussian(8) from X",
  },
  {
    body: "latent Z : gaussian(8 from X",
    at: "from",
    says: /`\)` to close `gaussian\(`/,
    fixed: "latent Z : gaussian(8) from X",
  },
  { body: "latent 2Z : gaussian(8) from X", at: "2", says: /a name begins with a letter/ },
  { body: "latent Z : gaussian(8) from by poe", at: "by", says: /inferred from/ },
  {
    body: "latent Z : gaussian(8) from X Y by poe",
    at: "Y",
    says: /Expected `,`/,
    fixed: "latent Z : gaussian(8) from X, Y by poe",
  },
  { body: "modality X image(2, 2)", at: "image", says: /Expected `:`/, fixed: "modality X : image(2, 2)" },
  { body: "modality X = field", at: "field", says: /`: KIND` before `=`/ },
  { body: "knob beta 32", at: "32", says: /Expected `=`/, fixed: "knob beta = 32" },
  { body: "knob beta = 32 in 1 1024", at: "1024", says: /Expected `\.\.`/ },
  { body: "knob beta = 1e999", at: "1e999", says: /too large/ },
  {
    body: "anneal beta from 1 over 10",
    at: "10",
    says: /`epochs` or `steps`/,
    fixed: "anneal beta from 1 over 10 epochs",
  },
  {
    body: "network encodr X = mlp(2)",
    at: "encodr",
    says: /`encoder`/,
    fixed: "network encoder X = mlp(2)",
  },
  { body: "data views.npz", at: "views", says: /in double quotes/ },
  { body: 'data "views.npz', at: '"views.npz', says: /no closing `"`/, fixed: 'data "views.npz"' },
  { body: "data 'views.npz'", at: "'views.npz'", says: /double quotes/, fixed: 'data "views.npz"' },
  { body: "train { epochs 10 }", at: "10", says: /Expected `=`/, fixed: "train { epochs = 10 }" },
  {
    body: "train { epochs = 10 batch = 2 }",
    at: "batch",
    says: /`,` or `}`/,
    fixed: "train { epochs = 10, batch = 2 }",
  },
  { body: "train epochs = 10 }", at: "epochs", says: /Expected `{`/, fixed: "train { epochs = 10 }" },
  { body: "train { epochs = 10", at: "10", says: /`}` to close `train {`/, fixed: "train { epochs = 10 }" },
  {
    body: "train { weights = (1, 2, 5), epochs = 3 }",
    at: "(1, 2, 5)",
    says: /square brackets/,
    fixed: "train { weights = [1, 2, 5], epochs = 3 }",
  },
  {
    body: "latent Z : gaussian(2) from X, Y by poe(weights = (w, -2",
    at: "(w, -2",
    says: /square brackets/,
  },
  {
    body: "train { weights = sum((a + b, 2) }",
    at: ",",
    says: /`\)` to close the `\(`/,
    fixed: "train { weights = sum((a + b), 2) }",
  },
  {
    body: "each V in X, Y keep I(V; Z)",
    at: "keep",
    says: /Expected `:`/,
    fixed: "each V in X, Y: keep I(V; Z)",
  },
  { body: "each V in X: 3", at: "3", says: /a statement such as/ },
  { body: "want shared X, Y)", at: "X", says: /`\(` after `shared`/, fixed: "want shared( X, Y)" },
  { body: "keep I(X; Z) }", at: "}", says: /closes the spec although/ },
  { body: 'use "./a.bottleneck"', at: "use", says: /before the first spec/ },
];

for (const { body, at, says, fixed } of faults) {
  test(`tells \`${body}\``, () => {
    const around = (line: string): string =>
      `spec A {\n  modality First : scalar\n  ${line}\n  drop Last\n}\n`;
    const text = around(body);
    const { tree, diagnostics } = parse(text);
    assert.equal(diagnostics.length, 1, diagnostics.map(({ message }) => message).join("\n"));
    const fault = diagnostics[0];
    assert.ok(fault);
    assert.match(fault.message, says);
    assert.equal(text.slice(fault.range.start, fault.range.end), at, `${fault.message} stands elsewhere`);
    const kinds = tree.specs[0]?.statements.map(({ kind }) => kind);
    assert.deepEqual([kinds?.at(0), kinds?.at(-1)], ["stream", "drop"], "the statements around are lost");
    if (fixed === undefined) return;
    assert.ok(fault.fixes?.[0], "no fix");
    const result = applyEdits(text, fault.fixes[0].edits);
    assert.equal(result.replace(/ +/g, " "), around(fixed).replace(/ +/g, " "));
    assert.deepEqual(parse(result).diagnostics, []);
  });
}

test("a statement that cannot be read leaves its name behind", () => {
  const { tree } = parse("spec A {\n  latent Z : gaussian(\n  keep I(X; Z)\n  nonsense\n}");
  assert.deepEqual(
    tree.specs[0]?.unread.map(({ word, name }) => [word, name?.text]),
    [
      ["latent", "Z"],
      [undefined, undefined],
    ],
  );
});

test("a missing brace before another spec is one error, and the next spec is whole", () => {
  const { tree, diagnostics } = parse("spec A {\n  keep I(X; Z)\n\nspec B {\n  drop Z\n}\n");
  assert.equal(diagnostics.length, 1);
  assert.equal(diagnostics[0]?.code, "unclosed-brace");
  assert.deepEqual(
    tree.specs.map((spec) => [spec.name.text, spec.statements.length]),
    [
      ["A", 1],
      ["B", 1],
    ],
  );
});

test("statements whose header is gone stay in the outline", () => {
  const { tree, diagnostics } = parse("  keep I(X; Z)\n  drop Z\n}\nspec B {}\n");
  assert.equal(diagnostics.length, 1);
  assert.equal(diagnostics[0]?.code, "outside-spec");
  assert.deepEqual(
    tree.specs.map((spec) => [spec.name.text, spec.statements.length]),
    [
      ["", 2],
      ["B", 0],
    ],
  );
});

test("the version of the language is checked", () => {
  assert.match(parse("language 2\nspec A {}").diagnostics[0]?.message ?? "", /reads language 1.*language 2/);
  assert.equal(parse("spec A {}\nlanguage 1").diagnostics[0]?.code, "misplaced");
});

test("each of two faults in different statements is told", () => {
  const { diagnostics } = parse("spec A {\n  compres I(X; Z)\n  keep I(X, Z)\n  train { a b, c = }\n}");
  assert.equal(diagnostics.length, 4);
});

for (const [code, { doc, example, fixed }] of Object.entries(pages)) {
  test(`the page of ${code}: its example has that error alone, and fixed none`, () => {
    assert.deepEqual(
      parse(example).diagnostics.map((diagnostic) => diagnostic.code),
      [code],
    );
    assert.deepEqual(parse(fixed).diagnostics, []);
    assert.match(doc, /^[A-Z`].*\.$/);
  });
}
