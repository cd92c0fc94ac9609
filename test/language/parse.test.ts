import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "../../core/language/parser";
import type { Statement } from "../../core/language/tree";
import { meaning } from "./trees";

const name = (text: string) => ({ kind: "name", text });
const number = (text: string) => ({ kind: "number", value: Number(text), text });
const call = (word: string, ...values: unknown[]) => ({
  kind: "call",
  name: name(word),
  args: values.map((value) => ({ value })),
});
const variable = (text: string, ...subset: string[][]) => ({
  kind: "variable",
  name: name(text),
  ...(subset[0] ? { subset: subset[0].map(name) } : {}),
});
const information = (left: unknown[], right: unknown[], given: unknown[] = []) => ({
  kind: "information",
  left,
  right,
  given,
});

/** The one statement of a text, without places. */
function read(text: string): unknown {
  const { tree, diagnostics } = parse(`spec A {\n  ${text}\n}`);
  assert.deepEqual(diagnostics, [], text);
  const statements = tree.specs[0]?.statements ?? [];
  assert.equal(statements.length, 1, text);
  return meaning(statements[0]);
}

const cases: [text: string, statement: unknown][] = [
  [
    "modality X : image(28, 28) = field",
    {
      kind: "stream",
      role: "modality",
      name: name("X"),
      type: call("image", number("28"), number("28")),
      field: name("field"),
    },
  ],
  ["observe s : scalar", { kind: "stream", role: "observe", name: name("s"), type: call("scalar") }],
  [
    'target L : label(10) = "a field"',
    {
      kind: "stream",
      role: "target",
      name: name("L"),
      type: call("label", number("10")),
      field: { kind: "string", value: "a field" },
    },
  ],
  [
    "modality Q = partner(X, same = L)",
    {
      kind: "stream",
      role: "modality",
      name: name("Q"),
      derived: {
        kind: "call",
        name: name("partner"),
        args: [{ value: name("X") }, { name: name("same"), value: name("L") }],
      },
    },
  ],
  [
    "latent Z1 : gaussian(8) from X, Y by poe(prior) given Z2",
    {
      kind: "latent",
      name: name("Z1"),
      law: call("gaussian", number("8")),
      from: [name("X"), name("Y")],
      fusion: call("poe", name("prior")),
      given: [name("Z2")],
    },
  ],
  [
    "latent Z : gaussian(8) from X frozen given W",
    {
      kind: "latent",
      name: name("Z"),
      law: call("gaussian", number("8")),
      from: [name("X")],
      given: [name("W")],
      frozen: name("frozen"),
    },
  ],
  ["share Zx, Zy", { kind: "share", names: [name("Zx"), name("Zy")] }],
  ["prior Z = mixture(10)", { kind: "prior", name: name("Z"), law: call("mixture", number("10")) }],
  ["prior Z1 = from Z2", { kind: "prior", name: name("Z1"), from: [name("Z2")] }],
  [
    "keep link: I(Zx; Zy) by infonce(critic = dot) one-way as second at 5",
    {
      kind: "term",
      side: "keep",
      label: name("link"),
      terms: [
        {
          term: information([variable("Zx")], [variable("Zy")]),
          bound: {
            name: name("infonce"),
            args: [{ name: name("critic"), value: name("dot") }],
            flags: [name("one-way")],
            as: name("second"),
          },
          target: { mode: "at", value: number("5") },
        },
      ],
    },
  ],
  [
    "compress 2 * w * I(X, Y; Z | X) by conditional(Z[X]) + gap(Z, each)",
    {
      kind: "term",
      side: "compress",
      terms: [
        {
          weight: { kind: "binary", operator: "*", left: number("2"), right: name("w") },
          term: information([variable("X"), variable("Y")], [variable("Z")], [variable("X")]),
          bound: { name: name("conditional"), args: [{ value: variable("Z", ["X"]) }], flags: [] },
        },
        { term: { kind: "functional", functional: "gap", of: [variable("Z")], each: true } },
      ],
    },
  ],
  [
    "compress TC(Z1, Z2) by density-ratio below 0.5",
    {
      kind: "term",
      side: "compress",
      terms: [
        {
          term: { kind: "functional", functional: "TC", of: [variable("Z1"), variable("Z2")], each: false },
          bound: { name: name("density-ratio"), args: [], flags: [] },
          target: { mode: "below", value: number("0.5") },
        },
      ],
    },
  ],
  [
    "keep I(Y; Z[X], Wy[])",
    {
      kind: "term",
      side: "keep",
      terms: [{ term: information([variable("Y")], [variable("Z", ["X"]), variable("Wy", [])]) }],
    },
  ],
  [
    "separate Z, W weight g by chain",
    {
      kind: "separate",
      left: variable("Z"),
      right: variable("W"),
      weight: name("g"),
      bound: { name: name("chain"), args: [], flags: [] },
    },
  ],
  [
    "want shared(X, Y), forget(angle) in Zx, Zy, predict(L)",
    {
      kind: "want",
      wants: [
        { intent: name("shared"), of: [name("X"), name("Y")], in: [] },
        { intent: name("forget"), of: [name("angle")], in: [name("Zx"), name("Zy")] },
        { intent: name("predict"), of: [name("L")], in: [] },
      ],
    },
  ],
  [
    "knob beta = 32 in 0.1..1024 log",
    {
      kind: "knob",
      name: name("beta"),
      value: number("32"),
      from: number("0.1"),
      to: number("1024"),
      log: true,
    },
  ],
  ["knob w = 1e-3", { kind: "knob", name: name("w"), value: number("1e-3"), log: false }],
  [
    "anneal beta from 1 over 10 steps",
    { kind: "anneal", name: name("beta"), from: number("1"), over: number("10"), unit: "steps" },
  ],
  [
    "network critic Zx, Zy = mlp(256)",
    { kind: "network", role: "critic", names: [name("Zx"), name("Zy")], network: call("mlp", number("256")) },
  ],
  ['data "file.npz"', { kind: "data", source: { kind: "string", value: "file.npz" }, settings: [] }],
  [
    "train { epochs = 10, batch = 128 optimizer = adam(1e-3) }".replace("128 ", "128\n"),
    {
      kind: "train",
      settings: [
        { name: name("epochs"), value: number("10") },
        { name: name("batch"), value: number("128") },
        { name: name("optimizer"), value: call("adam", number("1e-3")) },
      ],
    },
  ],
  ["missing X rate 0.2", { kind: "missing", name: name("X"), rate: number("0.2") }],
  [
    "each S in sample(subsets(X, Y), 2): keep I(X; Z[S])",
    {
      kind: "each",
      variable: name("S"),
      domain: call("sample", call("subsets", name("X"), name("Y")), number("2")),
      body: {
        kind: "term",
        side: "keep",
        terms: [{ term: information([variable("X")], [variable("Z", ["S"])]) }],
      },
    },
  ],
  ["drop link", { kind: "drop", name: name("link") }],
];

