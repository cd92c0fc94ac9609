import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import type { Spec } from "../../core/theory/spec";
import { two, views } from "./specs";

/** Error messages of a text. */
const errors = (text: string): string[] =>
  analyse(text)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ message }) => message);

/** One error whose message matches. */
function told(text: string, message: RegExp): void {
  const found = errors(text);
  assert.equal(found.length, 1, `${text}\ngives ${found.join("\n") || "no error"}`);
  assert.match(found[0]!, message);
}

function specOf(text: string, name?: string): Spec {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return specs.find(({ tree }) => name === undefined || tree.name.text === name)!.spec!;
}

const VAE = ["compress I(X; Z)", "keep I(X; Z)"];

test("defaults: training, prior, fusion, knob ranges", () => {
  const spec = specOf(two(...VAE, "knob beta = 4"));
  assert.deepEqual(spec.training, {
    epochs: 10,
    batch: 128,
    optimizer: { name: "adam", rate: 1e-3 },
    seed: 1,
  });
  assert.deepEqual(spec.latents[0]!.prior, { name: "standard", arguments: [] });
  assert.deepEqual(spec.latents[0]!.fusion, { name: "single", options: [] });
  const { from, to, log } = spec.knobs[0]!;
  assert.deepEqual([from, to, log], [0.04, 400, true]);
  assert.equal(
    specOf(views("compress I(X, Y; Z, W)", "keep I(X, Y; Z, W)")).latents[0]!.fusion.name,
    "concat",
  );
});

test("a training is as long as its steps say, or its epochs, and not both", () => {
  const { training } = specOf(two(...VAE, "train { steps = 2000, batch = 64 }"));
  assert.deepEqual([training.steps, training.batch], [2000, 64]);
  for (const [written, fixed] of [
    ["train { epochs = 5, steps = 20, batch = 8 }", "train { epochs = 5, batch = 8 }"],
    ["train { steps = 20, batch = 8, epochs = 5 }", "train { steps = 20, batch = 8 }"],
  ] as const) {
    const text = two(...VAE, written);
    const errors = analyse(text).diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(
      errors.map(({ code, message }) => [code, message]),
      [["wrong-setting", "`epochs` and `steps` both set the length of the training. Remove one of the two."]],
    );
    const { range, text: by } = errors[0]!.fixes![0]!.edits[0]!;
    assert.equal(text.slice(0, range.start) + by + text.slice(range.end), two(...VAE, fixed));
  }
  const wrong = analyse(two(...VAE, "train { steps = 0 }")).diagnostics[0]!;
  assert.match(wrong.message, /`steps` must be a whole number of at least 1, as in `steps = 2000`/);
});

test("streams: sizes, widths and fields", () => {
  const { streams } = specOf(`spec A {
    modality P : image(4, 5, 3) = photos
    modality S : audio(10, 20) = "spoken words"
    modality L : label(7)
    modality t : scalar
    latent Z : gaussian(2) from P, S, L, t
    compress I(P, S, L, t; Z)
    keep I(P; Z)
  }`);
  assert.deepEqual(
    streams.map(({ size, width, field }) => [size, width, field]),
    [
      [60, 60, "photos"],
      [200, 200, "spoken words"],
      [1, 7, undefined],
      [1, 1, undefined],
    ],
  );
});

test("a name that is nearly right gets a suggestion and a fix", () => {
  const text = two("compress I(X; Z)", "keep I(X; z2)").replaceAll("Z", "Zshared").replace("z2", "Zshraed");
  const [found] = analyse(text).diagnostics;
  assert.match(found!.message, /^Unknown stream or latent `Zshraed`\. Did you mean `Zshared`\?$/);
  const edit = found!.fixes![0]!.edits[0]!;
  assert.equal(edit.text, "Zshared");
  assert.equal(text.slice(edit.range.start, edit.range.end), "Zshraed");
});

