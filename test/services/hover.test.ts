import assert from "node:assert/strict";
import { test } from "node:test";
import { hover } from "../../services/hover";
import { wordsOf } from "../../services/words";
import { signatureHelp } from "../../services/signature";
import { positionAt } from "../../services/document";
import { fixture, inSpec, twoViews } from "./fixture";

/** The hover at the mark holds each of these. */
function check(marked: string, ...expected: (string | RegExp)[]): void {
  const { document, position } = fixture(marked);
  const shown = hover(document, position);
  assert.ok(shown, "there is no hover");
  const { value } = shown.contents as { value: string };
  for (const part of expected) {
    if (typeof part === "string") assert.ok(value.includes(part), `no \`${part}\` in:\n${value}`);
    else assert.match(value, part);
  }
}

const marked = (at: string): string => {
  const start = twoViews.indexOf(at);
  assert.ok(start >= 0, `${at} is not in the text`);
  return `${twoViews.slice(0, start)}$0${twoViews.slice(start)}`;
};

test("every word of a spec has a hover, of its own range", () => {
  const { document } = fixture(twoViews);
  const silent = wordsOf(document).filter(({ range }) => {
    const shown = hover(document, positionAt(document, range.start));
    return shown === null || document.lines.offsetAt(shown.range!.start) !== range.start;
  });
  assert.deepEqual(
    silent.map(({ text }) => text),
    [],
  );
});

test("words of the language: syntax, meaning, formula and units", () => {
  check(marked("compress I(X"), "compress", "upper bound", "in nats");
  check(marked("image(28"), "image(height, width, channels = 1)", "kind of stream");
  check(marked("gaussian(8)"), "law of a code", "N(z; μ(x)");
  check(marked("log\n"), "knob NAME = VALUE");
  check(marked("batch ="), "setting");
  check(marked("adam("), "optimizer");
});

test("texts and networks: what they hold, read and make", () => {
  const text = inSpec("modality T : text(5, 20)", "latent Z : gaussian(2) from T");
  check(text.replace("T :", "$0T :"), "at most 5 words a sample, from a vocabulary of 20");
  check(text.replace("text(5", "te$0xt(5"), "text(length, vocabulary)", "is read from `NAME_length`");
  const network = (written: string): string =>
    inSpec("modality X : image(5, 5)", `network encoder X = ${written}`);
  check(network("cn$0n(16, 32)"), "transposed convolutions");
  check(network("b$0ag(64)"), "mean of learned word vectors");
  check(network('tor$0ch("pkg.Module")'), "a preview with the executor `torch`, import the package");
});

test("built-in data: what the generator makes, and a field that is read", () => {
  check(inSpec('data "sounding-$0digits"'), "built-in generator", "sound : audio(32, 32)", "the speaker");
  check(
    inSpec('data "sounding-digits"', "modality A : audio(32, 32) = sou$0nd"),
    "read as `A`",
    "log power in 40 decibels",
  );
  check(inSpec('data "planted-factors" { noi$0se = 0.1 }'), "default 0.6");
});

