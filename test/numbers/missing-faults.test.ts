/** Errors in what is done about absent streams, planted in a copy of core: the comparison with PyTorch must fail. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Program } from "../../core/program/program";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { BATCH, prepareCase } from "./case";
import { askExport, exported } from "./exported";
import { arraysOf, askCases, assertAgree, compute, disagreements, numbersOf, type Answer } from "./harness";
import { missingCases } from "./missing";
import { coreWith, type Planted } from "./planted";

const MUL = 'import { mul } from "../../program/expression";\n';

const faults: Planted[] = [
  {
    what: "an expert that does not drop out",
    file: "theory/laws/there.ts",
    from: "there ? mul(there, value) : value",
    to: "value",
  },
  {
    what: "a product of no experts",
    file: "theory/fusions/poe.ts",
    from: "none ?? 0",
    to: "0",
  },
  {
    what: "the mean over all, whatever is there",
    file: "theory/laws/there.ts",
    from: "none ? add(count, none) : count",
    to: "parts.length",
  },
  {
    what: "a sample of an absent component",
    file: "theory/laws/there.ts",
    from: "each ? mul(BEYOND, sub(each, 1))",
    to: "each ? mul(0, sub(each, 1))",
  },
  {
    what: "the mean over all rows instead of a term's own",
    file: "theory/objective/part.ts",
    from: "{ ...shaped, of: dim } : shaped",
    to: "shaped : shaped",
  },
  {
    what: "columns that say the contrary",
    file: "theory/model/network-model.ts",
    from: 'const present = (name: string): Expr => input({ kind: "present", of: name }, ["N", 1]);',
    to: 'const present = (name: string): Expr => sub(1, input({ kind: "present", of: name }, ["N", 1]));',
  },
  {
    what: "columns that are 0 everywhere",
    file: "theory/model/network-model.ts",
    from: 'const present = (name: string): Expr => input({ kind: "present", of: name }, ["N", 1]);',
    to: 'const present = (name: string): Expr => mul(0, input({ kind: "present", of: name }, ["N", 1]));',
  },
  {
    what: "zeros without columns that say so",
    file: "theory/model/encoders.ts",
    from: "...inputs.map(there).filter((column) => column !== undefined),",
    to: "...inputs.map(there).flatMap((column) => (column === undefined ? [] : [mul(0, column)])),",
    before: MUL,
  },
  {
    what: "a code of codes that reads what is absent",
    file: "theory/model/encoders.ts",
    from: "const isCode = latentOf(this.shared.spec, input) !== undefined;",
    to: "const isCode = false;",
  },
  {
    what: "a fused code only where all is there",
    file: "theory/missing/presence.ts",
    from: "[] : [any(inputs)]",
    to: "[] : [all(inputs)]",
  },
  {
    what: "a part of a code where any of it is there",
    file: "theory/missing/presence.ts",
    from: "return all([...inputs, ...given]);",
    to: "return all([any(inputs), ...given]);",
  },
  {
    what: "a likelihood of what is absent",
    file: "theory/model/recorder.ts",
    from: "this.note({ name });",
    to: "",
  },
  {
    what: "a decoder of a code that is absent",
    file: "theory/model/recorder.ts",
    from: "this.note(...read);",
    to: "",
  },
];

/** From a spec's text to the program of its gradients, by core as it is or with a fault. */
type Compile = (text: string) => Program;

const compilerWith = async (fault?: Planted): Promise<Compile> =>
  (
    await coreWith<{ compile: Compile }>(
      `import { analyse } from "./theory/analyse";
      import { buildObjective } from "./theory/objective/objective";
      import { compileGradients } from "./program/compile";
      export const compile = (text) =>
        compileGradients(buildObjective(analyse(text).specs[0].derived), { batch: ${BATCH} });`,
      fault,
    )
  ).compile;

/** A few cases that have all there is to mistake. */
const cases = missingCases
  .filter(({ id }) =>
    [
      "one network on both",
      "experts",
      "the mean of two",
      "one network on codes, critics of fused codes",
      "a mixture of products of experts",
      "every subset, and some drawn",
      "infonce, dot",
    ].includes(id),
  )
  .map((each) => ({ ...each, prepared: prepareCase(each) }));

const answers = new Map<string, Answer>();
before(async () => {
  for (const [id, answer] of await askCases(cases)) answers.set(id, answer);
});

/** A planted fault must move some number by this much: ten times what any executor may err. */
const CLEAR = 1e-3;

test("no fault: a copy of core agrees", async () => {
  const compile = await compilerWith();
  for (const { id, spec, prepared } of cases) {
    const program = compile(`spec S {\n${spec}\n}`);
    const found = await compute(createReferenceExecutor(), program, arraysOf(prepared));
    assertAgree(found, numbersOf(answers.get(id)!), 1e-9);
  }
});

for (const fault of faults)
  test(fault.what, async () => {
    const compile = await compilerWith(fault);
    for (const { id, spec, prepared } of cases) {
      let found;
      try {
        const program = compile(`spec S {\n${spec}\n}`);
        found = await compute(createReferenceExecutor(), program, arraysOf(prepared));
      } catch {
        // It reads rows that nothing provides: it is told at once.
        return;
      }
      if (disagreements(found, numbersOf(answers.get(id)!), CLEAR).length > 0) return;
    }
    assert.fail("no case tells this fault");
  });

/** A text of an exported file, wherever it stands, with their replacements. */
const exportFaults: { what: string; from: RegExp; to: string }[] = [
  {
    what: "a stream that is not zero where it is absent",
    from: /(\w+) = \1\.masked_fill\(~present.*\)/g,
    to: "$1 = $1",
  },
  { what: "absent rows counted in a mean", from: /\[has_\w+\]/g, to: "" },
  { what: "a mean over other rows than a term's own", from: / & /g, to: " | " },
  { what: "columns that are 0 everywhere", from: /(\.to\(\w+\.dtype\)\[:, None\])/g, to: "$1 * 0" },
];

test("faults planted in the exported file", async () => {
  const planted = exportFaults.flatMap((fault) =>
    cases.flatMap(({ id, prepared }) => {
      const files = exported(prepared.derived, prepared) as { source: string };
      const source = files.source.replace(fault.from, fault.to);
      const asked = { id: `${fault.what}, ${id}`, precision: "float64", ...files, source };
      return source === files.source ? [] : [{ fault, id, asked }];
    }),
  );
  const found = await askExport({ cases: planted.map(({ asked }) => asked) });
  for (const { what } of exportFaults) {
    const told = planted.filter(({ fault }) => fault.what === what);
    assert.ok(told.length > 0, `no file has what stands for ${what}: fix the fault`);
    const isCaught = ({ id, asked }: (typeof told)[number]): boolean => {
      try {
        const { whole } = found.numbers(asked.id);
        return disagreements(whole, numbersOf(answers.get(id)!), CLEAR).length > 0;
      } catch (error) {
        // Where nothing is there already; a file that does not run tells nothing.
        if (!String(error).includes("AssertionError")) throw error;
        return true;
      }
    };
    assert.ok(told.some(isCaught), `no case tells ${what}`);
  }
});