test("one error at a fault, and none that follows from it", () => {
  told(two(...VAE).replace("vector(6)", "vektor(6)"), /Did you mean `vector`\?/);
  told(
    two(...VAE).replace("gaussian(2)", "gaussian(-2)"),
    /`width` of `gaussian\(width\)` must be a whole number/,
  );
  told(two(...VAE).replace("from X", "from Q"), /Unknown stream or latent `Q`/);
  told(two(...VAE).replace(": vector(6)", ":"), /./);
  told(two("compress I(X; Q)"), /Unknown stream or latent `Q`/);
});

test("sizes are whole numbers, of the right count, not too many", () => {
  told(
    two(...VAE).replace("vector(6)", "image(6)"),
    /Write `image\(height, width, channels\?\)`, for example `image\(8, 8\)`/,
  );
  told(
    two(...VAE).replace("vector(6)", "vector(2.5)"),
    /`dimensions` of `vector\(dimensions\)` must be a whole number/,
  );
  told(two(...VAE).replace("vector(6)", "image(100000, 100000)"), /more than 10,000,000 values/);
  told(two(...VAE).replace("vector(6)", "label(1)"), /at least 2 classes/);
});

test("knobs stay within their range", () => {
  told(two(...VAE, "knob beta = 5 in 1 .. 4"), /The value of `beta`, 5, is outside its range 1 \.\. 4/);
  told(two(...VAE, "knob beta = 5 in 9 .. 4"), /must start at its smaller end; 9 is not below 4/);
  told(two(...VAE, "knob beta = 5 in 0 .. 9 log"), /Both ends of a `log` range must be above 0/);
  told(
    two(...VAE, "knob beta = 5 in 1 .. 9 log", "anneal beta from 0 over 10 epochs"),
    /its schedule must start above 0/,
  );
  told(
    two(
      ...VAE,
      "knob beta = 5 in 1 .. 9",
      "anneal beta from 1 over 2 epochs",
      "anneal beta from 9 over 4 epochs",
    ),
    /`beta` has two schedules, and a knob follows one\. Remove one `anneal`/,
  );
  const knob = specOf(two(...VAE, "knob beta = 5 in 1 .. 9", "anneal beta from 1 over 10 epochs")).knobs[0]!;
  assert.deepEqual(knob.anneal, { from: 1, over: 10, unit: "epochs" });
});

test("weights may not be negative anywhere in the knobs' ranges", () => {
  told(
    two("compress I(X; Z)", "keep (1 - w) * I(X; Z)", "knob w = 0.5 in 0 .. 2"),
    /can be -1 within the range of `w`; weights must be at least 0/,
  );
  told(
    two("compress I(X; Z)", "keep 1 / w * I(X; Z)", "knob w = 0.5 in 0 .. 2"),
    /not a finite number everywhere/,
  );
  told(two("compress -1 * I(X; Z)", "keep I(X; Z)"), /The weight `-1` is -1; weights must be at least 0/);
  told(two(...VAE, "knob beta = -2"), /`beta` is -2; it multiplies every kept term and must be at least 0/);
  told(two(...VAE, "knob beta = 2 in -1 .. 4"), /Start the range at 0 or above/);
  told(
    two("compress Z * I(X; Z)", "keep I(X; Z)"),
    /`Z` is a latent; a weight can only contain numbers and knobs/,
  );
});

test("inferring from a target or from itself", () => {
  told(
    views("compress I(X, Y; Z, W)", "keep I(L; Z, W)").replace(
      "W : gaussian(2) from X, Y",
      "W : gaussian(2) from X, L",
    ),
    /`L` is a `target`/,
  );
  told(
    two(...VAE, "latent W : gaussian(2) from V", "latent V : gaussian(2) from W"),
    /`W` from `V` from `W`/,
  );
});

test("a latent may be declared after the latent that reads it", () => {
  const spec = specOf(
    two(
      "latent W : gaussian(2) from V",
      "latent V : gaussian(2) from X",
      "compress I(X; V, Z)",
      "compress I(V; W)",
      "keep I(X; W, Z)",
    ),
  );
  assert.deepEqual(
    spec.latents.map(({ name }) => name),
    ["Z", "W", "V"],
  );
});

