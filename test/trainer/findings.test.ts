import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../core/theory/analyse";
import { findingRules, findingsOf, startRules, stepRules } from "../../core/train/findings/index";
import { observed } from "../../core/train/findings/observe";
import type { Example, Observed, Rule } from "../../core/train/findings/rule";
import type { Change } from "../../core/theory/change";
import { changeEdit } from "../../core/theory/change-edit";
import { evaluate } from "../../core/theory/terms/scalar";

/** Changes of a number; transforms are what findings of the data propose. */
type Valued = Exclude<Change, { kind: "transform" | "missing" }>;

/** A loss of three codes that keeps this, besides what is decoded. */
const derivedOf = (keep: string): Pick<Observed, "terms" | "spec"> =>
  analyse(`spec S {
    modality X : vector(4)
    latent A : gaussian(2) from X
    latent B : gaussian(2) from X
    latent C : categorical(3) from X
    ${keep}
    keep I(X; A, B, C)
  }`).specs[0]!.derived!;

/** What a training that is well shows, changed as said. */
function codes(changed: Partial<Observed> = {}): string[] {
  const measured = { terms: {}, total: 0, rates: {} };
  return findingsOf({
    now: measured,
    first: measured,
    rates: { Z: 0.6 },
    terms: [],
    spec: derivedOf("").spec,
    weights: {},
    batch: 64,
    steps: { asked: 128, rows: 128 },
    samples: { train: 8000, validation: 1000 },
    knobs: {},
    progress: 0.5,
    levels: {},
    training: { steps: 20, means: {}, deviations: {} },
    carried: {},
    leaks: [],
    temperatures: {},
    earlier: [],
    ...changed,
  }).map(({ code, about }) => (about === undefined ? code : `${code} ${about}`));
}

test("a batch larger than the training rows is said, and nothing of one that fits", () => {
  assert.deepEqual(codes(), []);
  assert.deepEqual(codes({ steps: { asked: 5000, rows: 240 } }), ["short-batch"]);
});

test("a code at its prior is a finding from near a fifth of the training on", () => {
  const rates = { Z: 0.003 };
  assert.deepEqual(codes({ rates, progress: 0.17 }), []);
  assert.deepEqual(codes({ rates, progress: 0.18 }), ["collapsed-code Z"]);
});

test("a code that may only not have begun is no finding in the first half, unless its rate still falls", () => {
  const at = (rate: number, progress: number, before = rate) =>
    codes({
      rates: { Z: rate },
      progress,
      earlier: [{ progress: progress - 0.1, total: 0, terms: {}, rates: { Z: before }, leaks: [] }],
    });
  assert.deepEqual(at(0.03, 0.49), []);
  assert.deepEqual(at(0.03, 0.5), ["collapsed-code Z"]);
  assert.deepEqual(at(0.03, 0.5, 0.01), [], "it rises");
  assert.deepEqual(at(0.03, 1, 0.01), ["collapsed-code Z"], "nothing comes after the end");
  assert.deepEqual(at(0.01, 0.2), []);
  assert.deepEqual(at(0.01, 0.2, 0.02), ["collapsed-code Z"]);
  assert.deepEqual(at(0.02, 0.2, 0.04), ["collapsed-code Z"], "it falls in inverse proportion to the steps");
  assert.deepEqual(at(0.02, 0.2, 0.03), [], "it falls more slowly");
  assert.deepEqual(at(0.03, 0.2, 0.06), [], "it still carries something");
});

test("a reconstruction is held against what links codes, which an entropy does not", () => {
  const told = (keep: string): string[] => {
    const { terms, spec } = derivedOf(keep);
    const [first, decoded] = terms.map(({ term }) => term.id);
    const measured = (a: number, b: number): Observed["now"] => ({
      terms: { [first!]: a, [decoded!]: b },
      total: 0,
      rates: {},
    });
    const weights = { [first!]: -1, [decoded!]: -1 };
    const found = codes({ terms, spec, weights, first: measured(0, -100), now: measured(0.5, 0) });
    return found.map((code) => code.replace(decoded!, "decoded"));
  };
  assert.deepEqual(told("keep I(A; B) by nwj"), ["outweighs decoded"]);
  assert.deepEqual(told("keep TC(A, B) by infonce(critic = product)"), ["outweighs decoded"]);
  assert.deepEqual(told("keep H(C)"), []);
});

