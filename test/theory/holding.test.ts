import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { holding, type Holding } from "../../core/theory/wants/holding";
import { separated } from "../../core/theory/wants/separation";

/** DVSIB with private codes, of pictures and sounds; the last lines are given. */
const audiovisual = (...lines: string[]): string => `spec A {
  modality X : image(28, 28)
  modality A : audio(30, 40)
  observe digit : label(10)
  observe speaker : label(6)
  latent Zx : gaussian(8) from X
  latent Za : gaussian(8) from A
  latent Wx : gaussian(8) from X
  latent Wa : gaussian(8) from A
  compress I(X; Zx)
  compress I(A; Za)
  compress I(X; Wx)
  compress I(A; Wa)
  keep I(Zx; Za) by infonce
  keep 0.02 * I(X; Zx, Wx)
${lines.map((line) => `  ${line}\n`).join("")}}
`;

const PRIVATE = "keep 0.02 * I(A; Za, Wa)";

const unmet = (text: string): string[] =>
  analyse(text)
    .diagnostics.filter(({ code }) => code === "unmet-want")
    .map(({ message }) => message);

const verdict = (text: string, code: string, about: string, part?: Holding["part"]): Holding["verdict"] =>
  holding(analyse(text).specs[0]!.derived!, code, about, part).verdict;

test("what only one stream has reaches no code that does not read it", () => {
  const text = audiovisual(PRIVATE);
  assert.equal(verdict(text, "Zx", "A", "own"), "cannot");
  assert.equal(verdict(text, "Zx", "A"), "can", "what the two share reaches it");
  assert.equal(verdict(text, "Za", "A", "own"), "can");
});

test("a code that is decoded alone must hold its stream, and what the stream tells of a factor", () => {
  const text = audiovisual("keep 0.02 * I(A; Wa)");
  assert.equal(verdict(text, "Wa", "A"), "must");
  assert.equal(verdict(text, "Wa", "A", "own"), "must");
  assert.equal(verdict(text, "Wa", "speaker"), "must");
  assert.equal(verdict(text, "Wx", "X"), "can", "it shares its decoder with Zx");
});

test("a code that is paid for and not kept holds nothing", () => {
  assert.equal(verdict(audiovisual(), "Wa", "A"), "cannot");
});

test("a factor cannot be forgotten by the private code that a reconstruction needs", () => {
  const [message] = unmet(audiovisual(PRIVATE, "want forget(speaker) in Wa"));
  assert.match(
    message ?? "",
    /`forget\(speaker\) in Wa` cannot be met: `Wa` reads `A`, and reconstructing it needs the `speaker`/,
  );
});

test("wants that can be met are silent", () => {
  const wants =
    "want shared(X, A), private(X), private(A) in Wa, forget(speaker) in Za, forget(speaker) in Zx, reconstruct(A)";
  assert.deepEqual(unmet(audiovisual(PRIVATE, wants)), []);
});

test("wants that no term can meet say why", () => {
  const cases: [want: string, said: RegExp][] = [
    ["private(X) in Za", /`Za` does not read `X`/],
    ["reconstruct(X) in Wa", /no term decodes `X` from `Wa`/],
    ["shared(X, A) in Wx", /no term keeps in `Wx`/],
    ["forget(digit)", /used for something else/],
  ];
  for (const [want, said] of cases) {
    const found = unmet(audiovisual(PRIVATE, `want ${want}`));
    assert.equal(found.length, 1, want);
    assert.match(found[0]!, said);
  }
});

test("two codes that are each decoded alone are not asked for what is shared, and keep their factors", () => {
  const found = unmet(`spec A {
  modality X : vector(9)
  modality Y : vector(9)
  observe angle : scalar
  want shared(X, Y), forget(angle) in Zx
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(X; Zx)
  keep I(Y; Zy)
}
`);
  assert.match(
    found[0]!,
    /no term keeps in `Zx` or `Zy` the information that `X` and `Y` share. Add `keep I\(Zx; Zy\)`/,
  );
  assert.match(found[1]!, /reconstructing it needs the `angle`; decode `X` from a private code too/);
});

test("one code decoded into two streams is asked for what they share", () => {
  const text = (codes: string): string => `spec A {
  modality X : vector(9)
  modality Y : vector(9)
  want shared(X, Y)
  latent Z : gaussian(2) from ${codes}
  compress I(${codes}; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`;
  assert.deepEqual(unmet(text("X")), []);
  assert.deepEqual(unmet(text("X, Y")), []);
});

test("a total correlation asks each of its codes for what all share", () => {
  const found = unmet(`spec A {
  modality X : vector(9)
  modality Y : vector(9)
  modality V : vector(9)
  want shared(X, Y, V)
  latent A : sphere(2) from X
  latent B : sphere(2) from Y
  latent C : sphere(2) from V
  keep TC(A, B, C) by infonce(critic = product)
}
`);
  assert.deepEqual(found, []);
});

test("independence follows the graph: chains, forks and colliders", () => {
  const parents = new Map([
    ["b", ["a"]],
    ["c", ["b"]],
    ["d", ["b"]],
    ["e", ["c", "d"]],
    ["f", ["e"]],
  ]);
  const cases: [a: string, b: string, given: string[], expected: boolean][] = [
    ["a", "c", [], false],
    ["a", "c", ["b"], true],
    ["c", "d", [], false],
    ["c", "d", ["b"], true],
    ["c", "d", ["b", "e"], false],
    ["c", "d", ["b", "f"], false],
    ["a", "f", ["c"], false],
    ["a", "f", ["c", "d"], true],
    ["f", "a", ["e"], true],
  ];
  for (const [a, b, given, expected] of cases)
    assert.equal(separated(parents, [a], [b], given), expected, `${a} and ${b} given ${given}`);
});

const clip = (more: string): string => `spec A {
  modality X : vector(9)
  modality Y : vector(9)
  ${more}
  latent Zx : sphere(2) from X
  latent Zy : sphere(2) from Y
  keep I(Zx; Zy)
}
`;

test("what only a modality tells can be forgotten where no decoder and no other term needs it", () => {
  assert.deepEqual(unmet(audiovisual(PRIVATE, "want forget(X) in Zx, forget(X) in Wa, forget(A) in Za")), []);
  // The width of a noiseless code is what it pays with.
  assert.deepEqual(unmet(clip("want forget(X) in Zx, forget(Y) in Zx")), []);
  const [needed] = unmet(audiovisual(PRIVATE, "want forget(A) in Wa"));
  assert.match(needed ?? "", /`Wa` reads `A`, and reconstructing it needs the information that only `A` has/);
  const alone = clip("want forget(X) in Zx").replace("keep I", "keep I(X; Zx)\n  keep I");
  assert.match(
    unmet(alone)[0]!,
    /needs the information that only `X` has; decode `X` from a private code too/,
  );
  const asked = clip("want forget(X) in Zx").replace("I(Zx; Zy)", "I(X; Zx) by infonce");
  assert.match(unmet(asked)[0]!, /a term keeps `X` in `Zx`/);
});

test("a stream asked for by a critic is kept as by a decoder", () => {
  assert.deepEqual(unmet(clip("want private(X) in Zx").replace("I(Zx; Zy)", "I(X; Zx) by infonce")), []);
  assert.match(
    unmet(clip("want private(X) in Zx"))[0]!,
    /a link between codes only keeps shared information/,
  );
});