test("networks stand where they can read and make what is there", () => {
  const text = ["modality T : text(5, 20)", "compress I(X; Z)", "keep I(X; Z)"];
  const alone = ["latent V : gaussian(2) from T", "compress I(T; V)"];
  const both = ["latent V : gaussian(2) from X, T", "compress I(X, T; V)", "keep I(T; V)"];
  const kept = "keep I(T; V)";
  told(two(...VAE, "network encoder X = bag(4)"), /^`bag` needs a `text` stream; `X` is a `vector`/);
  told(two(...VAE, "network encoder Z = bag(4)"), /^`bag` needs a `text` stream; `X` is a `vector`/);
  told(
    two(...text, ...both, "network encoder T = bag(4)"),
    /reads `X` and `T` together\. Fuse them by `poe`/,
  );
  told(two(...text, ...alone, kept, "network decoder T = bag(4)"), /^`bag` can only be an encoder/);
  told(
    two(...text, ...alone, kept, "network critic T, V = bag(4)"),
    /^A critic must be `mlp` or `linear`, not `bag`/,
  );
  told(two(...text, ...alone, kept, "network encoder T = bag"), /^Write the width of the word vectors/);
  told(two(...text, ...alone, kept, "prior V = vamp(3)"), /reads the text `T`, but pseudo-inputs/);
  told(two(...text, ...alone, "keep I(T; V) by gaussian"), /`gaussian` does not fit `T`, which is a `text`/);
  told(two("modality T : text(5, 1)", ...VAE), /a vocabulary of at least 2 words/);
  told(two(...VAE, "network encoder X = cnn(4)"), /a signal or a video; `X` is a `vector`\. Use `mlp`/);
  told(two(...VAE, "network decoder X = cnn(4)"), /^`cnn` decodes images.*; `X` is a `vector`/);
  told(
    two(
      ...VAE,
      "latent V : gaussian(2) from Z",
      "compress I(X; V)",
      "keep I(X; V)",
      "network encoder V = cnn(4)",
    ),
    /`Z` is a code\. Use `mlp`/,
  );
  told(
    two(...VAE, "network encoder X = cnn"),
    /^Write the channels of each convolution, as in `cnn\(16, 32\)`/,
  );
  told(two(...VAE, "network encoder X = cnn(0)"), /channels of layer 1/);
  told(two(...VAE, "network encoder X = torch"), /^Write the full name of a module in quotes/);
  told(
    two(...VAE, 'network encoder X = torch("os; import x")'),
    /^Write the full name of a module in quotes/,
  );
  told(two(...VAE, 'network encoder X = torch("my.class")'), /^Write the full name of a module in quotes/);
  told(
    two(...text, ...alone, kept, 'network critic T, V = torch("a.B")'),
    /^A critic must be `mlp` or `linear`, not `torch`/,
  );
  const experts = "latent V : gaussian(2) from X, T by poe";
  specOf(two(...text, experts, ...both.slice(1), "network encoder T = bag(4, 8)"));
  specOf(two(...text, ...both, "network encoder T = bag(4)", "network encoder V = mlp(4)"));
});

test("a network is chosen once for the same names", () => {
  const twice = /^The (encoder|decoder) of `X` is chosen twice/;
  told(two(...VAE, "network encoder X = mlp(4)", "network encoder X = linear"), twice);
  told(two(...VAE, "network decoder X = mlp(4)", "network decoder X = mlp(4)"), twice);
  specOf(
    two(...VAE, "network encoder X = mlp(4)", "network encoder Z = linear", "network decoder X = linear"),
  );
});

test("a network that fits the code of one stream alone is advised for that code", () => {
  told(
    two(
      "modality P : image(8, 8)",
      "latent Zp : gaussian(2) from P",
      "latent D : gaussian(2) from P, X",
      "compress I(P; Zp)",
      "compress I(P, X; D)",
      "keep I(P; Zp, D)",
      "network encoder P = cnn(4)",
    ),
    /reads `P` and `X` together.*For `Zp` only, write `network encoder Zp = cnn\(4\)`/,
  );
});