for (const [text, statement] of cases) {
  test(`reads \`${text.replace("\n", " ")}\``, () => assert.deepEqual(read(text), statement));
}

test("every kind of statement has a case", () => {
  const kinds: Record<Statement["kind"], true> = {
    stream: true,
    latent: true,
    share: true,
    prior: true,
    term: true,
    separate: true,
    want: true,
    knob: true,
    anneal: true,
    network: true,
    data: true,
    train: true,
    missing: true,
    each: true,
    drop: true,
  };
  const seen = new Set(cases.map(([, statement]) => (statement as Statement).kind));
  assert.deepEqual([...seen].sort(), Object.keys(kinds).sort());
});

test("arithmetic binds as it is read aloud", () => {
  const value = (text: string) => (read(`knob a = ${text}`) as { value: unknown }).value;
  assert.deepEqual(value("a - b"), { kind: "binary", operator: "-", left: name("a"), right: name("b") });
  assert.deepEqual(value("a-b-c"), {
    kind: "binary",
    operator: "-",
    left: { kind: "binary", operator: "-", left: name("a"), right: name("b") },
    right: name("c"),
  });
  assert.deepEqual(value("1 + 2 * -b"), {
    kind: "binary",
    operator: "+",
    left: number("1"),
    right: {
      kind: "binary",
      operator: "*",
      left: number("2"),
      right: { kind: "negation", value: name("b") },
    },
  });
});

test("the words of the grammar may be names", () => {
  for (const word of [
    "I",
    "keep",
    "from",
    "by",
    "prior",
    "knob",
    "in",
    "spec",
    "at",
    "each",
    "log",
    "train",
  ]) {
    const { diagnostics } = parse(
      `spec ${word} {
        modality ${word} : vector(2)
        latent Z : gaussian(2) from ${word}
        keep 2 * ${word} * I(${word}; Z)
        keep I(X, ${word}; ${word} | ${word}) at ${word}
        knob ${word} = ${word} in ${word} .. ${word}
        separate ${word}, ${word} weight ${word}
        train { ${word} = ${word} }
      }`,
    );
    assert.deepEqual(diagnostics, [], word);
  }
});

test("the header of a file and of a spec", () => {
  const { tree, diagnostics } = parse(
    'language 1\nuse "./a.bottleneck"\nspec B "title" extends A(X = photo, Y = sound) {}\nspec C {}',
  );
  assert.deepEqual(diagnostics, []);
  assert.equal(tree.version?.value, 1);
  assert.deepEqual(
    tree.uses.map(({ path }) => path.value),
    ["./a.bottleneck"],
  );
  assert.deepEqual(meaning(tree.specs), [
    {
      kind: "spec",
      name: name("B"),
      title: { kind: "string", value: "title" },
      extension: {
        base: name("A"),
        renames: [
          { from: name("X"), to: name("photo") },
          { from: name("Y"), to: name("sound") },
        ],
      },
      statements: [],
      unread: [],
    },
    { kind: "spec", name: name("C"), statements: [], unread: [] },
  ]);
});

test("documentation belongs to what follows it, other comments to nothing", () => {
  const { tree } = parse(
    "/// Of A.\n/// More.\nspec A { // open\n  /// Of X.\n  // plain\n  modality X : scalar /// behind\n}\n/// Of nothing.",
  );
  assert.equal(tree.specs[0]?.doc, "Of A.\nMore.");
  assert.equal(tree.specs[0]?.statements[0]?.doc, "Of X.");
  assert.deepEqual(
    tree.comments.map(({ text }) => text),
    ["// open", "// plain", "/// behind", "/// Of nothing."],
  );
});

test("the example of the language reads whole, with places that give back the text", () => {
  const text = readFileSync(new URL("./files/shared-digit.bottleneck", import.meta.url), "utf8");
  const { tree, diagnostics } = parse(text);
  assert.deepEqual(diagnostics, []);
  const spec = tree.specs[0];
  assert.ok(spec);
  assert.equal(spec.statements.length, 18);
  for (const { range } of spec.statements) {
    const written = text.slice(range.start, range.end);
    assert.ok(text.includes(`\n  ${written}`), written);
    assert.ok(!written.includes("//"), written);
  }
  assert.equal(text.slice(spec.body.start, spec.body.start + 1), "{");
  assert.equal(text.slice(spec.body.end - 1, spec.body.end), "}");
});
