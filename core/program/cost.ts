/** What a run of a program takes, counted from its operations: trained numbers, multiply-adds of products, memory. */
import { operandsOf } from "./operands";
import { builtIn, sizeOf, type BufferId, type BufferSpec, type BuiltIn, type Program } from "./program";

/** A network (`encoder.Zx`, `critic.Zx-Zy`), a term (`term.ID`), or `terms`: products that several terms share. */
export interface PartCost {
  part: string;
  parameters: number;
  multiplyAdds: number;
  /** Of its weights and their moments. */
  bytes: number;
}

export interface ProgramCost {
  /** In the order in which a run meets them. */
  parts: PartCost[];
  /** Numbers in all its weights. */
  parameters: number;
  /** Of one run. */
  multiplyAdds: number;
  /** Of everything a run holds at once: weights, moments, batch, outputs, scratch. */
  bytes: number;
}

const BYTES = 4;

/**
 * Counts the multiply-adds of products of matrices, convolutions among them: m n k each. Elementwise work, sums and the inverse
 * of a covariance are not counted. A product that reads a weight, or is the gradient of one, belongs to that weight's network.
 * @throws Error where the program runs a module of the user's own, which has no operations to count
 */
export function costOf(program: Program): ProgramCost {
  const operations = builtIn(program);
  const { buffers, scratch } = program;
  const parts = new Map<string, PartCost>();
  const partOf = (part: string): PartCost => {
    const known = parts.get(part) ?? { part, parameters: 0, multiplyAdds: 0, bytes: 0 };
    parts.set(part, known);
    return known;
  };
  for (const { role, name, shape } of buffers) {
    const weight = weightOf(role, name);
    if (weight === undefined) continue;
    const part = partOf(networkOf(weight));
    part.bytes += BYTES * sizeOf(shape);
    if (role === "parameter") part.parameters += sizeOf(shape);
  }
  const owner = owners(program, operations);
  operations.forEach((operation, at) => {
    if (operation.kind === "matmul")
      partOf(owner(operation, at)).multiplyAdds += operation.m * operation.n * operation.k;
  });
  const all = [...parts.values()];
  const total = (of: (part: PartCost) => number): number => all.reduce((sum, one) => sum + of(one), 0);
  const held = buffers.filter(({ role }) => role !== "temporary");
  return {
    parts: all,
    parameters: total(({ parameters }) => parameters),
    multiplyAdds: total(({ multiplyAdds }) => multiplyAdds),
    bytes: BYTES * (scratch + held.reduce((sum, { shape }) => sum + sizeOf(shape), 0)),
  };
}

/** The weight that a buffer has, or has a moment of. */
const weightOf = (role: BufferSpec["role"], name: string | undefined): string | undefined =>
  role === "parameter" ? name : role === "state" ? /^adam\.[mv]\.(.+)$/.exec(name ?? "")?.[1] : undefined;

/** `encoder.Zx` of `encoder.Zx.0.weight`. */
const networkOf = (parameter: string): string => parameter.split(".").slice(0, 2).join(".");

type Product = Extract<BuiltIn, { kind: "matmul" }>;

/** Finds the part that a product belongs to. */
function owners(
  { buffers }: Program,
  operations: readonly BuiltIn[],
): (product: Product, at: number) => string {
  const writers = new Map<BufferId, number[]>();
  operations.forEach((operation, at) => {
    // An update is for the next run: nothing of this one is made from it.
    if (operation.kind !== "adam") for (const id of operandsOf(operation).writes) push(writers, id, at);
  });
  const gradientOf = gradients(buffers, operations, writers);
  const made = (id: BufferId): ReadonlySet<number> => ancestors([id], operations, writers);

  /** The network whose weight this is, as it is or in another order. */
  const weightIn = (id: BufferId): string | undefined => {
    if (buffers[id]!.role === "parameter") return networkOf(buffers[id]!.name!);
    const [only, ...others] = (writers.get(id) ?? []).map((at) => operations[at]!);
    return only?.kind === "copy" && others.length === 0 ? weightIn(only.input) : undefined;
  };
  const ofNetwork = ({ a, b, out }: Product): string | undefined =>
    gradientOf.get(out) ?? weightIn(b) ?? weightIn(a);

  const termsAt = new Map<number, string[]>();
  for (const { id, role, name } of buffers)
    if (role === "output" && name!.startsWith("term.")) for (const at of made(id)) push(termsAt, at, name!);
  const isOfTerms = (at: number): boolean => {
    const operation = operations[at]!;
    return operation.kind === "matmul" && ofNetwork(operation) === undefined;
  };
  return (product, at) => {
    const network = ofNetwork(product);
    if (network !== undefined) return network;
    // Forward it is part of a term's value; backward it follows from products that are.
    const forward = termsAt.get(at);
    const terms = new Set(
      forward ?? [...made(product.out)].filter(isOfTerms).flatMap((one) => termsAt.get(one) ?? []),
    );
    return terms.size === 1 ? [...terms][0]! : "terms";
  };
}

/** The buffers that become, added up or in another order, the gradient of a weight, by its network. */
function gradients(
  buffers: Program["buffers"],
  operations: readonly BuiltIn[],
  writers: ReadonlyMap<BufferId, number[]>,
): Map<BufferId, string> {
  const found = new Map<BufferId, string>();
  const follow = (id: BufferId, network: string, size: number): void => {
    // Of another size it is what a gradient is computed from.
    if (found.has(id) || sizeOf(buffers[id]!.shape) !== size) return;
    found.set(id, network);
    for (const at of writers.get(id) ?? []) {
      const operation = operations[at]!;
      if (operation.kind !== "copy" && operation.kind !== "map") continue;
      for (const read of operandsOf(operation).reads) follow(read, network, size);
    }
  };
  for (const operation of operations)
    if (operation.kind === "adam")
      follow(operation.gradient, networkOf(buffers[operation.parameter]!.name!), operation.size);
  return found;
}

/** The operations that these buffers are made by, directly or not. */
function ancestors(
  from: readonly BufferId[],
  operations: readonly BuiltIn[],
  writers: ReadonlyMap<BufferId, number[]>,
): Set<number> {
  const seen = new Set<number>();
  const left = [...from];
  for (let id = left.pop(); id !== undefined; id = left.pop())
    for (const at of writers.get(id) ?? []) {
      if (seen.has(at)) continue;
      seen.add(at);
      left.push(...operandsOf(operations[at]!).reads);
    }
  return seen;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