test("a module of the user's own is no error, and what can train it is said", () => {
  const text = two(...VAE, 'network encoder X = torch("pkg.Module")');
  const { diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.map(({ code, severity }) => `${severity} ${code}`),
    ["information foreign-network"],
  );
  assert.match(diagnostics[0]!.message, /^Only PyTorch can train `pkg\.Module`: .*the executor `torch`/);
  assert.deepEqual(
    diagnostics[0]!.fixes!.map(({ title }) => title),
    ["Use `mlp(128, 128)` instead"],
  );
});

test("words are neither changed nor cut", () => {
  told(
    two(...VAE, "modality T : text(5, 20)", "modality T2 = augment(T, noise)"),
    /`T` is a `text`; `crop` and `flip` need an image, and `noise` needs numbers/,
  );
  told(two(...VAE, "modality T : text(5, 20)", "modality P = past(T, 2)"), /`T` is a `text`/);
});

test("a bound on the wrong side explains itself", () => {
  told(
    two("compress I(X; Z) by infonce"),
    /^`infonce` is a lower bound; minimising it does not limit `I\(X; Z\)`\. Use `kl`, `club` or `l1out`\.$/,
  );
  told(
    two("compress I(X; Z)", "keep I(X; Z) by kl"),
    /^`kl` is an upper bound; maximising it does not preserve `I\(X; Z\)`/,
  );
  told(two("compress I(X; Z) by nwj"), /`nwj` is a lower bound; minimising it does not limit/);
  told(
    two("compress I(X; Z)", "keep I(X; Z) by club"),
    /`club` is an upper bound; maximising it does not preserve/,
  );
});

test("bounds refuse terms that they cannot hold", () => {
  told(two("compress I(X; Z)", "keep I(X; Z) by poisson"), /`poisson` does not fit `X`, which is a `vector`/);
  told(
    two("compress I(X; Z)", "keep I(X; Z) by gaussian(0)"),
    /`scale` of `gaussian` must be a number above 0 or `learned`/,
  );
  told(
    two("compress I(X; Z)", "keep I(X; Z) by infonce(critic = dot)"),
    /sides of equal width, and these have 6 and 2/,
  );
  told(
    two("compress I(X; Z)", "keep I(X; Z) by infonce(critic = dote)"),
    /`critic` of `infonce` must be `dot`/,
  );
  told(
    two("compress I(X; Z)", "keep I(X; Z) by infonce(heat = 1)"),
    /does not have an option `heat`\. Its options are `critic` and `temperature`/,
  );
  told(
    two("compress I(X; Z)", "keep I(X; Z) by infonce two-way"),
    /`infonce` cannot be followed by `two-way`/,
  );
  told(two("compress I(X; Z) by conditional", "keep I(X; Z)"), /`conditional` needs a condition/);
  told(
    views("compress I(X, Y; Z, W | L) by kl", "keep I(X; Z, W)"),
    /`kl` bounds I\(X; Z\) without a condition/,
  );
  told(
    views("compress I(X, Y; Z, W)", "keep I(X; Y)", "keep I(X; Z, W)"),
    /`I\(X; Y\)` does not contain a latent/,
  );
  told(
    views("compress I(X; Z) by chain", "compress I(X, Y; Z, W)", "keep I(X; Z, W)"),
    /`chain` needs two codes, as in `separate Z, W`/,
  );
  told(
    two("latent V : deterministic(2) from X, Z by poe", "keep I(X; Z, V)", "compress I(X; Z)"),
    /`poe` combines distributions, but a `deterministic` code has no noise/,
  );
  told(
    views("compress I(X, Y; Z, W)", "keep I(X; Z) by gaussian as b", "keep I(X; W) by gaussian as b"),
    /The decoder `b` reads Z in another term and W in this one/,
  );
  told(two("compress I(X; Z)", "keep I(X; Z[Q])"), /`Z` is not inferred from `Q`/);
});

