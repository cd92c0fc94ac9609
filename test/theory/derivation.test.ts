import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { lossLatex } from "../../core/views/latex";
import { derivationSteps } from "../../core/theory/derivation/steps";
import { betaBothWays, lossText, weightText } from "../../core/views/unicode";
import { analyse } from "../../core/theory/analyse";
import type { AnalysedSpec } from "../../core/theory/analysed";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { two, views } from "./specs";

/** The only spec of a text that must be without errors. */
function analysed(text: string): AnalysedSpec & { derived: DerivedLoss } {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  const spec = specs.at(-1)!;
  return { ...spec, derived: spec.derived! };
}

/** A derived term as one line: side, term, bound, weight. */
const lines = (derived: DerivedLoss): string[] =>
  derived.terms.map((term) => `${term.term.id} by ${term.bound.id} × ${weightText(term)}`);

const goldens: Record<string, string> = {
  "beta-VAE": "L = KL(q(z|x) ‖ r(z)) − β·D(X; Z)",
  DVIB: "L = KL(q(z|x) ‖ r(z)) − β·D(Y; Z)",
  "beta-DVCCA": "L = KL(q(z|x) ‖ r(z)) − β·[ D(X; Z) + D(Y; Z) ]",
  "beta-joint-DVCCA": "L = KL(q(z|x, y) ‖ r(z)) − β·[ D(X; Z) + D(Y; Z) ]",
  "beta-DVCCA-private":
    "L = KL(q(z|x) ‖ r(z)) + KL(q(wx|x) ‖ r(wx)) + KL(q(wy|y) ‖ r(wy)) − β·[ D(X; Z, Wx) + D(Y; Z, Wy) ]",
  "beta-joint-DVCCA-private":
    "L = KL(q(z|x, y) ‖ r(z)) + KL(q(wx|x) ‖ r(wx)) + KL(q(wy|y) ‖ r(wy)) − β·[ D(X; Z, Wx) + D(Y; Z, Wy) ]",
  DVSIB: "L = KL(q(zx|x) ‖ r(zx)) + KL(q(zy|y) ‖ r(zy)) − β·[ MINE(Zx; Zy) + D(X; Zx) + D(Y; Zy) ]",
  "DVSIB-private":
    "L = KL(q(zx|x) ‖ r(zx)) + KL(q(zy|y) ‖ r(zy)) + KL(q(wx|x) ‖ r(wx)) + KL(q(wy|y) ‖ r(wy)) − β·[ MINE(Zx; Zy) + D(X; Zx, Wx) + D(Y; Zy, Wy) ]",
  DSIB: "L = −[ MINE(Zx; Zy) + D(X; Zx) + D(Y; Zy) ]",
  VSIB: "L = KL(q(zx|x) ‖ r(zx)) + KL(q(zy|y) ‖ r(zy)) − β·InfoNCE(Zx; Zy)",
  autoencoder: "L = −D(X; Z)",
  "Barlow Twins": "L = −Barlow(Zx; Zy)",
  "beta-TCVAE": "L = MWS(X; Z) + b·MWS(Z) + MWS(Z) − β·D(X; Z)",
  DIB: "L = H(q(z), r(z)) − β·D(Y; Z)",
  JointVAE: "L = |KL(q(z|x) ‖ r(z)) − 8| + |KL(q(c|x) ‖ r(c)) − 2| − β·D(X; Z, C)",
  "S-VAE": "L = KL(q(z|x) ‖ r(z)) − β·D(X; Z)",
  "disentangled beta-VAE": "L = |KL(q(z|x) ‖ r(z)) − 8| − β·D(X; Z)",
  CEB: "L = KL(q(z|x) ‖ Q(z|y)) − β·D(Y; Z)",
  CLIP: "L = −InfoNCE(Zx; Zy)",
  CVAE: "L = KL(q(z|x, y) ‖ Q(z|y)) − β·D(X; Z, Y)",
  DCCA: "L = −CCA(Zx; Zy)",
  DCCAE: "L = −[ CCA(Zx; Zy) + w·D(X; Zx) + w·D(Y; Zy) ]",
  DeepIMV:
    "L = KL(q(z|x, y) ‖ r(z)) + a·KL(q(z[x]|x) ‖ r(z[x])) + a·KL(q(z[y]|y) ‖ r(z[y])) − β·[ D(L; Z) + a·D(L; Z[X]) + a·D(L; Z[Y]) ]",
  "distributed IB":
    "L = KL(q(zx|x) ‖ r(zx)) + KL(q(zy|y) ‖ r(zy)) − β·[ D(L; Zx, Zy) + s·D(L; Zx) + s·D(L; Zy) ]",
  DMIB: "L = KL(q(zx|x) ‖ r(zx)) + KL(q(zy|y) ‖ r(zy)) − β·D(L; Zx, Zy)",
  DMVAE:
    "L = KL(q(z|x, y) ‖ r(z)) + KL(q(wx|x) ‖ r(wx)) + KL(q(z|x, y) ‖ r(z)) + KL(q(wy|y) ‖ r(wy)) + KL(q(z[x]|x) ‖ r(z[x])) + KL(q(wx|x) ‖ r(wx)) + KL(q(z[x]|x) ‖ r(z[x])) + KL(q(wy|y) ‖ r(wy)) + KL(q(z[y]|y) ‖ r(z[y])) + KL(q(wx|x) ‖ r(wx)) + KL(q(z[y]|y) ‖ r(z[y])) + KL(q(wy|y) ‖ r(wy)) − β·[ D(X; Z, Wx) + D(Y; Z, Wy) + D(X; Z[X], Wx) + D(Y; Z[X], Wy) + D(X; Z[Y], Wx) + D(Y; Z[Y], Wy) ]",
  FactorVAE: "L = KL(q(z|x) ‖ r(z)) + g·DR(Z) − β·D(X; Z)",
  "fair VIB": "L = KL(q(z|x) ‖ r(z)) + g·Chain(S; Z) − β·D(Y; Z)",
  "gPoE-MVAE": "L = KL(q(z|x, y) ‖ r(z)) − β·[ D(X; Z) + D(Y; Z) ]",
  GMC: "L = −[ InfoNCE(Z; Zx) + InfoNCE(Z; Zy) ]",
  "Deep InfoMax": "L = −InfoNCE(X; Z)",
  InfoVAE: "L = (1 − a)·KL(q(z|x) ‖ r(z)) + g·MMD(Z) − β·D(X; Z)",
  "JMVAE-kl":
    "L = KL(q(z|x, y) ‖ r(z)) + a·KL(q(z|x, y) ‖ Q(z|x)) + a·KL(q(z|x, y) ‖ Q(z|y)) − β·[ D(X; Z) + D(Y; Z) ]",
  MHVAE: "L = KL(q(z2|x, y) ‖ r(z2)) + KL(q(z1|x, y) ‖ Q(z1|z2)) − β·[ D(X; Z1) + D(Y; Z1) ]",
  MIB: "L = 0.5·KL(q(zx|x) ‖ Q(zx|y)) + 0.5·KL(q(zy|y) ‖ Q(zy|x)) − β·JS(Zx; Zy)",
  "MMVAE+":
    "L = KL(q(z[x]|x) ‖ r(z[x])) + KL(q(wx|x) ‖ r(wx)) + KL(q(z[y]|y) ‖ r(z[y])) + KL(q(wy|y) ‖ r(wy)) − β·[ D(X; Z[X], Wx) + D(Y; Z[X], Wy[]) + D(X; Z[Y], Wx[]) + D(Y; Z[Y], Wy) ]",
  MMVAE:
    "L = 1/2·KL(q(z[x]|x) ‖ r(z[x])) + 1/2·KL(q(z[y]|y) ‖ r(z[y])) − β·[ 1/2·D(X; Z[X]) + 1/2·D(X; Z[Y]) + 1/2·D(Y; Z[X]) + 1/2·D(Y; Z[Y]) ]",
  "MoPoE-VAE":
    "L = 1/3·KL(q(z[x]|x) ‖ r(z[x])) + 1/3·KL(q(z[y]|y) ‖ r(z[y])) + 1/3·KL(q(z[x, y]|x, y) ‖ r(z[x, y])) − β·[ 1/3·D(X; Z[X]) + 1/3·D(X; Z[Y]) + 1/3·D(X; Z[X, Y]) + 1/3·D(Y; Z[X]) + 1/3·D(Y; Z[Y]) + 1/3·D(Y; Z[X, Y]) ]",
  "MoPoE-VAE with private codes":
    "L = 1/3·KL(q(z[x]|x) ‖ r(z[x])) + 1/3·KL(q(z[y]|y) ‖ r(z[y])) + 1/3·KL(q(z[x, y]|x, y) ‖ r(z[x, y])) + KL(q(wx|x) ‖ r(wx)) + KL(q(wy|y) ‖ r(wy)) − β·[ 1/3·D(X; Z[X], Wx) + 1/3·D(X; Z[Y], Wx) + 1/3·D(X; Z[X, Y], Wx) + 1/3·D(Y; Z[X], Wy) + 1/3·D(Y; Z[Y], Wy) + 1/3·D(Y; Z[X, Y], Wy) ]",
  DySIB: "L = KL(q(zx|x) ‖ r(zx)) + KL(q(zy|y) ‖ r(zy)) − β·InfoNCE(Zx; Zy)",
  MVAE: "L = KL(q(z|x, y) ‖ r(z)) − β·[ D(X; Z) + D(Y; Z) ]",
  MVTCAE:
    "L = KL(q(z|x, y) ‖ r(z)) + a·KL(q(z|x, y) ‖ Q(z|x)) + a·KL(q(z|x, y) ‖ Q(z|y)) − β·[ D(X; Z) + D(Y; Z) ]",
  SigLIP: "L = −SigLIP(Zx; Zy)",
  SplitAE: "L = −[ D(X; Z) + D(Y; Z) ]",
  "supervised cross-entropy": "L = −D(Y; Z)",
  Symile: "L = −InfoNCE(Zx, Zy, Za)",
  "VampPrior VAE": "L = KL(q(z|x) ‖ r(z)) − β·D(X; Z)",
  VICReg: "L = −VICReg(Zx; Zy)",
  "WAE-MMD": "L = MMD(Z) − β·D(X; Z)",
  AAE: "L = ADV(Z) − β·D(X; Z)",
  CMC: "L = −[ InfoNCE(Zx; Zy) + InfoNCE(Zx; Za) + InfoNCE(Zy; Za) ]",
  CPC: "L = −InfoNCE(Zx; Zy)",
  CRMVAE:
    "L = KL(q(z|x, y) ‖ r(z)) + KL(q(z|x, y) ‖ Q(z|x)) + KL(q(z|x, y) ‖ Q(z|y)) − β·[ D(X; Z) + D(Y; Z) + D(X; Z[X]) + D(Y; Z[Y]) ]",
  ImageBind: "L = −[ InfoNCE(Zx; Zy) + InfoNCE(Zx; Za) ]",
  "multiset CCA": "L = −[ CCA(Zx; Zy) + CCA(Zx; Za) + CCA(Zy; Za) ]",
  "MV-InfoMax": "L = −InfoNCE(Zx; Zy)",
  "MVAE with sub-sampling":
    "L = KL(q(z|x, y) ‖ r(z)) + KL(q(z[x]|x) ‖ r(z[x])) + KL(q(z[y]|y) ‖ r(z[y])) − β·[ D(X; Z) + D(Y; Z) + D(X; Z[X]) + D(Y; Z[Y]) ]",
  MVIB: "L = KL(q(z|x, y) ‖ r(z)) − β·D(L; Z)",
  "past-future bottleneck": "L = KL(q(z|x) ‖ r(z)) − β·D(Y; Z)",
  SimCLR: "L = −InfoNCE(Zx; Zy)",
  SupCon: "L = −InfoNCE(Zx; Zy)",
  mAAE: "L = ADV(Zx) + ADV(Zy) − β·[ D(X; Zx) + D(Y; Zx) + D(X; Zy) + D(Y; Zy) ]",
  TELBO:
    "L = KL(q(z|x, y) ‖ r(z)) + KL(q(z[x]|x) ‖ r(z[x])) + KL(q(z[y]|y) ‖ r(z[y])) − β·[ D(X; Z) + D(Y; Z) + D(X; Z[X]) + D(Y; Z[Y]) ]",
};

