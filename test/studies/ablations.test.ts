/** Ablations of every example and every method: each is a whole spec, or is refused with a reason. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { ablationsOf, type Ablation } from "../../core/studies/stress/ablations";
import { isRefusal, writtenOf } from "../../core/studies/stress/statements";
import { waysOf } from "../../core/studies/stress/ways";
import type { Subject } from "../../core/studies/study";
import { print } from "../../core/language/printer";
import { parse } from "../../core/language/parser";
import { analyse } from "../../core/theory/analyse";
import { termText } from "../../core/theory/terms/print";

const examples = join(import.meta.dirname, "../../examples");
const texts: [string, string][] = [
  ...readdirSync(examples)
    .filter((name) => name.endsWith(".bottleneck"))
    .map((name): [string, string] => [name, readFileSync(join(examples, name), "utf8")]),
  ...catalogue().map(({ file, text }): [string, string] => [file, text]),
];

const subjectOf = (text: string): Subject => ({
  text,
  uses: {},
  location: "file:///design.bottleneck",
  derived: analyse(text).specs[0]!.derived!,
});

function ablations(text: string): readonly Ablation[] {
  const written = writtenOf(subjectOf(text));
  return isRefusal(written) ? [] : ablationsOf(written);
}
const byId = (text: string): Map<string, Ablation> => new Map(ablations(text).map((one) => [one.id, one]));

test("every ablation of every example and method is a whole spec or says why there is none", () => {
  let whole = 0;
  const refused: string[] = [];
  for (const [name, text] of texts) {
    const written = writtenOf(subjectOf(text));
    if (isRefusal(written)) {
      assert.match(written.refused, /draws some of its terms/, name);
      continue;
    }
    const all = ablationsOf(written);
    assert.ok(all.length >= 4, name);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length, name);
    for (const { id, title, variant } of all) {
      const where = `${name} ${id}`;
      assert.match(title, /\S/, where);
      if (isRefusal(variant)) {
        assert.match(variant.refused, /\w.*[^.]$/s, where);
        refused.push(`${where}: ${variant.refused}`);
        continue;
      }
      whole++;
      const again = analyse(variant.text);
      assert.ok(again.specs[0]!.valid, where);
      assert.deepEqual(
        again.diagnostics.filter(({ severity }) => severity === "error"),
        [],
        where,
      );
      assert.equal(print(parse(variant.text).tree), variant.text, where);
      assert.notEqual(variant.text, print(parse(text).tree), where);
      const names = variant.derived.spec;
      for (const gone of [/^drop-(\w+)$/.exec(id)?.[1]])
        assert.ok(
          [...names.streams, ...names.latents].every((one) => one.name !== gone),
          where,
        );
    }
  }
  assert.ok(whole > 400, String(whole));
  // Beside designs that would keep nothing, hardly any.
  const others = refused.filter((one) => !one.includes("no term is left that keeps anything"));
  assert.ok(others.length < 0.05 * whole, others.join("\n"));
});

test("a stream takes with it what needs it, and leaves the rest as it was", () => {
  const text = readFileSync(join(examples, "sounding-digits.bottleneck"), "utf8");
  const { variant } = byId(text).get("drop-sound")!;
  assert.ok(!isRefusal(variant));
  const { spec } = variant.derived;
  assert.deepEqual(
    spec.latents.map(({ name }) => name),
    ["Zp", "Wp"],
  );
  assert.deepEqual(spec.terms.map(termText), [
    "compress I(picture; Zp)",
    "compress I(picture; Wp)",
    "keep I(picture; Zp, Wp)",
  ]);
  assert.deepEqual(
    spec.wants.map(({ intent }) => intent),
    ["private"],
  );
});

test("a code keeps the streams that are left to it", () => {
  const text = readFileSync(join(examples, "missing-view.bottleneck"), "utf8");
  const { variant } = byId(text).get("drop-sound")!;
  assert.ok(!isRefusal(variant));
  assert.deepEqual(variant.derived.spec.latents[0]!.from, ["picture"]);
  assert.deepEqual(
    variant.derived.spec.missing.map(({ stream }) => stream),
    ["picture"],
  );
  assert.deepEqual(variant.derived.spec.terms.map(termText), ["compress I(picture; Z)", "keep I(digit; Z)"]);
});

test("codes are halved and doubled, and one of a single coordinate is not halved", () => {
  const text = readFileSync(join(examples, "sounding-digits.bottleneck"), "utf8");
  const widths = (id: string): number[] => {
    const { variant } = byId(text).get(id)!;
    assert.ok(!isRefusal(variant));
    return variant.derived.spec.latents.map(({ law }) => law.size);
  };
  assert.deepEqual(widths("shrink"), [4, 4, 2, 2]);
  assert.deepEqual(widths("widen"), [16, 16, 8, 8]);
  const narrow = `spec N { data "planted-factors"
    modality X : vector(64)
    latent Z : gaussian(1) from X
    compress I(X; Z)
    keep I(X; Z) }`;
  assert.deepEqual(byId(narrow).get("shrink")!.variant, { refused: "every code has one coordinate" });
});

test("a term is left out by itself; without any that keeps, there is no design", () => {
  const text = readFileSync(join(examples, "noisy-digits.bottleneck"), "utf8");
  const all = byId(text);
  const { variant } = all.get("drop-keep-I(Zx;Zy)")!;
  assert.ok(!isRefusal(variant));
  assert.equal(variant.derived.spec.terms.length, 4);
  const vib = byId(readFileSync(join(examples, "vib.bottleneck"), "utf8"));
  assert.deepEqual(vib.get("drop-keep-I(digit;Z)")!.variant, {
    refused: "no term is left that keeps anything",
  });
  assert.deepEqual(vib.get("drop-X")!.variant, { refused: "no term is left that keeps anything" });
});

test("what a spec inherits can be left out too", () => {
  const text = `spec Mine extends DVSIB(X = photo, Y = sound) {
    data "noisy-digits" { samples = 800 }
    modality photo : image(28, 28) = X
    modality sound : image(28, 28) = Y
  }`;
  const all = byId(text);
  const { variant } =
    all.get("drop-keep-I(Zx;Zy)") ?? [...all.values()].find(({ id }) => id.startsWith("drop-keep"))!;
  assert.ok(!isRefusal(variant));
  assert.doesNotMatch(variant.text, /extends/);
  assert.deepEqual(variant.derived.spec.data?.options, { samples: 800 });
});

test("a link asks for what both sides carry, a reconstruction for what its stream does, a prediction for its target", () => {
  const read = (name: string): string => readFileSync(join(examples, name), "utf8");
  const ways = (text: string, factor: string): unknown => waysOf(analyse(text).specs[0]!.derived!, factor);
  assert.deepEqual(ways(read("captioned-shapes.bottleneck"), "colour"), [[["picture"], ["caption"]]]);
  assert.deepEqual(ways(read("beta-vae.bottleneck"), "digit"), [[["X"]]]);
  assert.deepEqual(ways(read("blood-panels.bottleneck"), "illness"), [[["cells", "chemistry"]]]);
  // What the target says of another factor is not known.
  assert.deepEqual(ways(read("blood-panels.bottleneck"), "age"), []);
  const { variant } = byId(read("noisy-digits.bottleneck")).get("drop-keep-I(X;Zx)")!;
  assert.ok(!isRefusal(variant));
  assert.deepEqual(waysOf(variant.derived, "angle"), [[["X"], ["Y"]], [["Y"]]]);
});
