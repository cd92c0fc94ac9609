import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { catalogue } from "../../core/catalogue/index";
import { analyse } from "../../core/theory/analyse";
import { rules } from "../../core/theory/diagnostics/index";
import { buildObjective } from "../../core/theory/objective/objective";

/** Kinds of streams, and networks, that no method of the catalogue says. */
const networks = `spec Networks {
  modality X : image(5, 6)
  modality T : text(4, 9)
  modality S : signal(8, 2)
  modality P = past(S, 3)
  modality T2 = partner(T, same = L)
  target L : label(3)
  latent Z : gaussian(3) from X, T by poe
  latent W : gaussian(2) from P given Z
  latent V : gaussian(2) from S
  prior V = mixture(2)
  network encoder X = cnn(3, 4)
  network encoder T = bag(5, 6)
  network encoder W = mlp(4)
  network encoder S = torch("pkg.Module")
  network decoder S, X = cnn(4)
  network decoder T = linear
  network critic T2, Z = mlp(4)
  compress I(X, T; Z)
  compress I(P; W)
  compress I(S; V)
  keep I(T; Z[X]) by categorical
  keep I(X; Z)
  keep I(S; V)
  keep I(T2; Z) by infonce(critic = separable)
  keep I(L; W)
}
`;

const texts = [...catalogue().map(({ text }) => text), ...rules.map(({ example }) => example), networks];

test("a spec with every network is valid", () => {
  assert.deepEqual(
    analyse(networks).diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
});

/** Every finding lies in the text, and what is said to be valid can be built. */
function holds(text: string): void {
  const { specs, diagnostics } = analyse(text);
  for (const { range, message, fixes = [] } of diagnostics) {
    for (const { start, end } of [range, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range))]) {
      assert.ok(start >= 0 && start <= end && end <= text.length, message);
    }
    assert.match(message, /[.?]$/, "a message is a sentence");
  }
  for (const { valid, derived } of specs)
    if (valid) assert.ok(buildObjective(derived!).total.shape.length === 0);
}

test("any prefix of any file is analysed", () => {
  for (const text of texts)
    for (let end = text.length % 7; end <= text.length; end += 7) holds(text.slice(0, end));
});

test("any file with a line left out or doubled is analysed", () => {
  for (const text of texts) {
    const lines = text.split("\n");
    lines.forEach((line, i) => {
      holds([...lines.slice(0, i), ...lines.slice(i + 1)].join("\n"));
      holds([...lines.slice(0, i), line, ...lines.slice(i)].join("\n"));
    });
  }
});

test("words put in other places are analysed", () => {
  const words = [...new Set(texts.join(" ").match(/\w+|[^\s\w]/g))];
  const place = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.constantFrom(...words));
  fc.assert(
    fc.property(place, ([text, at, word]) => {
      const tokens = text.split(/(?<=\s)|(?=[(),;:=])/);
      const i = at % tokens.length;
      holds([...tokens.slice(0, i), `${word} `, ...tokens.slice(i + 1)].join(""));
    }),
    { numRuns: 1500, seed: 7 },
  );
});
