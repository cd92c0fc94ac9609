import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeAt } from "../../core/language/nodes";
import { parse } from "../../core/language/parser";
import { declarationAt, symbolsOf, usesOf } from "../../core/language/symbols";

const base = `spec Base {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X, Y
  knob beta = 1
  keep link: I(X; Z)
}
`;
const text = `${base}
spec Mine extends Base(X = photo) {
  latent W : gaussian(2) from photo, Y given Z
  prior W = from Z
  knob w = 2 * beta
  anneal beta from w over 3 epochs
  keep w * I(photo; Z[photo], W[]) by conditional(Z) + I(Y; W) by gaussian(learned) as second at w
  separate Z, W weight w
  want forget(Y) in W
  network critic Z, W = mlp(2)
  missing photo rate 0.5
  share Z, W
  each V in photo, Y: keep I(V; Z)
  each S in subsets(photo, Y): keep I(Y; Z[S])
  modality P = partner(Y, same = photo)
  drop link
  keep I(Gone; Z) by gaussian as second
}
`;

const { tree, diagnostics } = parse(text);
const symbols = symbolsOf(tree);
const [, mine] = symbols.specs;

test("the text of these tests has no errors", () => assert.deepEqual(diagnostics, []));

test("declarations, in order", () => {
  assert.deepEqual(
    symbols.specs.map(({ declarations }) => declarations.map(({ name, kind }) => `${kind} ${name}`)),
    [
      ["stream X", "stream Y", "latent Z", "knob beta", "label link"],
      ["stream photo", "latent W", "knob w", "stream P", "decoder second", "each V", "each S"],
    ],
  );
});

test("every use knows its role and what it names", () => {
  assert.ok(mine);
  const uses = mine.references.map(({ name, role, declaration }) => {
    const owner = declaration ? `${declaration.spec.name.text}.${declaration.kind}` : "nothing";
    return `${name} ${role} ${owner}`;
  });
  assert.deepEqual(uses, [
    "Base base Base.spec",
    "X renamed Base.stream",
    "photo input Mine.stream",
    "Y input Base.stream",
    "Z condition Base.latent",
    "W prior Mine.latent",
    "Z condition Base.latent",
    "beta weight Base.knob",
    "beta anneal Base.knob",
    "w weight Mine.knob",
    "w weight Mine.knob",
    "photo variable Mine.stream",
    "Z variable Base.latent",
    "photo subset Mine.stream",
    "W variable Mine.latent",
    "Z bound Base.latent",
    "Y variable Base.stream",
    "W variable Mine.latent",
    "w target Mine.knob",
    "Z variable Base.latent",
    "W variable Mine.latent",
    "w weight Mine.knob",
    "Y wanted Base.stream",
    "W within Mine.latent",
    "Z network Base.latent",
    "W network Mine.latent",
    "photo missing Mine.stream",
    "Z shared Base.latent",
    "W shared Mine.latent",
    "photo domain Mine.stream",
    "Y domain Base.stream",
    "V variable Mine.each",
    "Z variable Base.latent",
    "photo domain Mine.stream",
    "Y domain Base.stream",
    "Y variable Base.stream",
    "Z variable Base.latent",
    "S subset Mine.each",
    "Y source Base.stream",
    "photo source Mine.stream",
    "link drop Base.label",
    "Gone variable nothing",
    "Z variable Base.latent",
    "second decoder Mine.decoder",
  ]);
});

test("places give back the names", () => {
  for (const { references, declarations } of symbols.specs) {
    for (const { name, place } of [...references, ...declarations]) {
      assert.equal(text.slice(place.start, place.end), name);
    }
  }
});

test("a name under the cursor leads to its declaration and to all its uses", () => {
  const use = text.indexOf("Z[photo]");
  const found = declarationAt(symbols, use);
  assert.equal(found?.place.start, use);
  assert.equal(text.slice(found.declaration.place.start - 7, found.declaration.place.end), "latent Z");
  const uses = usesOf(symbols, found.declaration);
  assert.equal(uses.length, 11);
  assert.ok(uses.every(({ start }) => text[start] === "Z"));
  assert.equal(declarationAt(symbols, text.indexOf("extends Base") + 9)?.declaration.kind, "spec");
  assert.equal(declarationAt(symbols, text.indexOf("Gone") + 1), undefined);
});

test("a renamed name knows what it renames", () => {
  const photo = mine?.declarations[0];
  assert.equal(photo?.renames?.name, "X");
  assert.equal(mine?.scope.get("photo")?.place, photo?.place);
  assert.equal(mine?.scope.has("X"), false, "the old name is out of reach");
});

test("bases in other files are found through the caller; extending oneself ends", () => {
  const other = parse(base).tree.specs[0];
  const extending = parse(
    "spec B extends Base { keep I(X; Z) }\nspec C extends C { keep I(X; Z) }\nspec D extends E { }",
  );
  const found = symbolsOf(extending.tree, (name) => (name === "Base" ? other : undefined));
  const owners = found.specs.map(({ references }) =>
    references.map(({ declaration }) => declaration?.spec.name.text),
  );
  assert.deepEqual(owners, [["Base", "Base", "Base"], ["C", undefined, undefined], [undefined]]);
});

test("the nodes at a place, from the file to the name", () => {
  const path = nodeAt(tree, text.indexOf("Z[photo]"));
  assert.deepEqual(
    path.map((node) => ("kind" in node ? node.kind : "-")),
    ["file", "spec", "term", "-", "information", "variable", "name"],
  );
  assert.equal(nodeAt(tree, 0).length, 2);
});
