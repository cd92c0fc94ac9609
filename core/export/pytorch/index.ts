/** The derived loss as one file of PyTorch. */
import type { DerivedLoss } from "../../theory/loss";
import { buildObjective } from "../../theory/objective";
import { scalarText } from "../../theory/scalar";
import { lossText } from "../unicode";
import { BoundFunctions } from "./bounds";
import { className, HELPERS } from "./globals";
import { classLines } from "./module";
import { filled, Names } from "./names";
import { wrapStatements } from "./wrap";

export interface PytorchOptions {
  /** Only the loss: `forward(codes, streams, knobs)`, for a training loop that has encoders of its own. */
  lossOnly: boolean;
}

const MLP = `def mlp(*widths):
    """Linear layers of these widths, with ReLU between them."""
    layers = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        layers += [nn.Linear(fan_in, fan_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
`;

const CHECKED = `def checked(streams, name, *shapes):
    """A stream of the batch; its samples have one of these shapes, axes of length 1 aside."""
    x = streams[name]
    sizes = [size for size in x.shape[1:] if size != 1]
    if sizes not in [[size for size in shape if size != 1] for shape in shapes]:
        texts = ["[" + ", ".join(["N", *map(str, shape)]) + "]" for shape in shapes]
        raise ValueError(f"stream {name} has the shape {list(x.shape)}; it must be {' or '.join(texts)}")
    return x
`;

const ONE_HOT = `def one_hot(labels, classes, there=None):
    """Class numbers [N] as rows [N, classes], of what is there; rows are left as they are."""
    if labels.shape[1:].numel() == classes:
        return labels.reshape(-1, classes)
    labels = labels.long().reshape(-1)
    labels = labels if there is None else labels.masked_fill(~there, 0)
    return nn.functional.one_hot(labels, classes).to(torch.get_default_dtype())
`;

const COUNTED = `def counted(words, vocabulary):
    """How often each word stands in rows of word numbers [N, L]; \`vocabulary\`, or less than 0, is none."""
    words = words.long()
    words = words.masked_fill(words < 0, vocabulary)
    counts = torch.zeros(len(words), vocabulary + 1, device=words.device)
    return counts.scatter_add_(1, words, counts.new_ones(words.shape))[:, :vocabulary]
`;

const POLAR = `def polar(x):
    """The nearest matrix with orthonormal rows or columns."""
    u, _, vh = torch.linalg.svd(x, full_matrices=False)
    return u @ vh
`;

/**
 * One readable Python file that needs torch alone. Its parameters bear the program's names and its values are the
 * program's: in nats, summed over dimensions, averaged over the batch.
 * @throws Error when the derivation found an error
 */
export function exportPytorch(derived: DerivedLoss, { lossOnly }: PytorchOptions): string {
  const modules = derived.spec.networks.flatMap(({ network }) =>
    network.name === "torch" ? [network.module] : [],
  );
  const taken = [...HELPERS, ...modules.map((module) => module.split(".")[0]!)];
  const functions = new BoundFunctions(new Names(taken));
  const name = className(derived.spec.name, lossOnly ? "Loss" : "");
  const lines = classLines(name, { derived, objective: buildObjective(derived), functions, lossOnly });
  const body = wrapStatements([...functions.definitions, `${lines.join("\n")}\n`].join("\n\n"));
  const uses = (word: string): boolean => body.includes(word);
  return [
    header(derived),
    `${uses("math.") ? "import math\n\n" : ""}import torch\nfrom torch import nn\n`,
    ...imports(modules.filter((module) => uses(`${module}(`))),
    ...(uses("checked(") ? [CHECKED] : []),
    ...(uses("mlp(") ? [MLP] : []),
    ...(uses("one_hot(") ? [ONE_HOT] : []),
    ...(uses("counted(") ? [COUNTED] : []),
    ...(uses("polar(") ? [POLAR] : []),
    body,
  ].join("\n\n");
}

/** The packages of modules of the user's own. */
function imports(modules: readonly string[]): string[] {
  if (modules.length === 0) return [];
  const packages = new Set(modules.map((module) => module.slice(0, module.lastIndexOf("."))));
  return [
    [
      "# Your own: Module(inputs, outputs) takes rows [N, inputs], or the words of a text by number [N, length] (then",
      "# `inputs` is the size of the vocabulary, and that number stands for no word), and gives rows [N, outputs].",
      ...[...packages].sort().map((name) => `import ${name}`),
      "",
    ].join("\n"),
  ];
}

function header(derived: DerivedLoss): string {
  const { name, title } = derived.spec;
  const widest = Math.max(...derived.terms.map(({ term }) => term.id.length));
  const rows = derived.terms.map(({ term, bound, effectiveWeight }) => {
    const side = bound.side === "upper" || bound.side === "lower" ? `${bound.side} bound` : bound.side;
    return `    ${scalarText(effectiveWeight).padEnd(12)} ${term.id.padEnd(widest)} by ${bound.id}, ${side}`;
  });
  return [
    `"""${title === undefined ? name : `${name}: ${title}`}`,
    "",
    ...filled(lossText(derived)).map((line, i) => `${i === 0 ? "    " : "        "}${line}`),
    "",
    "Weight, term and bound:",
    "",
    ...rows,
    "",
    "Values are in nats, summed over dimensions and averaged over the batch; beta weighs what is kept.",
    "Written by Bottleneck from a spec: change the spec and export again.",
    '"""',
    "",
  ].join("\n");
}
