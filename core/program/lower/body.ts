/** The instructions of a fused map: an elementwise expression with its registers. */
import type { Expr } from "../expression";
import type { Instruction } from "../program";
import { children } from "../traverse";

interface Body {
  instructions: Instruction[];
  result: number;
  registers: number;
}

/**
 * Instructions that compute `root` from values already in registers. Registers of inputs are never written; others are
 * used again as soon as their value is dead.
 * @param inputs register of each expression that the map reads
 * @param count how many registers the inputs take
 */
export function mapBody(root: Expr, inputs: Map<Expr, number>, count: number): Body {
  const order = evaluationOrder(root, inputs);
  const left = new Map<Expr, number>();
  for (const e of order) for (const child of children(e)) left.set(child, (left.get(child) ?? 0) + 1);

  const place = new Map(inputs);
  const free: number[] = [];
  let registers = count;
  const instructions: Instruction[] = [];
  for (const e of order) {
    const operands = children(e).map((child) => place.get(child)!);
    for (const child of children(e)) {
      const uses = left.get(child)! - 1;
      left.set(child, uses);
      if (uses === 0 && !inputs.has(child)) free.push(place.get(child)!);
    }
    free.sort((a, b) => b - a);
    const out = free.pop() ?? registers++;
    place.set(e, out);
    instructions.push(instruction(e, operands, out));
  }
  return { instructions, result: place.get(root)!, registers };
}

function instruction(e: Expr, [a, b]: number[], out: number): Instruction {
  if (e.op === "unary") return { f: e.f, a: a!, out };
  if (e.op === "binary") return { f: e.f, a: a!, b: b!, out };
  if (e.op === "constant") return { f: "constant", value: e.value, out };
  throw new Error(`${e.op} is not elementwise`);
}

/** Children before parents, the larger child first: it needs more registers while fewer are held. */
function evaluationOrder(root: Expr, inputs: Map<Expr, number>): Expr[] {
  const weights = new Map<Expr, number>();
  const weigh = (e: Expr): number => {
    if (inputs.has(e)) return 0;
    const known = weights.get(e);
    if (known !== undefined) return known;
    const weight = children(e).reduce((sum, child) => sum + weigh(child), 1);
    weights.set(e, weight);
    return weight;
  };
  const order: Expr[] = [];
  const seen = new Set<Expr>();
  const visit = (e: Expr): void => {
    if (inputs.has(e) || seen.has(e)) return;
    seen.add(e);
    for (const child of children(e).sort((a, b) => weigh(b) - weigh(a))) visit(child);
    order.push(e);
  };
  visit(root);
  return order;
}
