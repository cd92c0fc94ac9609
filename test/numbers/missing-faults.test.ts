/** Errors in what is done about absent streams, planted in a copy of core: the comparison with PyTorch must fail. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { before, test } from "node:test";
import { build } from "esbuild";
import type { Program } from "../../core/program/program";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { BATCH, prepareCase } from "./case";
import { arraysOf, askCases, assertAgree, compute, disagreements, numbersOf, type Answer } from "./harness";
import { missingCases } from "./missing";

const core = fileURLToPath(new URL("../../core/", import.meta.url));

/** A text of a file of core/theory with what stands there instead. */
interface Fault {
  what: string;
  file: string;
  from: string;
  to: string;
}

const faults: Fault[] = [
  {
    what: "an expert that does not drop out",
    file: "missing/there.ts",
    from: "there ? mul(there, value) : value",
    to: "value",
  },
  {
    what: "a product of no experts",
    file: "fusions/poe.ts",
    from: "none ?? 0",
    to: "0",
  },
  {
    what: "the mean over all, whatever is there",
    file: "missing/there.ts",
    from: "none ? add(count, none) : count",
    to: "parts.length",
  },
  {
    what: "a sample of an absent component",
    file: "missing/there.ts",
    from: "each ? mul(BEYOND, sub(each, 1))",
    to: "each ? mul(0, sub(each, 1))",
  },
  {
    what: "the mean over all rows instead of a term's own",
    file: "missing/part.ts",
    from: "{ ...shaped, of: dim } : shaped",
    to: "shaped : shaped",
  },
  {
    what: "columns that say the contrary",
    file: "network-model.ts",
    from: 'const present = (name: string): Expr => input(`${PRESENT}${name}`, ["N", 1]);',
    to: 'const present = (name: string): Expr => sub(1, input(`${PRESENT}${name}`, ["N", 1]));',
  },
  {
    what: "a code of codes that reads what is absent",
    file: "encoders.ts",
    from: "const isCode = latentOf(this.shared.spec, input) !== undefined;",
    to: "const isCode = false;",
  },
  {
    what: "a fused code only where all is there",
    file: "missing/presence.ts",
    from: "[] : [any(inputs)]",
    to: "[] : [all(inputs)]",
  },
  {
    what: "a part of a code where any of it is there",
    file: "missing/presence.ts",
    from: "return all([...inputs, ...given]);",
    to: "return all([any(inputs), ...given]);",
  },
  {
    what: "a likelihood of what is absent",
    file: "missing/recorder.ts",
    from: "this.note({ name });",
    to: "",
  },
  {
    what: "a decoder of a code that is absent",
    file: "missing/recorder.ts",
    from: "this.note(...read);",
    to: "",
  },
];

/** From a spec's text to the program of its gradients, by core as it is or with a fault. */
type Compile = (text: string) => Program;

async function compilerWith(fault?: Fault): Promise<Compile> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { analyse } from "./theory/analyse";
        import { buildObjective } from "./theory/objective";
        import { compileGradients } from "./program/compile";
        export const compile = (text) =>
          compileGradients(buildObjective(analyse(text).specs[0].derived), { batch: ${BATCH} });`,
      resolveDir: core,
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "fault",
        setup(builder) {
          if (fault === undefined) return;
          builder.onLoad({ filter: /core.theory.*\.ts$/ }, ({ path }) => {
            if (path !== join(core, "theory", fault.file)) return undefined;
            const text = readFileSync(path, "utf8");
            assert.ok(text.includes(fault.from), `${path} no longer holds \`${fault.from}\`: mend the fault`);
            return { contents: text.replace(fault.from, fault.to), loader: "ts" };
          });
        },
      },
    ],
  });
  const source = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return ((await import(`data:text/javascript;base64,${source}`)) as { compile: Compile }).compile;
}

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
