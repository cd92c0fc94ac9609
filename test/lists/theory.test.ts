/** What the lists of the theory demand of each entry: hand-written PyTorch, planted errors, an oracle of its proof. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { bounds } from "../../core/theory/bounds/index";
import { critics } from "../../core/theory/critics/index";
import { fusions } from "../../core/theory/fusions/index";
import { laws } from "../../core/theory/laws/index";
import { networks } from "../../core/theory/networks/index";
import { priors } from "../../core/theory/priors/index";
import type { Spec } from "../../core/theory/spec";
import { boundCases } from "../numbers/bounds";
import { prepareCase } from "../numbers/case";
import { codeCases } from "../numbers/codes";
import { faults } from "../numbers/faults";
import { networkCases } from "../numbers/networks";

const root = join(import.meta.dirname, "..", "..");

const derived = [...boundCases, ...codeCases, ...networkCases].map((one) => prepareCase(one).derived);
const specs: readonly Spec[] = derived.map(({ spec }) => spec);
const texts = [...boundCases, ...codeCases, ...networkCases].map(({ spec }) => spec).join("\n");

/** Bounds that a case holds to hand-written PyTorch, and those whose proof an oracle holds. */
const compared = new Set(derived.flatMap(({ terms }) => terms.map(({ bound }) => bound.id)));
const oracles = new Set(
  readdirSync(join(root, "test/oracles"))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(root, "test/oracles", name), "utf8"))
    .flatMap((text) => [...text.matchAll(/\boracle\(\s*\[([^\]]*)\]/g)])
    .flatMap(([, list]) => [...list!.matchAll(/"([^"]+)"/g)].map(([, id]) => id!)),
);

/** What a bound of this name lacks, each with the file to write. */
function lacking(id: string): string[] {
  const lacks: string[] = [];
  if (!compared.has(id))
    lacks.push(
      `\`${id}\` is compared with no PyTorch: write it by hand in test/reference/bounds.py, and a case of it in test/numbers/bounds.ts`,
    );
  if ((faults[id] ?? []).length < 3)
    lacks.push(
      `\`${id}\` has too few planted errors to show that its comparison can fail: write them in test/numbers/faults.ts`,
    );
  if (!oracles.has(id))
    lacks.push(
      `no oracle holds the proof of \`${id}\`: write one in test/oracles/proofs.test.ts, as oracle(["${id}"], …)`,
    );
  return lacks;
}

for (const { id } of bounds)
  test(`the bound \`${id}\` has its reference, its planted errors and an oracle of its proof`, () =>
    assert.deepEqual(lacking(id), []));

test("a bound without any of them is told each file to write", () => {
  const told = lacking("new-bound").join("\n");
  for (const file of ["test/reference/bounds.py", "test/numbers/faults.ts", "test/oracles/proofs.test.ts"])
    assert.ok(told.includes(file), file);
});

test("oracles and planted errors are of bounds that are there", () => {
  const ids = new Set(bounds.map(({ id }) => id));
  for (const id of [...oracles, ...Object.keys(faults)]) assert.ok(ids.has(id), id);
});

const lists: Record<string, { names: readonly string[]; used: (name: string) => boolean; file: string }> = {
  law: {
    names: laws.map(({ name }) => name),
    used: (name) => specs.some(({ latents }) => latents.some(({ law }) => law.name === name)),
    file: "test/numbers/laws.ts, and its density in test/reference/laws.py",
  },
  fusion: {
    names: fusions.map(({ name }) => name),
    used: (name) => specs.some(({ latents }) => latents.some(({ fusion }) => fusion.name === name)),
    file: "test/numbers/codes.ts, and its reading in test/reference/composed.py",
  },
  prior: {
    names: priors.map(({ name }) => name),
    used: (name) => specs.some(({ latents }) => latents.some(({ prior }) => prior.name === name)),
    file: "test/numbers/codes.ts, and its reading in test/reference/composed.py",
  },
  network: {
    names: networks.map(({ name }) => name),
    used: (name) => new RegExp(`\\b${name}\\b`).test(texts),
    file: "test/numbers/networks.ts, and its layers in test/reference/networks.py",
  },
  critic: {
    names: critics.map(({ name }) => name),
    used: (name) => new RegExp(`critic = ${name}\\b`).test(texts),
    file: "test/numbers/between.ts, and its scores in test/reference/critics.py",
  },
};

for (const [kind, { names, used, file }] of Object.entries(lists))
  test(`every ${kind} is compared with hand-written PyTorch`, () => {
    for (const name of names)
      assert.ok(used(name), `the ${kind} \`${name}\` is compared with no PyTorch: write a case in ${file}`);
    assert.ok(!used("new-one"));
  });

test("a ceiling in words has its number, and a number its words", () => {
  const differ = bounds.filter(({ ceiling, most }) => (ceiling === undefined) !== (most === undefined));
  assert.deepEqual(
    differ.map(({ id }) => id),
    [],
  );
});