test("what is no information is not in nats", () => {
  const proxied = twoViews.replace("by infonce(critic = dot) one-way", "by js");
  for (const at of ["js\n", "I(Zx; Zy)"]) {
    const { document, position } = fixture(proxied.replace(at, `$0${at}`));
    const { value } = hover(document, position)!.contents as { value: string };
    assert.match(value, /a training signal whose value is not information/);
    assert.doesNotMatch(value, /JS\(.*, in nats|proxy, in nats/);
  }
});

test("a term: its bound, side, formula, gap, ceiling, and its weight both ways", () => {
  check(
    marked("I(Zx; Zy)"),
    "by `infonce`",
    "a lower bound",
    "InfoNCE(Zx; Zy) =",
    "**Ceiling**: log N",
    "`−β = −32`",
    "`−1` when the whole loss is divided by β",
    "β_VAE = 0.0313",
  );
  check(marked("I(X; Zx)\n  compress"), "compress I(X; Zx)", "an upper bound", "`1`", "`0.03125` when");
  check(marked("infonce("), "by `infonce`", "van den Oord");
});

test("names: who reads a stream, who encodes a code and what it pays, what a knob weighs", () => {
  check(marked("X : image"), "`image(28, 28)`", "784 values", "**Read by**: `Zx`");
  check(marked("Zx : gaussian"), "**Encoded from**: `X`", "`I(X; Zx)` by `kl`, in nats", "`keep I(Zx; Zy)`");
  check(marked("w * I(X"), "knob from 0.001 to 1", "`I(X; Zx)`");
  check(marked("beta = 32"), "every kept term (3 terms)", "β_VAE = 1/beta = 0.03125");
  check(marked("link:"), "by `infonce`");
  check(marked("Shared "), "What do two views share?", "L = KL(q(zx|x)", "Keep what the views share.");
});

test("options and flags of a bound", () => {
  check(marked("critic ="), "The function that scores a pair of codes");
  check(marked("one-way"), "first side only");
});

test("words of a statement that cannot be read still have their meaning", () => {
  check(inSpec("modality X : vector(4)", "latent$0 Z : from X"), "Declares a code");
});

test("between words, and on unknown names, there is nothing to say", () => {
  for (const text of [
    "$0",
    inSpec("modality X : vector(4)", "$0", "compress I(X; Z)"),
    inSpec("keep I(Q$0; R)"),
  ]) {
    const { document, position } = fixture(text);
    assert.equal(hover(document, position), null, text);
  }
});

test("signature help follows the argument", () => {
  const at = (text: string) => {
    const { document, position } = fixture(text);
    const help = signatureHelp(document, position);
    return help && `${help.signatures[0]!.label} @${help.activeParameter}`;
  };
  assert.equal(at(inSpec("modality X : image($0")), "image(height, width, channels = 1) @0");
  assert.equal(at(inSpec("modality X : image(28, $0)")), "image(height, width, channels = 1) @1");
  assert.equal(at(inSpec("latent Z : gaussian($0) from X")), "gaussian(size) @0");
  assert.equal(at(inSpec("network encoder X = mlp(256, 256, $0)")), "mlp(widths...) @0");
  assert.match(at(inSpec("keep I(Z; W) by infonce(temperature = $0)"))!, /^infonce\(critic = .*\) @1$/);
  assert.equal(at(inSpec("modality X : image(28, 28) $0")), null);
});

test("signature help shows the side of a term that is being written", () => {
  const side = (text: string) => {
    const { document, position } = fixture(inSpec("modality X : vector(4)", text));
    const help = signatureHelp(document, position)!;
    assert.equal(help.signatures[0]!.label, "I(A, B; C | D)");
    return help.signatures[0]!.parameters![help.activeParameter!]!.label;
  };
  assert.equal(side("keep I($0)"), "A, B");
  assert.equal(side("keep I(X, $0; Z)"), "A, B");
  assert.equal(side("keep I(X; $0)"), "C");
  assert.equal(side("keep I(X; Z, $0)"), "C");
  assert.equal(side("keep I(X; Z | $0)"), "D");
  assert.equal(side("keep 2 * I(X; Z) + I(X, Y; Z | W, $0)"), "D");
});

test("signature help shows which streams `extends` can rename", () => {
  const at = (text: string) => {
    const { document, position } = fixture(text);
    const help = signatureHelp(document, position);
    return help && `${help.signatures[0]!.label} @${help.activeParameter}`;
  };
  assert.equal(at("spec Mine extends DVSIB($0) {\n}\n"), "DVSIB(X = NAME, Y = NAME) @0");
  assert.equal(at("spec Mine extends DVSIB($0"), "DVSIB(X = NAME, Y = NAME) @0");
  assert.equal(at('spec Mine "Mine" extends DVSIB(Y = $0) {\n}\n'), "DVSIB(X = NAME, Y = NAME) @1");
  assert.equal(at("spec Mine extends DVSIB(X = photo, $0) {\n}\n"), "DVSIB(X = NAME, Y = NAME) @1");
  const own = "spec Base extends DVSIB(X = photo) {\n}\n\nspec Mine extends Base($0) {\n}\n";
  assert.match(at(own)!, /^Base\((?=.*photo = NAME)(?=.*Y = NAME)(?!.*X = NAME)/);
  assert.equal(at("spec Mine extends Unknown($0) {\n}\n"), null);
  for (const [text, active] of [
    ["(\n  $0\n) {\n}\n", 0],
    ["(\n  X = photo,\n  $0\n) {\n}\n", 1],
    ["(\n  X = photo,\n  Y = $0\n) {\n  keep I(photo; Zx)\n}\n", 1],
    ["(X = photo, // the first\n  Y = $0", 1],
    ["(\n  Y = sound,\n  X = $0\n\nspec Other {\n}\n", 0],
  ] as const)
    for (const before of ["spec Mine extends DVSIB", "spec Mine\n  extends\n  DVSIB"])
      assert.equal(at(before + text), `DVSIB(X = NAME, Y = NAME) @${active}`, before + text);
  assert.equal(at("spec Mine extends DVSIB(\n  X = photo,\n) {$0\n}\n"), null);
  assert.match(
    at("spec Mine extends DVSIB(\n  X = photo,\n  keep I($0")!,
    /^I\(/,
    "a bracket that is left open",
  );
});

test("a method of the catalogue, and a name inherited from it", () => {
  const spec = "spec Mine extends DVSIB(X = photo) {\n  keep I(photo; Zx) by gaussian\n}\n";
  check(spec.replace("DVSIB", "DV$0SIB"), "DVSIB", "Abdelaleem");
  check(spec.replace("Zx", "Z$0x"), "**Encoded from**: `photo`");
  const own = spec.replace("Mine", "Mi$0ne");
  check(own, "Known as: **DVSIB**.", "Here: I(Zx; Zy) by MINE", "Limits: noiseless it is DSIB");
});
