/** The learned parts as a tree of torch modules, whose state has the program's names: `encoder.Zx.0.weight`. */
import type { Expr, Initial, Layer, NetworkShape, Shape } from "../../program/expression";
import { positionsOf, type Window } from "../../program/program";
import { topological } from "../../program/traverse";
import { pythonNumber, pythonString, wrapped } from "./names";
import type { Packages } from "./packages";

interface Node {
  children: Map<string, Node>;
  network?: NetworkShape;
}

interface Parameter {
  name: string;
  shape: Shape;
  initial: Initial;
}

/** How Python reaches a learned part: `self.encoder["Zx"]`, `self.prior["Z"].mean`. */
export function modulePath(name: string): string {
  const [first, ...rest] = name.split(".");
  return `self.${first}${rest.map((part) => `[${pythonString(part)}]`).join("")}`;
}

export function parameterPath(name: string): string {
  const cut = name.lastIndexOf(".");
  return `${modulePath(name.slice(0, cut))}.${name.slice(cut + 1)}`;
}

/**
 * What a set of expressions learns: its networks and its single parameters, in the order of their first use.
 * @param given expressions whose values are handed over: what only these learn is left out
 */
export function learnedBy(
  roots: Iterable<Expr>,
  given: Iterable<Expr> = [],
): { networks: NetworkShape[]; parameters: Parameter[] } {
  const networks = new Map<string, NetworkShape>();
  const parameters = new Map<string, Parameter>();
  for (const e of topological(roots, new Set(given))) {
    if (e.op === "network") networks.set(e.network.name, e.network);
    else if (e.op === "parameter")
      parameters.set(e.name, { name: e.name, shape: e.shape, initial: e.initial });
  }
  return { networks: [...networks.values()], parameters: [...parameters.values()] };
}

/**
 * Lines of a constructor that makes these parts.
 * @param given groups (`decoder`) whose members the caller may replace by an argument of that name
 * @param packages of networks of the user's own
 */
export function constructorLines(
  networks: readonly NetworkShape[],
  parameters: readonly Parameter[],
  given: readonly string[],
  packages: Packages,
): string[] {
  const root: Node = { children: new Map() };
  const nodeAt = (path: string[]): Node =>
    path.reduce((node, part) => {
      const child = node.children.get(part) ?? { children: new Map<string, Node>() };
      node.children.set(part, child);
      return child;
    }, root);
  for (const network of networks) nodeAt(network.name.split(".")).network = network;
  for (const { name } of parameters) nodeAt(name.split(".").slice(0, -1));

  const lines: string[] = [];
  for (const [group, node] of root.children) {
    lines.push(...wrapped(`self.${group} = ${dictionaryOf(node)}({`, membersOf(node, packages), "})"));
    if (given.includes(group)) lines.push(`self.${group}.update(${group} or {})`);
  }
  for (const { name, shape, initial } of parameters) {
    const cut = name.lastIndexOf(".");
    const own = pythonString(name.slice(cut + 1));
    lines.push(
      `${modulePath(name.slice(0, cut))}.register_parameter(${own}, nn.Parameter(${start(shape, initial)}))`,
    );
  }
  return lines;
}

const membersOf = (node: Node, packages: Packages): string[] =>
  [...node.children].map(([name, child]) => `${pythonString(name)}: ${moduleText(child, packages)}`);

/** What holds modules by name: torch's own, unless that has another use for one of the names. */
const dictionaryOf = ({ children }: Node): string =>
  [...children.keys()].some((name) => name.startsWith("_") || TORCH_NAMES.has(name))
    ? "Named"
    : "nn.ModuleDict";

function moduleText(node: Node, packages: Packages): string {
  if (node.network === undefined) {
    const members = membersOf(node, packages).join(", ");
    return `${dictionaryOf(node)}(${members === "" ? "" : `{${members}}`})`;
  }
  const { module, layers, output } = node.network;
  return module === undefined
    ? networkText(layers)
    : `${packages.reach(module.name)}(${module.input}, ${output})`;
}

/** What `nn.ModuleDict` has by these names, in torch 1.13 and in any 2 so far: it takes no module under them. */
const TORCH_NAMES: ReadonlySet<string> = new Set(
  (
    "T_destination add_module apply bfloat16 buffers call_super_init children clear compile cpu cuda double dump_patches " +
    "eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu items keys " +
    "load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters pop " +
    "register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook " +
    "register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module " +
    "register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state " +
    "set_submodule share_memory state_dict to to_empty train training type update values xpu zero_grad"
  ).split(" "),
);

/** The layers as one module whose state has their numbers. */
function networkText(layers: readonly Layer[]): string {
  const linear = layers.filter((layer) => layer.kind === "linear");
  const plain = layers.every(({ kind }, i) => kind === (i % 2 === 0 ? "linear" : "activation"));
  if (plain) return `mlp(${[linear[0]!.input, ...linear.map(({ output }) => output)].join(", ")})`;
  return `nn.Sequential(${layers.map(layerText).join(", ")})`;
}

function layerText(layer: Layer): string {
  switch (layer.kind) {
    case "linear":
      return `nn.Linear(${layer.input}, ${layer.output})`;
    case "activation":
      return activations[layer.f];
    case "convolution":
      return `nn.Conv2d(${layer.input}, ${layer.output}, ${windowText(layer.window)})`;
    case "transposedConvolution":
      return `nn.ConvTranspose2d(${layer.input}, ${layer.output}, ${windowText(layer.window)}${outputPadding(layer.window)})`;
    case "flatten":
      return "nn.Flatten()";
    case "unflatten":
      return `nn.Unflatten(1, (${[layer.channels, ...layer.picture].join(", ")}))`;
    case "embeddingBag":
      return `nn.EmbeddingBag(${layer.words + 1}, ${layer.size}, mode="mean", padding_idx=${layer.words})`;
  }
}

/** A pair as Python has it: one number where both are the same. */
const pairText = ([a, b]: readonly [number, number]): string => (a === b ? String(a) : `(${a}, ${b})`);

const windowText = ({ kernel, stride, padding }: Window): string =>
  `${pairText(kernel)}, stride=${pairText(stride)}, padding=${pairText(padding)}`;

/** What a picture has beyond the last position of its window. */
function outputPadding(window: Window): string {
  const { picture, kernel, stride, padding } = window;
  const positions = positionsOf(window);
  const beyond = (axis: 0 | 1): number =>
    picture[axis] - ((positions[axis] - 1) * stride[axis] - 2 * padding[axis] + kernel[axis]);
  const rest = [beyond(0), beyond(1)] as const;
  return rest[0] === 0 && rest[1] === 0 ? "" : `, output_padding=${pairText(rest)}`;
}

const activations = {
  relu: "nn.ReLU()",
  sigmoid: "nn.Sigmoid()",
  tanh: "nn.Tanh()",
  softplus: "nn.Softplus()",
} as const;

/** How a parameter starts, as a tensor. */
function start(shape: Shape, initial: Initial): string {
  const size = shape.length === 0 ? "()" : shape.join(", ");
  if (initial.kind === "uniform") {
    const reach = `${initial.fanIn} ** -0.5`;
    return `torch.empty(${size}).uniform_(-(${reach}), ${reach})`;
  }
  if (initial.kind === "own") throw new Error("a module of the user's own makes its parameters itself");
  if (initial.value === 0) return `torch.zeros(${size})`;
  return `${pythonNumber(initial.value)} * torch.ones(${size})`;
}
