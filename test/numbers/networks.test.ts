/**
 * Networks on every executor against hand-written PyTorch: loss, terms and gradients. Then an error is planted in a file
 * that they are made from, and the same comparison must fail.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { compileGradients } from "../../core/program/compile";
import type { buildObjective } from "../../core/theory/objective/objective";
import type { createReferenceExecutor } from "../../core/train/executors/reference";
import { BATCH } from "./case";
import { networkFaults, type NetworkFault } from "./faults-networks";
import { arraysOf, compute, disagreements, numbersOf } from "./harness";
import { hold } from "./hold";
import { networkCases } from "./networks";

const { held, answers } = hold("networks", networkCases);

/** Far more than the reference executor errs. */
const CLEAR = 1e-3;

const core = fileURLToPath(new URL("../../core/", import.meta.url));

interface Core {
  compileGradients: typeof compileGradients;
  buildObjective: typeof buildObjective;
  createReferenceExecutor: typeof createReferenceExecutor;
}

/** What carries out a loss, as it would be with the fault; without one, as it is. */
async function coreWith(fault?: NetworkFault): Promise<Core> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { compileGradients } from "./program/compile";
        export { buildObjective } from "./theory/objective/objective";
        export { createReferenceExecutor } from "./train/executors/reference";`,
      resolveDir: core,
    },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "fault",
        setup(builder) {
          if (fault === undefined) return;
          const file = join(core, fault.file);
          builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            if (path !== file) return undefined;
            const source = readFileSync(path, "utf8");
            assert.ok(
              source.includes(fault.from),
              `${path} no longer holds \`${fault.from}\`: mend the fault`,
            );
            return { contents: source.replaceAll(fault.from, fault.to), loader: "ts" };
          });
        },
      },
    ],
  });
  const text = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(`data:text/javascript;base64,${text}`)) as Core;
}

/** What differs in the cases, at most; a case that cannot be computed differs. */
async function differences(made: Core): Promise<string[]> {
  const found: string[] = [];
  for (const { id, prepared } of held) {
    const expected = numbersOf(answers.get(id)!);
    try {
      const objective = made.buildObjective(prepared.derived);
      const program = made.compileGradients(objective, { batch: BATCH });
      const numbers = await compute(made.createReferenceExecutor(), program, arraysOf(prepared));
      found.push(...disagreements(numbers, expected, CLEAR));
    } catch (error) {
      found.push(String(error));
    }
  }
  return found;
}

describe("faults planted in networks", () => {
  test("none: the files as they are agree", async () =>
    assert.deepEqual(await differences(await coreWith()), []));
  for (const fault of networkFaults)
    test(fault.what, async () =>
      assert.ok((await differences(await coreWith(fault))).length > 0, "no case tells this fault"),
    );
});