/** A rule as it is with its examples. */
function well<Looked, Shown extends { spec: string }>(
  rule: Rule<Looked, Shown>,
  look: (shown: Shown) => Looked,
): void {
  foundWhereItIs(rule, look);

  test(`${rule.code} has a fix that its spec takes, which does what it says`, () => {
    const fix = rule.find(look(rule.example))[0]?.fix as Valued | undefined;
    assert.ok(fix);
    assert.equal(readIn(changed(rule.example.spec, fix), fix), fix.value);
  });
}

function foundWhereItIs<Looked, Shown extends { spec: string }>(
  rule: Rule<Looked, Shown>,
  look: (shown: Shown) => Looked,
): void {
  test(`${rule.code} is found in its example and not in the like one without it`, () => {
    const found = rule.find(look(rule.example));
    assert.equal(found.length, 1);
    for (const { message } of found)
      assert.match(message, /^[A-Z`].*\d.*\.$/, "it says its number, in a sentence");
    assert.deepEqual(rule.find(look(rule.healthy)), []);
    for (const said of [rule.seen, rule.why, rule.change]) assert.match(said, /^[A-Z`].{20,}\.$/s);
    assert.match(rule.code, /^[a-z-]+$/);
  });
}

/** The text after a change, which has no error. */
function changed(text: string, change: Change): string {
  const { edit, source } = changeEdit(analyse(text), undefined, change)!;
  assert.equal(source.text, text);
  const after = text.slice(0, edit.range.start) + edit.text + text.slice(edit.range.end);
  const errors = analyse(after).diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors, [], after);
  return after;
}

/** What a text says of what a change sets. */
function readIn(text: string, change: Change): unknown {
  const { training, data, knobs, terms } = analyse(text).specs[0]!.spec!;
  switch (change.kind) {
    case "knob":
      return knobs.find(({ name }) => name === change.name)?.value;
    case "weight":
      return evaluate(terms.find(({ id }) => id === change.term)!.weight, {});
    case "setting":
      if (change.name === "optimizer") return training.optimizer.rate;
      return change.name === "batch" ? training.batch : data?.options[change.name];
  }
}

/** What no change of a setting in the text takes away. */
const unfixed = ["few-samples", "still-improving"];
for (const rule of findingRules)
  if (unfixed.includes(rule.code)) foundWhereItIs(rule, observed);
  else well(rule, observed);
for (const rule of stepRules) well(rule, (step) => step);
for (const rule of startRules) foundWhereItIs(rule, (beginning) => beginning);

test("a training that ends too early is found from the looks there are, however short it is", () => {
  const { find, example } = findingRules.find(({ code }) => code === "still-improving")!;
  const [look] = example.earlier!;
  const at = (shown: Partial<Example>, ...looks: [progress: number, total: number][]): number =>
    find(
      observed({
        ...example,
        terms: { "keep I(X; Z)": [-20, -10] },
        total: 10,
        earlier: looks.map(([progress, total]) => ({ ...look!, progress, total })),
        ...shown,
      }),
    ).length;
  // Looks at 44 and 60 of 60 steps.
  assert.equal(at({}, [0.73, 12]), 1);
  assert.equal(at({}, [0.73, 10.8]), 0);
  assert.equal(at({}, [0.5, 13.2]), 1, "the last half has 32 % of the gain, and its second part 13 %");
  assert.equal(at({}, [0.5, 12.5]), 0);
  assert.equal(at({}, [0.2, 18]), 0, "that look is too far from its end");
  assert.equal(at({}), 0);
  // Looks since a knob was turned: what fresh weights would lose at it is known from their terms.
  assert.equal(at({}, [0.6, 14], [0.75, 12], [0.9, 10.5]), 1);
  assert.equal(at({}, [0.6, 10.6], [0.75, 10.4], [0.9, 10.1]), 0);
  assert.equal(at({ deviations: { "keep I(X; Z)": 1 } }, [0.73, 12]), 1);
  assert.equal(at({ deviations: { "keep I(X; Z)": 2 } }, [0.73, 12]), 0, "batches differ by as much");
  assert.equal(at({ total: 9 }, [0.73, 12]), 0, "with a multiplier that moves, a lower loss is no gain");
  assert.equal(at({}, [0.7, 9.9], [0.75, 12]), 0, "it was lower before");
});