test("the methods of the catalogue are those with a golden loss", () => {
  assert.deepEqual(
    catalogue()
      .map(({ method }) => method)
      .sort(),
    Object.keys(goldens).sort(),
  );
});

for (const { method, text } of catalogue()) {
  test(`${method} derives its loss`, () => assert.equal(lossText(analysed(text).derived), goldens[method]));
}

const shared = `spec SharedDigit "What do two noisy views of one digit share?" {
  data "noisy-digits" { samples = 8000, seed = 1 }
  modality X : image(28, 28)
  modality Y : image(28, 28)
  observe digit : label(10)
  observe angle : scalar
  want shared(X, Y), private(X), forget(angle) in Zx
  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y
  latent Wx : gaussian(4) from X
  knob beta = 32   in 0.1 .. 1024 log
  knob w    = 0.02 in 0.001 .. 1 log
  compress I(X; Zx)
  compress I(Y; Zy)
  compress I(X; Wx)
  keep I(Zx; Zy) by infonce
  keep w * I(X; Zx, Wx) by gaussian
  keep w * I(Y; Zy) by gaussian
  train { epochs = 10, batch = 128, optimizer = adam(1e-3) }
}`;

test("the spec of the language's description derives, term by term", () => {
  const { derived, spec, diagnostics } = analysed(shared);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(lines(derived), [
    "compress I(X; Zx) by kl × 1",
    "compress I(Y; Zy) by kl × 1",
    "compress I(X; Wx) by kl × 1",
    "keep I(Zx; Zy) by infonce × −β",
    "keep I(X; Zx, Wx) by gaussian × −β·w",
    "keep I(Y; Zy) by gaussian × −β·w",
  ]);
  assert.equal(derived.isBound.holds, true);
  assert.deepEqual(spec?.training, {
    epochs: 10,
    batch: 128,
    optimizer: { name: "adam", rate: 1e-3 },
    seed: 1,
    range: spec?.training.range,
  });
  assert.deepEqual(spec?.data?.options, { samples: 8000, seed: 1 });
  assert.deepEqual(
    spec?.wants.map(({ intent, of, in: within }) => [intent, of, within]),
    [
      ["shared", ["X", "Y"], []],
      ["private", ["X"], []],
      ["forget", ["angle"], ["Zx"]],
    ],
  );
  assert.deepEqual(
    derived.encoderGraph.edges.map(({ from, to, term }) => `${from} ${to} ${term}`),
    ["X Zx compress I(X; Zx)", "Y Zy compress I(Y; Zy)", "X Wx compress I(X; Wx)"],
  );
  assert.deepEqual(
    derived.decoderGraph.edges.map(({ from, to, symmetric }) => `${from} ${to} ${symmetric === true}`),
    ["Zx Zy true", "Zx X false", "Wx X false", "Zy Y false"],
  );
});

