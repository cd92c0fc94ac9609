import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { catalogue } from "../../core/catalogue/index";
import { outsideMethods } from "../../core/catalogue/outside";
import { analyse } from "../../core/theory/analyse";
import { canonicalForm } from "../../core/theory/recognition/canonical";
import { compare, distanceRange } from "../../core/theory/recognition/match";
import { derive } from "../../core/theory/derivation/derive";
import { atLimit } from "../../core/theory/recognition/limits";
import { methodSpec, recognise, type Recognition } from "../../core/theory/recognition/recognise";

function recognised(text: string): Recognition {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return specs.at(-1)!.recognised!;
}

test("the bundled catalogue is fresh", () => {
  const script = fileURLToPath(new URL("../../scripts/catalogue.mjs", import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

for (const entry of catalogue()) {
  test(`${entry.method} says what it does, keeps and discards, and from where; nothing is to complain of`, () => {
    assert.ok(entry.summary.endsWith(".") && entry.source.length > 20);
    for (const told of [entry.keeps, entry.discards]) assert.match(told, /^[^A-Z].*\.$/);
    const { diagnostics } = analyse(entry.text);
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity !== "information"),
      [],
    );
  });

  test(`${entry.method} is recognised, also under other names, in another order and at other sizes`, () => {
    const names = new Map([
      ["X", "photo"],
      ["Y", "sound"],
      ["Z", "code"],
      ["Zx", "b"],
      ["Zy", "a"],
      ["Wx", "q"],
      ["Wy", "p"],
    ]);
    const [head = "", ...rest] = entry.text
      .split("\n")
      .filter((line) => !line.startsWith("///") && line.trim() !== "" && line !== "}")
      .map((line) => line.replace(/\b(X|Y|Z|Zx|Zy|Wx|Wy)\b/g, (name) => names.get(name)!));
    const text = [head, ...rest.reverse(), "}"]
      .join("\n")
      .replaceAll("(8)", "(5)")
      .replace("vector(64)", "image(4, 4)");
    const { match, method, differences } = recognised(text);
    assert.deepEqual([match, method, differences], ["exact", entry.method, []], text);
  });
}

test("no two methods share a name, an alias or a canonical form", () => {
  const entries = catalogue();
  const names = [
    ...entries.flatMap(({ method, aliases }) => [method, ...aliases]),
    ...outsideMethods.map(({ method }) => method),
  ].map((name) => name.toLowerCase());
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
  const forms = entries.map(({ text }) => canonicalForm(analyse(text).specs[0]!.derived!));
  for (const [i, form] of forms.entries()) {
    for (const [j, other] of forms.entries()) {
      if (j <= i || distanceRange(form, other).least > 0) continue;
      // A method of made streams is one of any streams too; never the other way round.
      const same = [compare(form, other), compare(other, form)].every((each) => each?.distance === 0);
      assert.ok(!same, `${entries[i]!.method} is ${entries[j]!.method}`);
    }
  }
});

const dvsib = catalogue().find(({ method }) => method === "DVSIB")!.text;

test("an overall factor and the family of a likelihood change nothing", () => {
  const doubled = dvsib
    .replace(/(compress|keep) I/g, "$1 2 * I")
    .replace("keep 2 * I(X; Zx)", "keep 2 * I(X; Zx) by laplace");
  assert.equal(recognised(doubled).text, "DVSIB");
  assert.equal(recognised(doubled).match, "exact");
});

test("joined and separate terms are the same", () => {
  const joined = catalogue()
    .find(({ method }) => method === "beta-DVCCA")!
    .text.replace("keep I(X; Z)\n  keep I(Y; Z)", "keep I(X, Y; Z)");
  assert.equal(recognised(joined).text, "beta-DVCCA");
});

test("what differs is said in words", () => {
  const changes: [string, string, string][] = [
    ["by mine", "by infonce", "DVSIB, InfoNCE instead of MINE"],
    ["keep I(X; Zx)", "keep 0.02 * I(X; Zx)", "DVSIB, I(X; Zx) with separate weights"],
    ["  keep I(X; Zx)\n", "", "DVSIB, not keeping I(X; Zx)"],
    ["  compress I(X; Zx)", "  latent Wx : gaussian(2) from X\n  compress I(X; Wx, Zx)", "DVSIB with Wx"],
  ];
  for (const [from, to, expected] of changes) {
    const { match, text } = recognised(dvsib.replace(from, to));
    assert.deepEqual([match, text], ["near", expected]);
  }
});

/** Side and knob of a term's line: `keep w *`. */
const weightOf = (line: string): string | undefined => /^ {2}(compress|keep) (\w+ \*)?/.exec(line)?.[0];

test("single changes are never claimed exact", () => {
  for (const { text, method } of catalogue()) {
    const lines = text.split("\n");
    lines.forEach((line, i) => {
      if (!/^ {2}(compress|keep) /.test(line)) return;
      for (const changed of [[], [line.replace(/(compress|keep) /, "$1 0.3 * ")]]) {
        const { specs } = analyse([...lines.slice(0, i), ...changed, ...lines.slice(i + 1)].join("\n"));
        // A factor on all terms that share a weight is only another value of a knob.
        const alike = lines.filter((other) => weightOf(other) === weightOf(line)).length;
        if (alike === 1 && changed.length > 0) continue;
        const found = specs[0]!.recognised;
        assert.ok(
          found?.match !== "exact" || found.method !== method,
          `${method}, ${line} -> ${changed.join("")}`,
        );
      }
    });
  }
});

test("beta fixed at 1 is a limit, beta fixed elsewhere is the method itself", () => {
  const fixed = catalogue()
    .find(({ method }) => method === "beta-VAE")!
    .text.replace(/ {2}knob.*\n/, "");
  assert.deepEqual(
    [recognised(fixed).match, recognised(fixed).text],
    ["limit", "beta-VAE at beta = 1 (VAE)"],
  );
  assert.equal(recognised(fixed.replace("keep I", "keep 4 * I")).match, "exact");
});

test("noise, fusion and priors are part of a method", () => {
  const joint = catalogue().find(({ method }) => method === "beta-joint-DVCCA")!.text;
  assert.equal(
    recognised(joint.replace("from X, Y", "from X, Y by poe")).text,
    "beta-joint-DVCCA, Z fused by poe",
  );
  assert.equal(recognised(joint.replace("from X, Y", "from X, Y by poe(prior)")).text, "MVAE");
  assert.equal(
    recognised(joint.replace("knob", "prior Z = learned\n  knob")).text,
    "beta-joint-DVCCA, a learned prior of Z",
  );
});

test("beta is given on both sides", () => {
  assert.deepEqual(recognised(dvsib).beta, { kept: 32, cost: 1 / 32 });
});

test("a loss that is like none is none", () => {
  const text = `spec A {
    modality A : vector(4)
    modality B : vector(4)
    modality C : vector(4)
    modality D : vector(4)
    latent S : gaussian(2) from A, B, C, D
    latent T : gaussian(2) from S
    latent U : gaussian(2) from T
    compress I(A, B, C, D; S | A)
    compress I(S; T)
    compress I(T; U)
    keep I(C, D; S, T)
    keep I(S; T) by mine
  }`;
  assert.deepEqual(
    [recognised(text).match, recognised(text).method, recognised(text).text],
    ["none", undefined, ""],
  );
});

/** The recognition of a method of the catalogue with some of its text replaced. */
function changed(file: string, ...replacements: [from: string | RegExp, to: string][]): Recognition {
  const { text } = catalogue().find((entry) => entry.file === file)!;
  return recognised(
    replacements.reduce((all, [from, to]) => {
      assert.ok(typeof from === "string" ? all.includes(from) : from.test(all), `${file} has no ${from}`);
      return all.replace(from, to);
    }, text),
  );
}

const same: [what: string, method: string, found: () => Recognition][] = [
  [
    "one over beta before the cost",
    "beta-VAE",
    () => changed("beta-vae", [/knob beta = 1/, "knob cost = 1"], ["compress I", "compress cost * I"]),
  ],
  [
    "a quotient of knobs",
    "DCCAE",
    () => changed("dccae", ["knob w", "knob v = 2 in 1 .. 4\n  knob w"], [/keep w \*/g, "keep w / v *"]),
  ],
  [
    "terms of weight zero",
    "DVSIB",
    () => changed("dvsib", ["keep I(X; Zx)", "keep I(X; Zx)\n  keep 0 * I(X; Zy)"]),
  ],
  [
    "a term in two halves",
    "DVSIB",
    () => changed("dvsib", ["keep I(X; Zx)", "keep 0.25 * I(X; Zx)\n  keep 0.75 * I(Zx; X)"]),
  ],
  [
    "joined codes",
    "beta-DVCCA-private",
    () =>
      changed("beta-dvcca-private", [/compress I\(X; Z\)\n {2}compress I\(X; Wx\)/, "compress I(X; Z, Wx)"]),
  ],
  [
    "a condition that stands on both sides",
    "JMVAE-kl",
    () => changed("jmvae", ["I(X, Y; Z | X)", "I(Y; Z | X)"], ["I(X, Y; Z | Y)", "I(Z; X | Y)"]),
  ],
  [
    "a scale of the likelihood, weighed back",
    "DVSIB",
    () => changed("dvsib", ["keep I(X; Zx)", "keep 0.25 * I(X; Zx) by gaussian(0.5)"]),
  ],
  [
    "a mixture by its components",
    "MMVAE",
    () =>
      changed(
        "mmvae",
        ["by moe", "by poe"],
        ["compress I(X, Y; Z)", "compress 0.5 * I(X; Z[X])\n  compress 0.5 * I(Y; Z[Y])"],
        [
          /keep I\(X; Z\)\n {2}keep I\(Y; Z\)/,
          "keep 0.5 * I(X, Y; Z[X])\n  keep 0.5 * I(X; Z[Y])\n  keep 0.5 * I(Y; Z[Y])",
        ],
      ),
  ],
  [
    "a mixture of products by its components",
    "MoPoE-VAE",
    () =>
      changed(
        "mopoe",
        ["by mopoe", "by poe"],
        ["compress I(X, Y; Z)", "compress I(X; Z[X])\n  compress I(Y; Z[Y])\n  compress I(X, Y; Z)"],
        [/keep I\(X; Z\)\n {2}keep I\(Y; Z\)/, "keep I(X, Y; Z)\n  keep I(X, Y; Z[X])\n  keep I(X, Y; Z[Y])"],
      ),
  ],
  [
    "a prior made from the condition, and a guess learned from it",
    "CEB",
    () =>
      changed(
        "ceb",
        ["knob", "prior Z = from Y\n  knob"],
        ["I(X; Z | Y)", "I(X; Z | Y) by conditional(prior)"],
      ),
  ],
  [
    "a total correlation of two",
    "CLIP",
    () => changed("clip", [/keep .*/, "keep TC(Zx, Zy) by infonce(critic = product)"]),
  ],
  [
    "a code that nothing reads",
    "DVIB",
    () => changed("dvib", ["knob", "latent Q : deterministic(2) from X\n  knob"]),
  ],
  [
    "what a rate pays for, however it is named",
    "beta-joint-DVCCA",
    () => changed("beta-joint-dvcca", ["compress I(X, Y; Z)", "compress I(X; Z)"]),
  ],
  ["one encoder for two codes", "CLIP", () => changed("clip", ["keep", "share Zx, Zy\n  keep"])],
];

for (const [what, method, found] of same) {
  test(`the same loss: ${what}`, () => {
    const { match, text } = found();
    assert.deepEqual([match, text], ["exact", method]);
  });
}

/** Losses that are close to each other and never the same; the text, where it says more than that. */
const close: [what: string, found: () => Recognition, text: RegExp][] = [
  [
    "MVAE without the prior's expert",
    () => changed("mvae", ["poe(prior)", "poe"]),
    /^beta-joint-DVCCA, Z fused by poe$/,
  ],
  [
    "VSIB at no cost keeps its noise",
    () => changed("vsib", [/ {2}compress.*\n/g, ""]),
    /^MV-InfoMax, Zx with noise, Zy with noise$/,
  ],
  [
    "DMIB and VIB on both views",
    () =>
      changed(
        "dmib",
        [/compress I\(X; Zx\)\n.*\n/, "compress I(X; Zx)\n"],
        [/ {2}(latent Zy|want).*\n/g, ""],
        ["from X", "from X, Y"],
        ["Zx, Zy", "Zx"],
      ),
    /^(DVIB with Y|MVIB, Zx fused by concat)$/,
  ],
  [
    "JMVAE with a rate of each view's code, as in TELBO, and with a learned guess",
    () => changed("jmvae", ["conditional(Z[X])", "conditional(learned)"]),
    /^JMVAE-kl, Z compared with a network of X instead of Z\[X\]$/,
  ],
  [
    "TELBO without its redrawing from each view",
    () => changed("telbo", [/ {2}keep I\(.; Z\[.\]\)\n/g, ""]),
    /not keeping I\(X; Z\[X\]\)|also compressing/,
  ],
  [
    "SimCLR of two streams",
    () =>
      changed(
        "simclr",
        [/X = augment\(S, crop, flip\)/, "X : image(16, 16)"],
        [/Y = augment\(S, crop, flip\)/, "Y : image(16, 16)"],
        [/ {2}modality S.*\n/, ""],
      ),
    /^CLIP$/,
  ],
  ["CPC of two futures", () => changed("cpc", ["past(S, 16)", "future(S, 16)"]), /^MV-InfoMax$/],
];

for (const [what, found, text] of close)
  test(`close and not the same: ${what}`, () => {
    assert.match(found().text, text);
  });

test("DMVAE pays for a shared code once for each view that it redraws, MultiVae once: near", () => {
  const once = changed("dmvae", [
    / {2}compress[^]*?(?= {2}keep)/,
    "  compress I(X, Y; Z)\n  compress I(X; Z[X])\n  compress I(Y; Z[Y])\n  compress 3 * I(X; Wx)\n  compress 3 * I(Y; Wy)\n",
  ]);
  assert.equal(once.match, "near");
  assert.equal(once.text, "DMVAE, I(X; Wx) and I(Y; Wy) with separate weights");
});

test("DSIB, DCCAE and Barlow Twins differ by their bound alone", () => {
  assert.equal(changed("dsib", ["by mine", "by cca"]).text, "DCCAE at w = 1");
  assert.equal(changed("barlow-twins", ["by barlow", "by cca"]).text, "DCCA");
});

for (const entry of catalogue()) {
  for (const limit of entry.limits) {
    test(`${entry.method}, ${limit.when}, is ${limit.method}`, () => {
      const found = recognise(derive(atLimit(methodSpec(entry)!, limit.changes)));
      if (!limit.called) return assert.equal(found.text, limit.method);
      assert.deepEqual([found.match, found.called], ["limit", limit.method]);
      assert.equal(found.method, entry.method);
    });
  }
}

test("a method says where it meets others, from both sides", () => {
  assert.ok(changed("splitae").limits.includes("it is beta-DVCCA noiseless"));
  assert.ok(changed("jmvae").limits.includes("at a = 0 it is beta-joint-DVCCA"));
});

test("beta is counted as the method counts it, wherever it is written", () => {
  const cost = changed("beta-vae", [/knob beta = 1/, "knob cost = 4"], ["compress I", "compress cost * I"]);
  assert.deepEqual(cost.beta, { kept: 0.25, cost: 4 });
  const halved = changed(
    "mvae",
    ["knob beta = 1", "knob beta = 3"],
    ["keep I(X", "keep 0.5 * I(X"],
    ["keep I(Y", "keep 0.5 * I(Y"],
  );
  assert.equal(halved.beta.kept, 1.5);
});

test("variants tell what the name leaves open", () => {
  const { variants } = changed(
    "dvsib",
    ["by mine", "by smile(5)"],
    ["keep I(X; Zx)", "keep 1 / 64 * I(X; Zx)"],
    ["keep I(Y; Zy)", "keep 1 / 64 * I(Y; Zy) by gaussian(0.5)"],
  );
  assert.deepEqual(variants, [
    "I(Zx; Zy) by SMILE",
    "in the source, beta multiplies the kept terms",
    "I(X; Zx) is a mean over the 64 values of X",
    "I(Y; Zy) is a mean over the 64 values of Y",
    "I(Y; Zy) by gaussian(0.5) equals unit variance with 4 times the weight",
  ]);
  assert.ok(
    changed("beta-vae", ["knob beta = 1", "knob beta = 4"]).variants.includes(
      "in the source, beta multiplies the compressed terms: 4 here is 0.25 there",
    ),
  );
  assert.ok(changed("simclr").variants.includes("one encoder for Zx and Zy"));
});

test("a method that has all its views in its file is near to one of more", () => {
  const { match, text } = changed("splitae", [
    "want shared",
    "modality V : vector(6)\n  keep I(V; Z)\n\n  want shared",
  ]);
  assert.deepEqual([match, text], ["near", "SplitAE with V"]);
});

test("a link by another critic's bound is the method with that bound, not one by covariances", () => {
  const link = (law: string, by: string): string =>
    recognised(`spec A {
      modality X : vector(64)
      modality Y : vector(64)
      latent Zx : ${law}(8) from X
      latent Zy : ${law}(8) from Y
      ${law === "gaussian" ? "compress I(X; Zx)\n compress I(Y; Zy)" : ""}
      keep I(Zx; Zy) by ${by}
    }`).text;
  for (const [by, title] of [
    ["js", "Jensen-Shannon"],
    ["nwj", "NWJ"],
    ["mine", "MINE"],
    ["smile", "SMILE"],
    ["flo", "FLO"],
  ] as const) {
    assert.equal(link("deterministic", by), `MV-InfoMax, ${title} instead of InfoNCE`);
    assert.equal(link("gaussian", by), `VSIB, ${title} instead of InfoNCE`);
  }
});
