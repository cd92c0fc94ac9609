/** Methods of any number of views, at more of them than their files have. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, type CatalogueEntry } from "../../core/catalogue/index";
import { analyse } from "../../core/theory/analyse";
import { canonicalForm, termKey } from "../../core/theory/recognition/canonical";
import { derive } from "../../core/theory/derivation/derive";
import { compare, distanceRange } from "../../core/theory/recognition/match";
import { methodAt, methodSpec, recognise, type Recognition } from "../../core/theory/recognition/recognise";
import { withViews } from "../../core/theory/recognition/views";

function recognised(text: string): Recognition {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
    text,
  );
  return specs[0]!.recognised!;
}

const STREAMS = ["photo", "sound", "text", "touch"];

const each = (streams: readonly string[], line: (name: string) => string): string =>
  streams.map(line).join("\n");
const pairs = (streams: readonly string[]): [string, string][] =>
  streams.flatMap((b, i) => streams.slice(0, i).map((a): [string, string] => [a, b]));

/** Losses written out for the streams `s`, as the papers have them for that many; `all` names every stream. */
const written: Record<string, (s: readonly string[], all: string) => string> = {
  MVAE: (_, all) => `latent Z : gaussian(2) from ${all} by poe(prior)
    compress I(${all}; Z)
    keep I(${all}; Z)`,
  "beta-joint-DVCCA": (_, all) => `latent Z : gaussian(2) from ${all}
    compress I(${all}; Z)
    keep I(${all}; Z)`,
  "gPoE-MVAE": (_, all) => `latent Z : gaussian(2) from ${all} by poe(weights = learned)
    compress I(${all}; Z)
    keep I(${all}; Z)`,
  MMVAE: (_, all) => `latent Z : gaussian(2) from ${all} by moe
    compress I(${all}; Z)
    keep I(${all}; Z)`,
  "MoPoE-VAE": (_, all) => `latent Z : gaussian(2) from ${all} by mopoe
    compress I(${all}; Z)
    keep I(${all}; Z)`,
  "MoPoE-VAE with private codes": (s, all) => `latent Z : gaussian(2) from ${all} by mopoe
    ${each(s, (x) => `latent w${x} : gaussian(2) from ${x}\ncompress I(${x}; w${x})\nkeep I(${x}; Z, w${x})`)}
    compress I(${all}; Z)`,
  "MMVAE+": (s, all) => `latent Z : gaussian(2) from ${all} by moe
    compress I(${all}; Z)
    ${each(s, (x) => `latent w${x} : gaussian(2) from ${x}\ncompress 1 / ${s.length} * I(${x}; w${x})`)}
    ${each(s, (from) => each(s, (x) => `keep 1 / ${s.length} * I(${x}; Z[${from}], w${x}${x === from ? "" : "[]"})`))}`,
  DMVAE: (s, all) => `latent Z : gaussian(2) from ${all} by poe(prior)
    compress ${s.length} * I(${all}; Z)
    ${each(
      s,
      (x) => `latent w${x} : gaussian(2) from ${x}
      compress ${s.length} * I(${x}; Z[${x}])
      compress ${s.length + 1} * I(${x}; w${x})
      keep I(${x}; Z, w${x})`,
    )}
    ${each(s, (from) => each(s, (x) => `keep I(${x}; Z[${from}], w${x})`))}`,
  MVTCAE: (s, all) => `latent Z : gaussian(2) from ${all} by poe
    knob c = 0.3 in 0.1 .. 0.9
    compress (1 - c) * I(${all}; Z)
    ${each(s, (x) => `compress c / ${s.length} * I(${all}; Z | ${x}) by conditional(Z[${x}])`)}
    keep I(${all}; Z)`,
  "JMVAE-kl": (s, all) => `latent Z : gaussian(2) from ${all}
    knob a = 0.2 in 0.1 .. 1
    compress I(${all}; Z)
    ${each(s, (x) => `compress a * I(${all}; Z | ${x}) by conditional(Z[${x}])`)}
    keep I(${all}; Z)`,
  CRMVAE: (s, all) => `latent Z : gaussian(2) from ${all} by poe
    compress I(${all}; Z)
    ${each(s, (x) => `compress I(${all}; Z | ${x}) by conditional(Z[${x}])\nkeep I(${x}; Z[${x}])`)}
    keep I(${all}; Z)`,
  MHVAE: (_, all) => `latent B : gaussian(2) from ${all} by poe(prior)
    latent A : gaussian(2) from ${all} by poe(prior) given B
    prior A = from B
    compress I(${all}; B)
    compress I(${all}; A | B) by conditional(prior)
    keep I(${all}; A)`,
  mAAE: (s, all) =>
    each(
      s,
      (x) => `latent z${x} : deterministic(2) from ${x}
    compress gap(z${x}) by adversary
    keep I(${all}; z${x})`,
    ),
  "distributed IB": (s) => `target l : label(3)
    ${each(s, (x) => `latent z${x} : gaussian(2) from ${x}\ncompress I(${x}; z${x})\nkeep 0.4 * I(l; z${x})`)}
    keep I(l; ${s.map((x) => `z${x}`).join(", ")})`,
  MVIB: (_, all) => `target l : label(3)
    latent Z : gaussian(2) from ${all} by poe(prior)
    compress I(${all}; Z)
    keep I(l; Z)`,
  DeepIMV: (s, all) => `target l : label(3)
    latent Z : gaussian(2) from ${all} by poe(prior)
    knob a = 0.4 in 0.1 .. 1
    compress I(${all}; Z)
    keep I(l; Z)
    ${each(s, (x) => `compress a * I(${x}; Z[${x}])\nkeep a * I(l; Z[${x}]) by categorical as of_${x}`)}`,
  CMC: (s) => `${each(s, (x) => `latent z${x} : sphere(2) from ${x}`)}
    ${pairs(s)
      .map(([a, b]) => `keep I(z${a}; z${b}) by infonce(critic = cosine)`)
      .join("\n")}`,
  "multiset CCA": (s) => `${each(s, (x) => `latent z${x} : deterministic(2) from ${x}`)}
    ${pairs(s)
      .map(([a, b]) => `keep I(z${a}; z${b}) by cca`)
      .join("\n")}`,
  GMC: (s, all) => `latent Z : sphere(2) from ${all}
    ${each(s, (x) => `latent z${x} : sphere(2) from ${x}\nkeep I(Z; z${x}) by infonce(critic = cosine)`)}`,
  Symile: (s) => `${each(s, (x) => `latent z${x} : sphere(2) from ${x}`)}
    keep TC(${s.map((x) => `z${x}`).join(", ")}) by infonce(critic = product)`,
  ImageBind: (s) => `${each(s, (x) => `latent z${x} : sphere(2) from ${x}`)}
    ${each(s.slice(0, -1), (x) => `keep I(z${x}; z${s.at(-1)}) by infonce(critic = cosine)`)}`,
};

