/** Structural identity: equal expressions become one, so nothing is computed twice. */
import type { Expr } from "./expression";
import { children } from "./traverse";

/** Gives the first expression seen with the same operation, shape and (interned) children. Labels are not compared. */
export class Interner {
  private readonly known = new Map<string, Expr>();
  private readonly ids = new Map<Expr, number>();

  /** @param e its children must have been interned */
  intern(e: Expr): Expr {
    if (this.ids.has(e)) return e;
    const key = `${own(e)} [${e.shape.join()}] ${children(e)
      .map((child) => this.ids.get(child))
      .join()}`;
    const same = this.known.get(key);
    if (same !== undefined) return same;
    this.known.set(key, e);
    this.ids.set(e, this.ids.size);
    return e;
  }
}

/** What tells an expression from another of the same shape and children. */
function own(e: Expr): string {
  switch (e.op) {
    case "constant":
      return `constant ${e.value}`;
    case "batch":
      return `batch ${e.of}`;
    case "input":
    case "parameter":
    case "knob":
      return `${e.op} ${e.name}`;
    case "unary":
    case "binary":
    case "triangular":
      return e.f;
    case "matmul":
      return `matmul ${e.transposeA} ${e.transposeB}`;
    case "reduce":
      return `${e.f} over ${e.axis}`;
    case "concat":
      return `concat ${e.axis}`;
    case "unfold":
    case "fold":
      return `${e.op} ${JSON.stringify(e.window)}`;
    case "slice":
    case "pad":
      return `${e.op} ${e.axis} ${e.start}`;
    case "foreign":
      return `foreign ${e.network}`;
    case "foreignGradient":
      return `foreignGradient ${e.trained.join()} ${e.ofInput}`;
    default:
      return e.op;
  }
}
