/** Two processes with half of a batch each have the loss and the gradient of one with all of it, for every bound. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { before, test } from "node:test";
import { projectTexts } from "../../core/export/project/generated";
import { exportPytorch } from "../../core/export/pytorch/index";
import { knobValues } from "../../core/theory/terms/scalar";
import { askPython } from "../reference/driver";
import { boundCases } from "./bounds";
import { codeCases } from "./codes";
import { exported } from "./exported";
import { prepare } from "./harness";
import { missingCases } from "./missing";
import { paper } from "./paper";

const missing = missingCases.map((each) => ({ ...each, id: `${each.id}, missing` }));
const frozen = codeCases.filter(({ spec }) => / frozen$/m.test(spec));
const cases = [...paper, ...boundCases, ...missing, ...frozen];
/** Those that have to fail where no process is given the rows of the other. */
const planted = ["infonce", "cca", "vicreg", "nwj", "siglip", "mmd"].map((bound) =>
  cases.find(({ id }) => id === bound || id.startsWith(`${bound},`))!,
);
/** Rows of both processes together; no width of any case. */
const BATCH = 22;
const TOLERANCE = 1e-8;

type Apart =
  | { id: string; loss: number; terms: Record<string, number>; gradients: Record<string, number> }
  | { id: string; error: string };

let answers: Map<string, Apart>;
before(async () => {
  const request = {
    parallel: projectTexts["project/parallel.py"],
    cases: [...cases, ...planted].map(({ id, spec }, i) => {
      const prepared = prepare(`spec S {\n${spec}\n}`, BATCH);
      const { derived } = prepared;
      return {
        ...exported(derived, prepared),
        id: i < cases.length ? id : `${id}, alone`,
        alone: i >= cases.length,
        precision: "float64",
        source: exportPytorch(derived, { lossOnly: false, project: true }),
        knobs: knobValues(derived.spec.knobs),
      };
    }),
  };
  const script = fileURLToPath(new URL("check_ranks.py", import.meta.url));
  const { cases: found } = (await askPython(script, request)) as { cases: Apart[] };
  answers = new Map(found.map((answer) => [answer.id, answer]));
});

for (const { id } of cases)
  test(`two processes: ${id}`, () => {
    const answer = answers.get(id)!;
    if ("error" in answer) assert.fail(answer.error);
    assert.ok(answer.loss < TOLERANCE, `the loss is ${answer.loss} apart`);
    for (const [name, apart] of Object.entries({ ...answer.terms, ...answer.gradients }))
      assert.ok(apart < TOLERANCE, `${name} is ${apart} apart`);
  });

for (const { id } of planted)
  test(`a process that has only its own rows is found out: ${id}`, () => {
    const answer = answers.get(`${id}, alone`)!;
    if ("error" in answer) assert.fail(answer.error);
    const apart = Object.values({ ...answer.terms, ...answer.gradients });
    assert.ok(Math.max(...apart) > 1e-3, JSON.stringify(answer));
  });
