import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../core/language/parser";
import { analyse } from "../../core/theory/analyse";
import { wantedLines } from "../../core/theory/wants/wanted";

const spec = (lines: readonly string[]): string =>
  `spec A {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;

const streams = [
  "modality X : image(28, 28)",
  "modality Y : vector(4)",
  "modality sound : audio(30, 40)",
  "target L : label(3)",
  "observe angle : scalar",
];

const cases: [want: string, expected: RegExp][] = [
  ["shared(X, Y)", /^keep I\(Zx; Zy\)$/m],
  ["shared(X, Y, sound)", /^keep I\(Zy; Z_sound\)$/m],
  ["shared(X, Y), private(X), forget(angle) in Zx", /^keep w \* I\(X; Zx, Wx\)$/m],
  ["shared(X, Y) in A1, A2, private(X) in B", /^keep w \* I\(X; A1, B\)$/m],
  ["reconstruct(X)", /^keep I\(X; Zx\)$/m],
  ["reconstruct(X), shared(X, Y), forget(angle) in Zx", /^keep w \* I\(X; Zx, Wx\)$/m],
  ["predict(L)", /^keep I\(L; Zx, Zy, Z_sound\)$/m],
  ["private(Y)", /^keep I\(Y; Wy\)$/m],
  ["shared(X, Y), forget(L) in Zx", /^compress I\(L; Zx\)$/m],
  ["predict(L), reconstruct(X)", /^keep I\(L; Zx\)$/m],
];

for (const [want, expected] of cases) {
  test(`want ${want}: the terms written for it meet it`, () => {
    const written = [...streams, `want ${want}`];
    const lines = wantedLines(parse(spec(written)).tree.specs[0]!);
    assert.match(lines.join("\n"), expected);
    const { diagnostics } = analyse(spec([...written, ...lines]));
    const found = diagnostics.filter(
      ({ code, severity }) => code !== "unread-modality" && severity !== "information",
    );
    assert.deepEqual(found, []);
  });
}

test("where there are terms or codes already, nothing is written", () => {
  const tree = parse(spec([...streams, "want shared(X, Y)", "latent Z : gaussian(2) from X"])).tree.specs[0]!;
  assert.deepEqual(wantedLines(tree), []);
});

test("a spec without wants, and wants of what is not declared, write nothing", () => {
  for (const line of ["observe s : scalar", "want shared(P, Q)", "want predict(X)"])
    assert.deepEqual(wantedLines(parse(spec([...streams, line])).tree.specs[0]!), [], line);
});
