/**
 * Weights far from where training should be: log-variances and temperatures stay within their range, and a coordinate that
 * is constant correlates with nothing, in the preview and in the exported file alike.
 */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { askExport, exported } from "./exported";
import { arraysOf, assertAgree, compute, prepare, type Numbers, type Prepared } from "./harness";
import { declared } from "./words";

const BATCH = 11;

/** Changes weights in place. */
type Change = (weights: Record<string, Float32Array>) => void;

interface Case {
  spec: string;
  change: Change;
  /** A parameter that must still get a gradient. */
  moves: string;
}

const gaussian = `${declared.X}
  latent Z : gaussian(3) from X
  prior Z = learned
  compress I(X; Z)
  keep I(X; Z) by gaussian(learned)`;
const codes = (by: string): string => `${declared.X}
  ${declared.Y}
  latent Zx : deterministic(3) from X
  latent Zy : deterministic(2) from Y
  keep I(Zx; Zy) by ${by}`;

/** The last bias of X's encoder: means, then log-variances. */
const LAST = "encoder.Z.4.bias";
const constantCoordinate: Change = (weights) => {
  const last = Object.keys(weights)
    .filter((name) => /^encoder\.Zx\.\d+\.weight$/.test(name))
    .sort()
    .at(-1)!;
  weights[last]!.fill(0, 0, weights[last]!.length / 3);
};

const cases: Record<string, Case> = {
  "an encoder that says it knows all": {
    spec: gaussian,
    change: (weights) => weights[LAST]!.fill(-1e6, 3),
    moves: LAST,
  },
  "an encoder that says it knows nothing": {
    spec: gaussian,
    change: (weights) => weights[LAST]!.fill(1e6, 3),
    moves: LAST,
  },
  "a prior as narrow as can be": {
    spec: gaussian,
    change: (weights) => weights["prior.Z.logVariance"]!.fill(-1e6),
    moves: "prior.Z.logVariance",
  },
  "a likelihood as narrow as can be": {
    spec: gaussian,
    change: (weights) => weights["likelihood.X.logVariance"]!.fill(-1e6),
    moves: "likelihood.X.logVariance",
  },
  "a temperature near 0": {
    spec: `${declared.X}\n${declared.Y}
      latent Zx : gaussian(3) from X
      latent Zy : gaussian(3) from Y
      keep I(Zx; Zy) by infonce(critic = cosine, temperature = learned)`,
    change: (weights) => weights["critic.Zx-Zy.logTemperature"]!.fill(-500),
    moves: "critic.Zx-Zy.logTemperature",
  },
  "a constant coordinate, cca": {
    spec: codes("cca"),
    change: constantCoordinate,
    moves: "encoder.Zy.0.weight",
  },
  "a constant coordinate, canonical": {
    spec: codes("canonical"),
    change: constantCoordinate,
    moves: "encoder.Zy.0.weight",
  },
};

function prepared({ spec, change }: Case): Prepared {
  const made = prepare(`spec S {\n${spec}\n}`, BATCH);
  change(
    Object.fromEntries(
      Object.entries(made.parameters).map(([name, { data }]) => [name, data as Float32Array]),
    ),
  );
  return made;
}

const finite = ({ loss, terms, gradients }: Numbers): boolean =>
  [
    loss,
    ...Object.values(terms),
    ...Object.values(gradients).flatMap((values) => [...Array.from(values)]),
  ].every(Number.isFinite);

const held = Object.entries(cases).map(([id, each]) => ({ id, moves: each.moves, made: prepared(each) }));

let answers: Awaited<ReturnType<typeof askExport>>;
before(async () => {
  answers = await askExport({
    cases: held.map(({ id, made }) => ({ id, precision: "float64", ...exported(made.derived, made) })),
  });
});

for (const { id, moves, made } of held)
  test(id, async () => {
    const found = await compute(createReferenceExecutor(), made.program, arraysOf(made));
    assert.ok(finite(found), `loss ${found.loss}`);
    const moved = Math.max(...Array.from(found.gradients[moves]!).map(Math.abs));
    assert.ok(moved > 0, `${moves} is not drawn back`);
    assertAgree(answers.numbers(id).whole, found, 1e-9);
  });