const any = catalogue().filter(({ views }) => views.length > 0);

const textOf = (method: string, count: number): string => {
  const streams = STREAMS.slice(0, count);
  const declared = each(streams, (name) => `modality ${name} : vector(6)`);
  const body = written[method]!(streams, streams.join(", "));
  const weighed = methodSpec(any.find((entry) => entry.method === method)!)!.knobs.length > 0;
  const knob = weighed ? "knob beta = 3 in 0.1 .. 10" : "";
  return `spec A {\n${declared}\n${knob}\n${body}\n}`.replace(/^ +/gm, "");
};

const streamsIn = (method: string, count: number): number =>
  canonicalForm(analyse(textOf(method, count)).specs[0]!.derived!).streams.length;

/** How many modalities the file of a method has. */
const viewsOf = (entry: CatalogueEntry): number =>
  methodSpec(entry)!.streams.filter(({ role }) => role === "modality").length;
const viewsIn = (method: string): number => viewsOf(any.find((entry) => entry.method === method)!);

test("each method of any number of views is written out below, and no other", () => {
  assert.deepEqual(any.map(({ method }) => method).sort(), Object.keys(written).sort());
});

for (const method of Object.keys(written)) {
  const counts = [2, 3, 4].filter((count) => count >= viewsIn(method));
  for (const count of counts) {
    test(`${method} of ${count} views is recognised exactly`, () => {
      const { match, text, differences, variants } = recognised(textOf(method, count));
      assert.deepEqual([match, text, differences], ["exact", method, []], textOf(method, count));
      assert.equal(variants.includes(`${count} views`), count > viewsIn(method));
    });
  }

  test(`${method} of ${counts.at(-1)} views with one term dropped or weighed apart is not exact`, () => {
    const lines = textOf(method, counts.at(-1)!).split("\n");
    const weightOf = (line: string): string | undefined =>
      /^(compress|keep) ([\w. /()-]+ \*)?/.exec(line)?.[0];
    let tried = 0;
    lines.forEach((line, i) => {
      if (!/^(compress|keep) /.test(line)) return;
      for (const changed of [[], [line.replace(/^(compress|keep) /, "$1 0.3 * ")]]) {
        // A factor on all terms that share a weight is only another value of a knob.
        const alike = lines.filter((other) => weightOf(other) === weightOf(line)).length;
        if (alike === 1 && changed.length > 0) continue;
        const text = [...lines.slice(0, i), ...changed, ...lines.slice(i + 1)].join("\n");
        const { recognised: found, derived } = analyse(text).specs[0]!;
        // Without all that a stream is read for, it is the method of fewer views.
        if (canonicalForm(derived!).streams.length < streamsIn(method, counts.at(-1)!)) continue;
        assert.ok(
          found?.match !== "exact" || found.method !== method,
          `${method}: ${line} -> ${changed.join("")}`,
        );
        tried++;
      }
    });
    // Without its only term nothing is left.
    assert.ok(tried > 0 || method === "Symile");
  });
}