test("a batch is to be raised only where it is what limits an estimate", () => {
  const { find, example } = findingRules.find(({ code }) => code === "near-ceiling")!;
  const advice = (steps: Observed["steps"]): string => find(observed({ ...example, steps }))[0]!.message;
  assert.match(advice({ asked: 64, rows: 64 }), /Raise batch to see it\.$/);
  assert.match(advice({ asked: 256, rows: 256 }), /There are only 64 validation samples; give more of them/);
  assert.match(advice({ asked: 256, rows: 64 }), /There are only 64 training samples; give more of them/);
});

test("a code with a conditional prior is said to carry nothing beyond what that reads", () => {
  const { find, example } = findingRules.find(({ code }) => code === "collapsed-code")!;
  const spec = example.spec.replace("from X\n", "from X prior Z = from Y\n  modality Y : vector(2)\n");
  assert.match(find(observed({ ...example, spec }))[0]!.message, /0\.03 nats beyond Y\./);
});

test("a code that its own rate does not show to have collapsed is found by the term that pays for it", () => {
  const { find, example } = findingRules.find(({ code }) => code === "collapsed-code")!;
  const spec = example.spec
    .replace("compress I(X; Z)", "compress I(X; Z | Y) by conditional")
    .replace("keep I(X; Z)", "keep I(X; Z | Y)")
    .replace("  latent", "  modality Y : vector(2)\n  latent");
  const state = (now: number) =>
    observed({ spec, rates: { Z: 2.2 }, terms: { "compress I(X; Z | Y)": [1, now] } });
  assert.match(find(state(0))[0]!.message, /^Z has collapsed: it carries 0\.00 nats beyond Y\./);
  assert.deepEqual(find(state(0.5)), []);
});

const ruleOf = (code: string) => findingRules.find((rule) => rule.code === code)!;
const fixOf = (code: string, example: Example): Valued | undefined =>
  ruleOf(code).find(observed(example))[0]?.fix as Valued | undefined;

test("the finding goes with its fix, where all else stays as it was", () => {
  const short = ruleOf("short-batch").example;
  const batch = fixOf("short-batch", short)!.value;
  assert.equal(batch, 32);
  const { rows } = short.steps!;
  assert.deepEqual(
    ruleOf("short-batch").find(observed({ ...short, steps: { asked: batch, rows: batch } })),
    [],
  );
  assert.ok(rows / batch >= 4, "an epoch is some steps");

  const near = ruleOf("near-ceiling").example;
  const larger = fixOf("near-ceiling", near)!.value;
  assert.equal(larger, 256);
  const raised = { ...near, batch: larger, steps: { asked: larger, rows: larger } };
  assert.deepEqual(ruleOf("near-ceiling").find(observed(raised)), []);

  const heavy = ruleOf("outweighs").example;
  const fix = fixOf("outweighs", heavy)!;
  assert.deepEqual(fix, { kind: "weight", term: "keep I(X; Zx)", value: 0.005 });
  const spec = changed(heavy.spec, fix);
  assert.match(spec, /\n {2}keep 0\.005 \* I\(X; Zx\)\n/);
  assert.deepEqual(ruleOf("outweighs").find(observed({ ...heavy, spec })), []);
});

