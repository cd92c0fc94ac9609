/** Whatever a spec calls its streams, codes, knobs, itself and its packages: the exported file works, under those names. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, describe, test } from "node:test";
import { exportPytorch } from "../../core/export/pytorch/index";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { pythonWithTorch } from "../reference/driver";
import { BATCH } from "./case";
import { askExport, exported } from "./exported";
import { arraysOf, assertAgree, compute, prepare, type Prepared } from "./harness";

/** What Python, or a module of torch, has by some name. */
const taken = JSON.parse(
  execFileSync(pythonWithTorch(), [
    "-c",
    "import builtins, json, keyword; from torch import nn; " +
      "print(json.dumps([*dir(nn.ModuleDict()), *dir(builtins), *keyword.kwlist]))",
  ]).toString(),
) as string[];

/** What an exported file has by some name, or its methods. */
const own =
  "Named checked mlp one_hot counted polar kl gaussian torch nn math streams codes noise knobs n loss terms".split(
    " ",
  );
const foreign = ["Größe", "größe", "变量", "X²", "ñ_1", "constructor", "toString"];
const names = [...new Set([...taken, ...own, ...foreign])];

/** As many names as make one file: half are streams, half codes, one is a knob. */
const TOGETHER = 41;

function specOf(part: readonly string[]): string {
  const [knob, ...rest] = part as [string, ...string[]];
  const pairs = Array.from({ length: Math.floor(rest.length / 2) }, (_, i) => [
    rest[2 * i]!,
    rest[2 * i + 1]!,
  ]);
  const statements = pairs.map(
    ([stream, code]) => `
      modality ${stream} : vector(1)
      latent ${code} : gaussian(1) from ${stream}
      network encoder ${stream} = linear
      network decoder ${stream} = linear
      compress ${knob} * I(${stream}; ${code})
      keep I(${stream}; ${code})`,
  );
  return `spec S {\n knob ${knob} = 2 in 1 .. 3\n${statements.join("\n")}\n}`;
}

/** Every name is once a stream, and once a code. */
const parts = [names, [...names].reverse()].flatMap((all) =>
  Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, i) => {
    const part = all.slice(i * TOGETHER, (i + 1) * TOGETHER);
    return part.length % 2 === 1 ? part : [...part, "another"];
  }),
);

/** Networks of one's own from a package, in a spec of some name. */
const packaged = (name: string, module: string): string => `spec ${name} {
  modality X : vector(6)
  latent Z : gaussian(3) from X
  network encoder X = torch("${module}")
  network decoder X = mlp(4)
  compress I(X; Z)
  keep I(X; Z)
}`;

const files = [
  ...parts.map((part) => ({ id: `${part[0]!} .. ${part.at(-1)!}`, spec: specOf(part) })),
  ...["None", "X²", "Größe", "len", "range", "super", "Named", "kl", "Loss", "_"].map((name) => ({
    id: `a spec named ${name}`,
    spec: packaged(name, "own_networks.Perceptron"),
  })),
  ...["mlp", "nn", "encoder", "kl", "S", "own_S"].map((name) => ({
    id: `a package named ${name}`,
    spec: packaged("S", `${name}.Perceptron`),
  })),
  { id: "a spec named as its package is called", spec: packaged("own_mlp", "mlp.Perceptron") },
  {
    id: "a title that could end a text",
    spec: packaged('S "a \\\\N \\"\\"\\" b"', "own_networks.Perceptron"),
  },
];

describe("names in exported files", () => {
  const held = new Map<string, Prepared>(files.map(({ id, spec }) => [id, prepare(spec, BATCH)]));
  let answers: Awaited<ReturnType<typeof askExport>>;
  before(async () => {
    answers = await askExport({
      cases: files.map(({ id }) => {
        const prepared = held.get(id)!;
        return { id, precision: "float64", ...exported(prepared.derived, prepared) };
      }),
    });
  });
  for (const { id } of files)
    test(id, async () => {
      const prepared = held.get(id)!;
      const expected = await compute(createReferenceExecutor(), prepared.program, arraysOf(prepared));
      const { whole, lossOnly } = answers.numbers(id);
      assertAgree(whole, expected, 1e-9);
      assertAgree(lossOnly, expected, 1e-9);
    });
});

test("names that torch has no use for stand in its own dictionaries", () => {
  const { derived } = prepare(packaged("S", "own_networks.Perceptron"), BATCH);
  const text = exportPytorch(derived, { lossOnly: false });
  assert.match(text, /self\.encoder = nn\.ModuleDict/);
  assert.doesNotMatch(text, /Named/);
});