test("a renamed stream goes on reading its field of the data that come with it", () => {
  const base = `spec A {
    data "noisy-digits" { samples = 100 }
    modality X : image(28, 28)
    modality Y : image(28, 28) = X
    latent Z : gaussian(2) from X
    compress I(X; Z)
    keep I(X; Z)
  }
  `;
  const fields = (text: string): (string | undefined)[] =>
    specOf(`${base}${text}`, "B").streams.map(({ field }) => field);
  assert.deepEqual(fields("spec B extends A(X = photo) { }"), ["X", "X"]);
  assert.deepEqual(fields('spec B extends A(X = photo) { data "views.npz" { samples = 9 } }'), [
    undefined,
    "X",
  ]);
});

test("a spec that extends another takes its statements and replaces those that say the same", () => {
  const text = `${two(...VAE, "knob beta = 2", "train { epochs = 3 }")}
  spec B extends A {
    latent Z : gaussian(4) from X
    keep I(X; Z) by laplace
    keep extra: I(X; Z) by bernoulli
  }
  spec C extends B { drop extra }`;
  const b = specOf(text, "B");
  assert.equal(b.latents[0]!.law.size, 4);
  assert.deepEqual(
    b.terms.map(({ id, bound }) => [id, bound?.name]),
    [
      ["compress I(X; Z)", undefined],
      ["keep I(X; Z)", "laplace"],
      ["extra", "bernoulli"],
    ],
  );
  assert.equal(b.training.epochs, 3);
  assert.equal(specOf(text, "C").terms.length, 2);
});

test("a term of a sum can be replaced alone", () => {
  const text = `${views("compress I(X, Y; Z, W)", "keep w * I(X; Z, W) + I(Y; Z, W)")}
  spec B extends A { keep I(Y; Z, W) by laplace }`;
  assert.deepEqual(
    specOf(text, "B").terms.map(({ bound }) => bound?.name),
    [undefined, undefined, "laplace"],
  );
});

test("a method of the catalogue is extended with its variables renamed", () => {
  const spec = specOf(`spec Mine extends DVSIB(X = photo, Y = sound) {
    modality photo : image(8, 8)
    keep I(Zx; Zy) by infonce
  }`);
  assert.deepEqual(
    spec.streams.map(({ name, kind }) => [name, kind.name]),
    [
      ["photo", "image"],
      ["sound", "vector"],
    ],
  );
  assert.deepEqual(
    spec.terms.map(({ id }) => id),
    [
      "compress I(photo; Zx)",
      "compress I(sound; Zy)",
      "keep I(Zx; Zy)",
      "keep I(photo; Zx)",
      "keep I(sound; Zy)",
    ],
  );
  assert.equal(spec.terms[2]!.bound?.name, "infonce");
});

test("faults of an extension are told where it stands", () => {
  told(
    "spec B extends DVSIBB { }",
    /There is no spec `DVSIBB` in this file or the catalogue\. Did you mean `DVSIB`\?$/,
  );
  told("spec B extends DVSIB(Q = photo) { }", /`DVSIB` does not declare `Q`, so it cannot be renamed/);
  told("spec B extends DVSIB { drop Q }", /no declaration or term `Q` to drop/);
  told("spec B extends B { }", /`B` extends itself/);
  assert.deepEqual(
    errors("spec B extends C { } spec C extends B { }"),
    [
      "`C` extends itself through `B`. Extend another spec.",
      "`B` extends itself through `C`. Extend another spec.",
    ].reverse(),
  );
  const inherited = analyse("spec B extends DVSIB { drop Zy }").diagnostics;
  assert.ok(inherited.every(({ range }) => range.end <= "spec B extends DVSIB { drop Zy }".length));
});

test("fixes never touch what stands in another text", () => {
  for (const { code, fixes = [] } of analyse("spec B extends DVSIB { knob v = 1 }").diagnostics) {
    for (const { edits } of fixes) for (const { range } of edits) assert.ok(range.start > 22, code);
  }
});