test("a batch is raised as far as there are rows, and validation only where a generator makes more", () => {
  const near = ruleOf("near-ceiling").example;
  const fixed = (samples: Observed["samples"]) => fixOf("near-ceiling", { ...near, samples });
  assert.equal(fixed({ train: 8000, validation: 100 })?.value, 100);
  assert.equal(fixed({ train: 8000, validation: 64 }), undefined);
  const few = { ...near, steps: { asked: 256, rows: 256 } };
  assert.equal(fixOf("near-ceiling", few), undefined);
  const from = (data: string) => ({
    ...few,
    spec: few.spec.replace("spec S {", `spec S {\n  data ${data}`).replaceAll("vector(4)", "vector(64)"),
  });
  assert.equal(fixOf("near-ceiling", from('"views.npz"')), undefined);
  for (const [data, written] of [
    ['"planted-factors"', 'data "planted-factors" { validation = 256 }'],
    ['"planted-factors" { }', 'data "planted-factors" {  validation = 256 }'],
    ['"planted-factors" { seed = 2 }', 'data "planted-factors" { seed = 2, validation = 256 }'],
    [
      '"planted-factors" { validation = 64, seed = 2 }',
      'data "planted-factors" { validation = 256, seed = 2 }',
    ],
  ] as const) {
    const example = from(data);
    const after = changed(example.spec, fixOf("near-ceiling", example)!);
    assert.ok(after.includes(written), after);
  }
});

test("beta is raised within its range, and not where a schedule moves it or nothing kept has it", () => {
  const { example } = ruleOf("collapsed-code");
  const fixed = (knob: string) =>
    fixOf("collapsed-code", { ...example, spec: example.spec.replace("knob beta = 1", knob) });
  assert.deepEqual(fixed("knob beta = 1"), { kind: "knob", name: "beta", value: 4 });
  assert.equal(fixed("knob beta = 1 in 0.1 .. 3")?.value, 3);
  assert.equal(fixed("knob beta = 3 in 0.1 .. 3"), undefined);
  assert.equal(fixed("knob beta = 1 in 0.1 .. 9\n  anneal beta from 0.1 over 2 epochs"), undefined);
  assert.equal(fixed(""), undefined);
});

test("a weight that is a knob is lowered as a knob, within its range; one of more is left alone", () => {
  const { example } = ruleOf("outweighs");
  const fixed = (weight: string, knobs: string) =>
    fixOf("outweighs", {
      ...example,
      spec: example.spec
        .replace("keep I(X; Zx)", `keep ${weight} * I(X; Zx)`)
        .replace("knob beta = 8", `knob beta = 8\n${knobs}`),
    });
  const knob = "knob w = 0.5 in 0.001 .. 1 log";
  assert.deepEqual(fixed("w", knob), { kind: "knob", name: "w", value: 0.005 });
  assert.equal(fixed("w", "knob w = 0.5 in 0.1 .. 1 log")?.value, 0.1);
  assert.equal(fixed("2 * w", knob), undefined);
});

test("what is inherited or stands for several terms has no place for a change", () => {
  const none = (text: string, change: Change) =>
    assert.equal(changeEdit(analyse(text), undefined, change), undefined);
  none("spec A extends DVSIB {\n}\n", { kind: "weight", term: "keep I(Zx; Zy)", value: 2 });
  none("spec A extends DVSIB {\n}\n", { kind: "knob", name: "beta", value: 2 });
  const each = `spec S {
    modality X : vector(4)
    modality Y : vector(4)
    latent Z : gaussian(2) from X, Y by concat
    compress I(X, Y; Z)
    each V in X, Y: keep I(V; Z)
  }`;
  none(each, { kind: "weight", term: "keep I(X; Z)", value: 2 });
  assert.match(
    changed(each, { kind: "setting", name: "batch", value: 64 }),
    /keep I\(V; Z\)\n {2}train \{ batch = 64 \}/,
  );
});

const TCVAE = `spec S {
  modality X : vector(6)
  latent Z : gaussian(4) from X
  compress I(X; Z) by mws(samples = 1600)
  compress 6 * TC(Z) by mws(samples = 1600)
  compress gap(Z, each) by mws(samples = 1600)
  keep I(X; Z)
}
`;