test("the loss in LaTeX", () => {
  const { derived } = analysed(shared);
  assert.equal(
    lossLatex(derived).slice(0, 95),
    "\\mathcal{L} = D_{\\mathrm{KL}}\\left(q({z_{x}} \\mid x) \\,\\|\\, r({z_{x}})\\right) + D_{\\mathrm{KL}}",
  );
  assert.match(
    lossLatex(derived),
    /- \\beta \\, \\left\[ I_\{\\mathrm\{NCE\}\}\(\{Z_\{x\}\}; \{Z_\{y\}\}\) \+ w \\, D\(X; \{Z_\{x\}\}, \{W_\{x\}\}\)/,
  );
  const formulas = derivationSteps(derived).flatMap(({ latex }) => latex ?? []);
  assert.ok(formulas.length > derived.terms.length);
  for (const latex of formulas) {
    assert.equal(latex.split("{").length, latex.split("}").length, latex);
    assert.equal(latex.split("\\left").length, latex.split("\\right").length, latex);
  }
});

test("beta is shown from both sides", () => {
  const { derived } = analysed(shared);
  assert.deepEqual([betaBothWays(derived).kept, betaBothWays(derived).cost], [32, 1 / 32]);
  assert.equal(betaBothWays(derived, { beta: 4 }).cost, 0.25);
  assert.equal(betaBothWays(analysed(two("compress I(X; Z)", "keep I(X; Z)")).derived).kept, 1);
});

test("defaults follow what a term holds", () => {
  const text = `spec A {
    modality V : vector(4)
    modality P : image(4, 4)
    modality C : counts(5)
    target L : label(3)
    latent Z : gaussian(2) from V, P, C
    latent W : gaussian(2) from V
    compress I(V, P, C; Z)
    compress I(V; W | L)
    keep I(V; Z)
    keep I(Z; P)
    keep I(C; Z)
    keep I(L; Z)
    keep I(Z; W)
  }`;
  assert.deepEqual(
    analysed(text).derived.terms.map(({ bound }) => bound.id),
    ["kl", "conditional", "gaussian", "gaussian", "poisson", "categorical", "infonce"],
  );
});

test("a term over several streams or codes is the sum of its parts", () => {
  const { derived } = analysed(views("compress w * I(X, Y; Z, W)", "keep I(X, Y; Z, W)"));
  assert.deepEqual(lines(derived), [
    "compress I(X, Y; Z) by kl × w",
    "compress I(X, Y; W) by kl × w",
    "keep I(X; Z, W) by gaussian × −1",
    "keep I(Y; Z, W) by gaussian × −1",
  ]);
});

test("a repeated term and a repeated part have ids of their own; a label is its term's id", () => {
  const text = views("compress I(X, Y; Z, W)", "keep I(X; Z, W)", "keep I(X, Y; Z, W)", "keep link: I(Z; W)");
  const ids = analysed(text).derived.terms.map(({ term }) => term.id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.includes("link"));
});

test("observed streams after | are read by the decoder", () => {
  const { derived } = analysed(views("compress I(X, Y; Z, W)", "keep I(X; Z, W | L)"));
  assert.equal(lossText(derived), "L = KL(q(z|x, y) ‖ r(z)) + KL(q(w|x, y) ‖ r(w)) − D(X; Z, W, L)");
});

test("what is no bound in a minibatch is said", () => {
  const { derived } = analysed(catalogue().find(({ method }) => method === "DVSIB")!.text);
  assert.equal(derived.isBound.holds, false);
  assert.match(derived.isBound.because.join(), /mine/);
  assert.match(derived.steps.at(-1)!.text, /^No: `mine`/);
});

test("the steps go from the ideal to the loss: each bound with its side, reason, gap, source and why it holds", () => {
  const { derived } = analysed(catalogue().find(({ method }) => method === "VSIB")!.text);
  const titles = derived.steps.map(({ title }) => title);
  assert.deepEqual(titles, [
    "Compressed information",
    "Kept information",
    "The ideal",
    "compress I(X; Zx) by kl",
    "compress I(Y; Zy) by kl",
    "keep I(Zx; Zy) by infonce",
    "Is the loss a bound?",
  ]);
  const [, , ideal, first, second, link, verdict] = derived.steps;
  assert.equal(ideal!.formula, "L* = I(X; Zx) + I(Y; Zy) − β·I(Zx; Zy)");
  assert.deepEqual(
    first!.facts!.map(({ name }) => name),
    ["Side", "Gap", "Assumes", "Source"],
  );
  assert.match(first!.proof!.formula, /^I\(X; Zx\) = .* − KL\(q\(zx\) ‖ r\(zx\)\) ≤ /);
  assert.match(second!.text, /as in step 4/);
  assert.equal(second!.facts, undefined);
  assert.ok(link!.facts!.some(({ name, text }) => name === "Ceiling" && text === "log N"));
  assert.match(verdict!.facts![0]!.text, /independent samples in a batch/);
});

/** The proof of the first term of a spec. */
const proofOf = (text: string): string =>
  analysed(text).derived.steps.find(({ proof }) => proof !== undefined)!.proof!.formula;

test("a rate is proved of all that its code reads, and of a hierarchy all levels together", () => {
  assert.match(
    proofOf(views("compress I(X; Z)", "keep I(X, Y; Z)")),
    /^I\(X; Z\) ≤ I\(X, Y; Z\) = ⟨KL\(q\(z\|x, y\)/,
  );
  assert.match(proofOf(views("compress I(X, Y; Z)", "keep I(X, Y; Z)")), /^I\(X, Y; Z\) = ⟨KL/);
  assert.match(proofOf(views("compress I(L; Z) by l1out", "keep I(X; Z)")), /^I\(L; Z\) ≤ I\(X, Y; Z\) = /);
  assert.match(
    proofOf(views("compress I(X; Z | Y)", "keep I(X; Z)")),
    /^I\(X; Z \| Y\) = ⟨KL\(q\(z\|x, y\) ‖ Q\(z\|y\)\)⟩ − /,
  );
  const levels = two(
    "latent W : gaussian(2) from Z",
    "prior Z = from W",
    "compress I(X; Z)",
    "compress I(Z; W)",
    "keep I(X; Z)",
  );
  assert.match(
    proofOf(levels),
    /^I\(X; Z, W\) = ⟨log q\(z, w\|x\) − log r\(z\|w\) r\(w\)⟩ − KL\(q\(z, w\) ‖ /,
  );
});

test("what is decoded under a condition is less its entropy given that, in both scripts", () => {
  const { derived } = analysed(views("compress I(X, Y; Z)", "keep I(X; Z | L)"));
  const step = derived.steps.find(({ title }) => title.startsWith("keep"))!;
  assert.match(step.text, /I\(X; Z \| L\), minus the entropy of X given L, is at least/);
  assert.match(step.proof!.formula, /^I\(X; Z \| L\) = H\(X \| L\) \+ /);
  const ideal = derived.steps.find(({ title }) => title === "The ideal")!;
  assert.match(ideal.latex!, /I\(X; Z \\mid L\)/);
});

test("terms of one bound that hold for other reasons are each told whole", () => {
  const { derived } = analysed(
    two("compress TC(Z) by mws(samples = 900)", "compress gap(Z) by mws(samples = 900)", "keep I(X; Z)"),
  );
  const told = derived.steps.filter(({ title }) => title.endsWith("by mws"));
  assert.deepEqual(
    told.map(({ proof }) => proof?.lead),
    ["It is not a bound, because", "It is not a bound, because"],
  );
  assert.notEqual(told[0]!.proof!.by, told[1]!.proof!.by);
});

test("a rate that pays for more than its term says so", () => {
  const { derived, diagnostics } = analysed(
    views("compress I(X; Z)", "compress I(X, Y; W)", "keep I(X, Y; Z, W)"),
  );
  assert.match(derived.terms[0]!.reason, /Z also reads Y/);
  assert.ok(diagnostics.some(({ code }) => code === "partial-rate"));
});

test("weights inside keep multiply beta, with parentheses where arithmetic needs them", () => {
  const { derived } = analysed(
    views("compress I(X, Y; Z, W)", "keep (1 - w) * I(X; Z, W)", "keep w / 2 * I(Y; Z, W)", "knob beta = 2"),
  );
  assert.match(lossText(derived), / − β·\[ \(1 − w\)·D\(X; Z, W\) \+ w\/2·D\(Y; Z, W\) \]$/);
  assert.deepEqual(derived.terms.slice(2).map(weightText), ["−β·(1 − w)", "−β·w/2"]);
});

test("a derived term says what it is", () => {
  const { derived } = analysed(
    views(
      "latent V : gaussian(2) from X",
      "compress I(X; Z)",
      "compress TC(Z) by density-ratio",
      "separate Z, W weight 1 by chain",
      "keep I(L; Z, W)",
      "keep I(V; Z) by infonce",
      "keep I(X; V) by infonce",
    ),
  );
  const names = (variables: readonly { name: string }[]): string =>
    variables.map(({ name }) => name).join(", ");
  const told = derived.terms.map(({ role }) => {
    switch (role.kind) {
      case "payment":
        return `${names(role.codes)} pays for ${names(role.about)}, not for ${role.unpaid.join(", ")}`;
      case "decoding":
        return `${names(role.streams)} from ${names(role.read)}`;
      case "link":
        return `${names(role.first)} with ${names(role.second)}`;
      case "functional":
        return `${role.functional} of ${names(role.of)}`;
    }
  });
  assert.deepEqual(told, [
    "Z pays for X, not for Y",
    "TC of Z",
    "Z with W",
    "L from Z, W",
    "V with Z",
    "X with V",
  ]);
});
