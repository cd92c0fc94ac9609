/** Which values are means over rows, each of which is a function of its own row: a mean over parts of a batch is then theirs. */
import type { Expr, Shape } from "../../program/expression";
import { children, topological } from "../../program/traverse";

/**
 * What an expression is of the rows of the batch: the same whichever they are; rows, each a function of its own; the sum or
 * the mean over such rows; the number of rows; or mixed, anything else.
 */
type Kind = "same" | "rows" | "sum" | "mean" | "count" | "mixed";

/** Whether a value of a batch is not the mean of its values of equal parts of that batch. */
export function comparesRows(value: Expr): boolean {
  const kinds = new Map<Expr, Kind>();
  const of = (e: Expr): Kind => kinds.get(e)!;
  for (const e of [...topological([value]), value]) kinds.set(e, kindOf(e, of));
  return of(value) !== "mean" && of(value) !== "same";
}

const isBatch = (dim: Shape[number]): boolean => typeof dim === "string";

/** Of a shape that has rows in its first axis alone, rows; without rows, the same; else mixed. */
function shaped({ shape }: Expr): Kind {
  if (!shape.some(isBatch)) return "same";
  return shape[0] === "N" && !shape.slice(1).some(isBatch) ? "rows" : "mixed";
}

function kindOf(e: Expr, of: (child: Expr) => Kind): Kind {
  const parts = children(e).map(of);
  if (parts.includes("mixed")) return "mixed";
  const alone = parts.every((kind) => kind === "same");
  switch (e.op) {
    case "batch":
      return e.of === "N" ? "count" : "mixed";
    case "input":
      return e.is.kind === "permutation" || e.is.kind === "rows" ? "mixed" : shaped(e);
    case "binary":
      return binaryKind(e, of);
    case "unary":
      return e.f === "neg" || alone || parts[0] === "rows" ? parts[0]! : "mixed";
    case "reduce":
      return reduceKind(e, of(e.x));
    case "matmul":
      return alone ? "same" : !e.transposeA && of(e.a) === "rows" && of(e.b) === "same" ? "rows" : "mixed";
    case "gather":
      return alone ? "same" : of(e.source) === "same" ? shaped(e) : "mixed";
    case "concat":
    case "slice":
    case "pad":
      return new Set(parts).size === 1 && (parts[0] !== "rows" || e.axis > 0) ? parts[0]! : "mixed";
    case "transpose":
      return alone || (parts[0] === "rows" && e.shape.length > 2) ? parts[0]! : "mixed";
    case "stop":
      return parts[0]!;
    case "expand":
    case "reshape":
    case "network":
    case "foreign":
    case "unfold":
    case "fold":
      return alone || parts.every((kind) => kind === "rows" || kind === "same") ? shaped(e) : "mixed";
    default:
      return alone ? shaped(e) : "mixed";
  }
}

function binaryKind(e: Extract<Expr, { op: "binary" }>, of: (child: Expr) => Kind): Kind {
  const [a, b] = [of(e.a), of(e.b)];
  const kinds = new Set([a, b]);
  if (a === "sum" && b === "count" && e.f === "div") return "mean";
  if (kinds.has("count")) return "mixed";
  if (kinds.has("rows")) {
    const aligned = [e.a, e.b].every(
      (part) => of(part) === "same" || (of(part) === "rows" && part.shape.length === e.shape.length),
    );
    return aligned ? shaped(e) : "mixed";
  }
  if (kinds.size === 1 && a === "same") return "same";
  if (e.f === "add" || e.f === "sub")
    return kinds.size === 1 ? a : kinds.has("mean") && kinds.has("same") ? "mean" : "mixed";
  // A weight beside a sum or a mean.
  const weighted = b === "same" ? a : a === "same" && e.f === "mul" ? b : "mixed";
  return e.f === "mul" || e.f === "div" ? weighted : "mixed";
}

function reduceKind({ f, axis }: Extract<Expr, { op: "reduce" }>, x: Kind): Kind {
  if (x === "same") return "same";
  if (x === "rows") return axis > 0 ? "rows" : f === "sum" ? "sum" : "mixed";
  return f === "sum" && (x === "sum" || x === "mean") ? x : "mixed";
}