test("an estimate that cannot be right is found on either side; of `mws`, as something to know of its value", () => {
  const { find } = ruleOf("impossible-value");
  const state = (information: number, total: number, gap: number) =>
    find(
      observed({
        spec: TCVAE,
        rates: { Z: 1.5 },
        terms: {
          "compress I(X; Z)": [0, information],
          "compress TC(Z)": [20, total],
          "compress gap(Z, each)": [0, gap],
        },
      }),
    );
  assert.deepEqual(state(1.4, 0.4, 0.1), []);
  const seen = state(8.8, -3, -29);
  assert.deepEqual(
    seen.map(({ message }) => /^(.*?) reads.*?, and (.*?)\./.exec(message)?.slice(1)),
    [
      ["I(X; Z)", "Z carries at most 1"],
      ["TC(Z)", "a divergence is never below 0"],
      ["gap(Z, each)", "a divergence is never below 0"],
    ],
  );
  assert.ok(seen.every(({ severity, fix }) => severity === "information" && fix === undefined));
  assert.ok(seen.every(({ message }) => message.includes("log 1600")));
});

test("what training rows have gained was memorised: no divergence, and not nothing", () => {
  const { example } = ruleOf("less-than-nothing");
  const terms = { "keep I(L; Z)": [-1.4, -20] } as const;
  const seen = findingsOf(observed({ ...example, terms, training: { "keep I(L; Z)": [-0.2, 0.1] } }));
  assert.deepEqual(
    seen.map(({ code }) => code),
    ["less-than-nothing"],
  );
  const both = findingsOf(observed({ ...example, terms, training: { "keep I(L; Z)": [-18, 0.1] } }));
  assert.deepEqual(
    both.map(({ code }) => code),
    ["diverged"],
  );
});

test("a value of a single batch has no interval", () => {
  const { example, find } = ruleOf("kept-nothing");
  const message = (shown: Example) => find(observed(shown))[0]!.message;
  assert.match(message({ ...example, deviations: { "keep I(L; Z)": 0.02 } }), /reads 0\.01 ± 0\.02 nats/);
  assert.match(message({ ...example, training: { "keep I(L; Z)": [-1.37, 0] } }), /reads 0\.01 nats/);
});

test("what the views share may move into the shared code at first: a private code leaks early only by more, beside one that stands", () => {
  const { example, find } = ruleOf("leaking-code");
  const [leak] = example.leaks!;
  const at = (progress: number, r2: number, sharedR2: number, before: number) =>
    find(
      observed({
        ...example,
        progress,
        leaks: [{ ...leak!, r2, sharedR2 }],
        earlier: [{ progress: 0, total: 0, terms: {}, rates: {}, leaks: [{ ...leak!, sharedR2: before }] }],
      }),
    ).length;
  assert.equal(at(0.17, 0.3, 0.1, 0.1), 0);
  assert.equal(at(0.2, 0.3, 0.1, 0.1), 1);
  assert.equal(at(0.2, 0.3, 0.1, 0.05), 0, "the shared code catches up");
  assert.equal(at(0.2, 0.3, 0.25, 0.25), 0);
  assert.equal(at(0.5, 0.3, 0.29, 0.2), 1);
  assert.equal(at(0.5, 0.3, 0.35, 0.2), 0);
  assert.equal(at(1, 0.3, 0.35, 0.2), 1);
});

test("all of the information between a stream and a noiseless code of it is at its ceiling, and no batch shows it", () => {
  const { find } = ruleOf("near-ceiling");
  const near = (law: string) =>
    find(
      observed({
        spec: `spec S {
  modality X : vector(4)
  latent Z : ${law} from X
  keep I(X; Z) by infonce
}
`,
        terms: { "keep I(X; Z)": [0, 4] },
        batch: 64,
        steps: { asked: 64, rows: 64 },
      }),
    ).length;
  assert.equal(near("deterministic(2)"), 0);
  assert.equal(near("gaussian(2)"), 1);
});
