/** Errors that a person makes, to be planted in the file of each bound. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Bound } from "../../core/theory/bound";
import type { buildObjective } from "../../core/theory/objective/objective";
import type { Fault } from "./fault";
import { betweenFaults } from "./faults-between";
import { givenFaults, lawFaults } from "./faults-laws";
import { entropyFaults, paidFaults, togetherFaults } from "./faults-paid";

const sign = (from: string, to: string): Fault => ({ kind: "a wrong sign", edits: { [from]: to } });
const factor = (from: string, to: string): Fault => ({ kind: "a factor of 2", edits: { [from]: to } });
const meanForSum = (from: string, to: string): Fault => ({ kind: "a mean for a sum", edits: { [from]: to } });
const other = (from: string, to: string, file?: string): Fault => ({
  kind: "other",
  edits: { [from]: to },
  ...(file === undefined ? {} : { file }),
});

/** A bound between codes sums over nothing that could be averaged: there a sum stands for a mean. */
const sumForMean: Fault = { kind: "a sum for a mean", edits: { " mean,": " sum as mean," } };
const missingLogN: Fault = { kind: "a missing log N", edits: { "logMeanExp,": "logSumExp as logMeanExp," } };
const temperature = [
  other("div(scores, heat)", "mul(scores, heat as Expr)", "between.ts"),
  other("exp(bounded(", "(bounded(", "temperature.ts"),
];
const unsquashed = other("? sigmoid(output)", "? output", "likelihood.ts");

/** Faults of each bound. */
export const faults: Record<string, Fault[]> = {
  ...betweenFaults,
  ...paidFaults,
  ...entropyFaults,
  kl: [
    meanForSum("sum(density.divergence", "mean(density.divergence"),
    sign("sub(ofOwn, logSumExp", "add(ofOwn, logSumExp"),
    sign("sub(ofOwn, density", "add(ofOwn, density"),
    factor("sub(ofOwn, logSumExp", "sub(mul(2, ofOwn), logSumExp"),
    other("density.divergence(own, prior)", "density.divergence(own)"),
    other("add(priorLogWeights, density.logDensity(apart, prior!))", "density.logDensity(apart, prior!)"),
    ...lawFaults,
  ],
  conditional: [
    meanForSum("mean(sum(", "mean(mean("),
    other('fromArguments(density, args, "given")', "undefined"),
    ...givenFaults,
  ],
  gaussian: [
    sign("mul(-0.5,", "mul(0.5,"),
    sign("exp(neg(spread))", "exp(spread)"),
    factor("mul(-0.5,", "mul(-1,"),
    factor("2 * Math.log(choice)", "Math.log(choice)"),
    meanForSum("mean(sum(", "mean(mean("),
    other("Math.log(2 * Math.PI)", "0"),
    other("mul(dimensions, add(spread", "(add(spread"),
    unsquashed,
  ],
  bernoulli: [
    sign("sub(mul(target", "add(mul(target"),
    factor("softplus(logits))", "mul(2, softplus(logits)))"),
    meanForSum("mean(sum(", "mean(mean("),
    other("softplus(logits)", "sigmoid(logits)"),
  ],
  laplace: [
    sign("sub(neg(mean(", "sub((mean("),
    sign("dimensions * Math.LN2", "-dimensions * Math.LN2"),
    factor("dimensions * Math.LN2", "2 * dimensions * Math.LN2"),
    meanForSum("mean(sum(", "mean(mean("),
    other("dimensions * Math.LN2", "Math.LN2"),
    unsquashed,
  ],
  categorical: [
    sign("sub(logits, ", "add(logits, "),
    factor("mul(target, sub(", "mul(mul(2, target), sub("),
    meanForSum("sum(mul(target", "mean(mul(target"),
    sumForMean,
    other("div(shares, binary", "mul(shares, binary"),
    other(", weightsOf(shares))", ", sum(shares))"),
    other("mul(weight, slice", "add(weight, slice"),
  ],
  poisson: [
    sign("exp(logRate)), logFactorial", "exp(logRate)), neg(logFactorial)"),
    sign("mul(target, logRate), exp", "mul(neg(target), logRate), exp"),
    factor("mul(target, logRate)", "mul(mul(2, target), logRate)"),
    meanForSum("mean(sum(", "mean(mean("),
    other("add(target, 1)", "add(target, 2)"),
  ],
  infonce: [
    sign("sub(diagonal(scores), ", "add(diagonal(scores), "),
    factor("mul(0.5, ", "mul(1, "),
    sumForMean,
    missingLogN,
    other("contrast(scores, 0)", "contrast(scores, 1)"),
    other("return contrast(scores, 1)", "return contrast(scores, 0)"),
    ...togetherFaults,
    ...temperature,
  ],
  mine: [
    sign("sub(mean(joint), ", "add(mean(joint), "),
    factor("sub(mean(joint), ", "sub(mul(2, mean(joint)), "),
    sumForMean,
    missingLogN,
    other("gather(rows, order)", "rows"),
    temperature[0]!,
  ],
};

const folder = fileURLToPath(new URL("../../core/theory/bounds/", import.meta.url));

/** The text of a bound's file. */
export const sourceOf = (id: string): string => readFileSync(join(folder, `${id}.ts`), "utf8");

/** Names that a fault may need and the file may not import. */
const HELPERS = ["add", "mul", "neg", "sigmoid", "mean", "sum"];

/**
 * The bound as its file would be with the fault; without one, as it is. The file itself stays as it is.
 * @throws AssertionError when a text that the fault replaces no longer stands in the file
 */
export async function boundWith(id: string, fault?: Fault): Promise<Bound> {
  const module = (await moduleWith(`${id}.ts`, fault)) as Record<string, Bound>;
  return Object.values(module).find((each) => each.id === id)!;
}

/** How objectives are built with the fault in a file of the laws. */
export async function objectivesWith(fault: Fault): Promise<typeof buildObjective> {
  const module = (await moduleWith("../objective/objective.ts", fault)) as {
    buildObjective: typeof buildObjective;
  };
  return module.buildObjective;
}

async function moduleWith(entry: string, fault: Fault | undefined): Promise<unknown> {
  const file = join(folder, entry);
  const faulty = fault?.file === undefined ? file : join(folder, fault.file);
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "fault",
        setup(builder) {
          if (fault === undefined) return;
          builder.onLoad({ filter: /theory.(bounds|laws|fusions|derivation).[\w-]+\.ts$/ }, ({ path }) =>
            path === faulty
              ? { contents: mutated(readFileSync(path, "utf8"), fault, path), loader: "ts" }
              : undefined,
          );
        },
      },
    ],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString("base64")}`);
}

function mutated(source: string, { edits }: Fault, path: string): string {
  let text = source;
  for (const [from, to] of Object.entries(edits)) {
    assert.ok(text.includes(from), `${path} no longer holds \`${from}\`: mend the fault that replaces it`);
    text = text.replaceAll(from, to);
  }
  const imported = /import \{([^}]*)\} from "[./]*program\/expression"/.exec(text)![1]!;
  const known = imported.split(",").map((part) => part.trim().split(" ").at(-1));
  const missing = HELPERS.filter((name) => !known.includes(name));
  return `${text}\nimport { ${missing.join(", ")} } from "../../program/expression";\n`;
}