test("each writes its statement once for every name", () => {
  const spec = specOf(views("compress I(X, Y; Z, W)", "each V in X, Y: keep w * I(V; Z, W)"));
  assert.deepEqual(
    spec.terms.map(({ id }) => id),
    ["compress I(X, Y; Z, W)", "keep I(X; Z, W)", "keep I(Y; Z, W)"],
  );
});

test("errors of an inherited statement are told once", () => {
  const text = `${two("compress I(X; Z)", "keep I(X; Q)")}\nspec B extends A { }`;
  assert.equal(errors(text).length, 1);
});

test("settings", () => {
  told(two(...VAE, "train { epochs = 0 }"), /`epochs` must be a whole number of at least 1/);
  told(two(...VAE, "train { epoch = 3 }"), /^Unknown setting of `train` `epoch`\. Did you mean `epochs`\?$/);
  told(two(...VAE, "train { optimizer = sgd(1) }"), /The optimizer must be `adam`/);
  const { training, data } = specOf(
    two(
      ...VAE,
      "train { epochs = 2, batch = 16, optimizer = adam(rate = 1e-2), seed = 7 }",
      'data "a.npz" { test = 0.1, fields = [a, b], fast = true }',
    ),
  );
  assert.deepEqual(
    { ...training, range: 0 },
    { epochs: 2, batch: 16, optimizer: { name: "adam", rate: 0.01 }, seed: 7, range: 0 },
  );
  assert.deepEqual(data?.options, { test: 0.1, fields: ["a", "b"], fast: true });
});

test("what is dropped takes the wants that speak of it along", () => {
  const base =
    "spec A { modality X : vector(4)\n modality Y : vector(4)\n want shared(X, Y) in Zx, Zy\n want forget(X) in Zx, private(Y)\n latent Zx : gaussian(2) from X\n latent Zy : gaussian(2) from Y\n keep I(Y; Zy) }\n";
  const { specs, diagnostics } = analyse(`${base}spec B extends A { drop Zx }`);
  assert.ok(diagnostics.every(({ code }) => code !== "unknown-name"));
  assert.deepEqual(
    specs[1]!.spec!.wants.map(({ intent, of }) => [intent, of]),
    [["private", ["Y"]]],
  );
});

test("what a frozen code can be made of, and what cannot be asked of it", () => {
  const frozen = (...lines: string[]): string => views(...lines, "keep I(X; Z)");
  assert.deepEqual(
    specOf(frozen("latent F : gaussian(2) from X frozen", "latent G : gaussian(2) from F frozen"))
      .latents.filter((latent) => latent.frozen)
      .map(({ name }) => name),
    ["F", "G"],
  );
  told(
    frozen("latent F : gaussian(2) from Z frozen"),
    /^`F` is frozen, but it is inferred from `Z`, which is trained\. Freeze `Z` too, or infer `F` from streams\.$/,
  );
  told(
    frozen("latent F : gaussian(2) from X frozen", "latent G : gaussian(2) from X", "share F, G"),
    /^`F` is frozen and `G` is trained, but they share an encoder\. Freeze `G` too\.$/,
  );
  told(
    frozen("latent F : gaussian(2) from X frozen", "prior F = vamp(5)"),
    /^`vamp` trains its inputs through the encoder of `F`, which is frozen\. Use `mixture\(5\)`\.$/,
  );
  told(
    frozen("latent F : gaussian(2) from X, Y by poe(prior) frozen", "prior F = learned"),
    /^`F` is frozen, but its prior is trained and is one of its experts\./,
  );
  told(
    frozen("latent F : gaussian(2) from X frozen", 'network encoder F = torch("a.B")'),
    /^The encoder of `F` is a module of your own: freeze it there/,
  );
  told(
    frozen("latent F : gaussian(2) from X frozen", "compress I(X; F) at 5"),
    /^`F` is frozen, so training cannot change its rate: `at` has no effect\./,
  );
});