for (const entry of any) {
  const spec = methodSpec(entry)!;

  test(`${entry.method} at the number of views that its file has is as its file`, () => {
    const found = recognise(derive(withViews(spec, entry.views, entry.views.length)));
    assert.deepEqual([found.match, found.text], ["exact", entry.method]);
  });

  test(`any two of the views of ${entry.method} can change places`, () => {
    const letters = entry.views.map((view) => view.toLowerCase());
    for (const [a, b] of pairs(entry.views)) {
      const swapped = entry.text.replace(/\b(Z|W)?([a-z])\b|\b([XYA])\b/g, (word, code, letter, stream) => {
        if (stream) return stream === a ? b : stream === b ? a : stream;
        if (!code || !letters.includes(letter)) return word;
        return `${code}${letter === a.toLowerCase() ? b.toLowerCase() : letter === b.toLowerCase() ? a.toLowerCase() : letter}`;
      });
      assert.notEqual(swapped, entry.text);
      const keys = (text: string): string[] =>
        canonicalForm(analyse(text).specs[0]!.derived!)
          .terms.map((term) => termKey(term))
          .sort();
      assert.deepEqual(keys(swapped), keys(entry.text));
    }
  });
}

test("at three and four views no two methods are one", () => {
  for (const count of [3, 4]) {
    const known = any.flatMap((entry) => {
      const views = count - viewsOf(entry) + entry.views.length;
      return views > entry.views.length ? methodAt(entry, views) : [];
    });
    assert.ok(known.length > 10);
    for (const [i, { form, entry }] of known.entries()) {
      for (const other of known.slice(i + 1)) {
        if (distanceRange(form, other.form).least > 0) continue;
        assert.notEqual(compare(form, other.form)?.distance, 0, `${entry.method} is ${other.entry.method}`);
      }
    }
  }
});

test("what more views lack or have besides is told against the method at that number", () => {
  const lacking = (method: string): string =>
    recognised(textOf(method, 3).replace(/keep I.*/, "keep I(photo, sound; Z)")).text;
  assert.equal(lacking("MVAE"), "MVAE, not keeping I(text; Z)");
  assert.equal(lacking("JMVAE-kl"), "JMVAE-kl, not keeping I(text; Z)");
  const fused = textOf("MVAE", 3).replace("poe(prior)", "poe");
  assert.equal(recognised(fused).text, "beta-joint-DVCCA, Z fused by poe");
});

test("a property of a whole mixture is told beside its components", () => {
  const total = (fusion: string): Recognition =>
    recognised(`spec A {
      modality X : vector(6)
      modality Y : vector(6)
      latent Z : gaussian(2) from X, Y by ${fusion}
      compress I(X, Y; Z)
      compress TC(Z) by density-ratio
      keep I(X, Y; Z)
    }`);
  assert.deepEqual(
    [total("mopoe").match, total("mopoe").text],
    ["near", "MoPoE-VAE, also compressing TC(Z)"],
  );
  assert.deepEqual([total("moe").match, total("moe").text], ["near", "MMVAE, also compressing TC(Z)"]);
});
