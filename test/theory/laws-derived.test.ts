/** Categorical and von Mises-Fisher codes in a loss: what they are refused, and what is said of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { canonicalForm } from "../../core/theory/recognition/canonical";

const spec = (...lines: string[]): string =>
  `spec A {\n  modality X : vector(6)\n  modality Y : vector(6)\n  target L : label(4)\n  ${lines.join("\n  ")}\n}`;
const errors = (...lines: string[]): string[] =>
  analyse(spec(...lines)).diagnostics.flatMap(({ severity, message }) =>
    severity === "error" ? [message] : [],
  );

const C = "latent C : categorical(5) from X";
const V = "latent V : vmf(3) from X";

test("what a law does not serve is one error with what to do", () => {
  const cases: [string[], RegExp][] = [
    [
      ["latent Z : categorical(1) from X"],
      /`categorical` needs a width of at least 2: a code with a single value carries no information\. Write `categorical\(2\)` or more/,
    ],
    [
      ["latent Z : vmf(1) from X"],
      /`vmf` needs a width of at least 2: the unit sphere in one dimension has only two points\. Write `vmf\(2\)` or more/,
    ],
    [
      [C, "prior C = mixture(3)", "keep I(X; C)"],
      /is a single `categorical` distribution\. Write `prior C = learned`/,
    ],
    [
      ["latent Z : categorical(3) from X, Y by poe(prior)"],
      /is uniform, so it changes nothing as an expert\. Write `poe`/,
    ],
    [
      ["latent Z : gaussian(3) from X, Y by poe(prior)", "prior Z = mixture(4)", "keep I(X; Z)"],
      /`mixture` is a mixture, so the product is not a `gaussian` distribution\. Write `prior Z = learned`, or `poe` without `prior`/,
    ],
    [
      ["latent Z : gaussian(3) from X, Y by poe(prior)", "prior Z = vamp(4)", "keep I(X; Z)"],
      /`vamp` is a mixture, so the product is not a `gaussian` distribution\. Write `prior Z = learned`, or `poe` without `prior`/,
    ],
    [
      [
        "latent Z : gaussian(3) from X, Y by poe(prior)",
        "latent U : gaussian(3) from Z",
        "prior Z = from U",
        "keep I(X; Z)",
      ],
      /`poe\(prior\)` infers `Z` from its own prior, and that prior depends on `U`, which is inferred from `Z`/,
    ],
    [
      [
        "latent Z : gaussian(3) from X, Y by poe(prior)",
        "latent U : gaussian(3) from X, Y by poe(prior)",
        "prior Z = from U",
        "prior U = from Z",
        "keep I(X; Z)",
      ],
      /`poe\(prior\)` infers `U` from its own prior, and that prior depends on `Z`, which is inferred from `U`/,
    ],
    [
      ["latent Z : sphere(3) from X", "prior Z = learned", "keep I(X; Z)"],
      /`Z` is `sphere`, so it has no rate and no prior\. Remove this statement/,
    ],
    [
      [C, "compress I(X; C) by club"],
      /`club` needs the density of a `gaussian` code, and `C` is `categorical`\. Use `kl`/,
    ],
    [
      [V, "compress I(X; V) by l1out"],
      /`l1out` needs the density of a `gaussian` code, and `V` is `vmf`\. Use `kl`/,
    ],
    [
      [V, "compress I(X; V) by mws(samples = 9)"],
      /`mws` needs the density of a `gaussian` code, and `V` is `vmf`/,
    ],
    [[V, "compress TC(V) by density-ratio"], /parts of one `vmf` value and cannot be independent/],
    [[C, "latent W : gaussian(2) from Y", "keep I(C; W) by canonical"], /`C` add up to 1.*Use `infonce`/],
    [
      [C, "compress H(C)"],
      /The prior of `C` is uniform, so the cross-entropy is always log 5\. Write `prior C = learned`/,
    ],
    [
      [C, "prior C = from L", "compress H(C)"],
      /The prior of `C` reads `L`: the cross-entropy then bounds a conditional entropy, not `H\(C\)`/,
    ],
    [[V, "keep H(V)"], /`H\(V\)` needs a `categorical` code, and `V` is `vmf\(3\)`/],
    [
      [C, "keep H(C) by cross-entropy"],
      /`cross-entropy` is an upper bound; maximising it does not preserve `H\(C\)`. Use `plug-in`/,
    ],
    [
      [C, "prior C = learned", "compress H(C) by plug-in"],
      /`plug-in` is a lower bound; minimising it does not limit `H\(C\)`. Use `cross-entropy`/,
    ],
    [
      [C, "compress H(C) by plug-in"],
      /does not limit `H\(C\)`. The prior of `C` is uniform, .* Write `prior C = learned`/,
    ],
    [[C, "latent W : categorical(5) from Y", "keep H(C, W)"], /entropy of several codes together/],
    [[C, "compress I(X; C) by cross-entropy"], /`cross-entropy` needs the entropy of a categorical code/],
    [
      [C, V, "compress I(X; C | L) by conditional(V)"],
      /`V` is `vmf\(3\)` and `C` is `categorical\(5\)`; both must have the same law and width/,
    ],
  ];
  for (const [lines, message] of cases) {
    const found = errors(...lines);
    assert.equal(found.length, 1, `${lines.join("; ")}: ${found.join("\n")}`);
    assert.match(found[0]!, message);
  }
});

test("a uniform prior is no expert, and a trained one is", () => {
  for (const law of ["categorical", "vmf"])
    assert.deepEqual(
      errors(`latent Z : ${law}(3) from X, Y by poe(prior)`, "prior Z = learned", "keep I(X; Z)"),
      [],
    );
});

test("rates name the divergence of their law, and losses of these laws are bounds", () => {
  const loss = (...lines: string[]) => analyse(spec(...lines, "keep I(L; Z)")).specs[0]!.derived!;
  const formula = (law: string, ...lines: string[]): string =>
    loss(`latent Z : ${law}(3) from X`, ...lines).steps.find(({ title }) => title.startsWith("compress"))!
      .formula!;
  assert.match(formula("categorical", "compress I(X; Z)"), /⟨Σ p \(log p \+ log k\)⟩/);
  assert.match(formula("vmf", "compress I(X; Z)"), /log C\(κ\) − log C\(0\)/);
  assert.match(formula("vmf", "compress I(X; Z | L)"), /log C\(κ_Q\)/);
  assert.match(formula("gaussian", "compress I(X; Z)"), /σ²/);
  const dib = loss("latent Z : categorical(3) from X", "prior Z = learned", "compress H(Z)");
  assert.equal(dib.isBound.holds, true);
  const entropy = dib.steps.find(({ title }) => title.startsWith("compress"))!;
  assert.match(entropy.text, /H\(Z\) is at most H\(q\(z\), r\(z\)\)/);
});

test("laws tell losses apart", () => {
  const forms = ["gaussian", "categorical", "vmf", "sphere"].map(
    (law) =>
      canonicalForm(analyse(spec(`latent Z : ${law}(3) from X`, "keep I(X; Z)")).specs[0]!.derived!)
        .latents[0]!.law,
  );
  assert.deepEqual(forms, ["gaussian", "categorical", "vmf", "sphere"]);
});
