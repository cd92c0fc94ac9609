/** Expressions as lines of PyTorch. */
import type { BatchDim, Dim, Expr, Shape } from "../../program/expression";
import { children } from "../../program/traverse";
import { pythonNumber, type Names } from "./names";

/** How tightly a Python text binds: a sum, a product, a negation, or anything tighter. */
const enum Level {
  sum,
  product,
  negation,
  atom,
}

/** A longer argument of a call gets a line of its own. */
const LONGEST_ARGUMENT = 64;

interface Text {
  text: string;
  level: Level;
}

const atom = (text: string): Text => ({ text, level: Level.atom });

const within = ({ text, level }: Text, least: Level): string => (level < least ? `(${text})` : text);

/** What an expression is when it is not computed here: an argument, an input, a network's output. */
type Leaf = (e: Expr, text: (e: Expr) => string) => string | undefined;

/**
 * Writes expressions as assignments: one for each value that has a label or more than one reader.
 * @param leaf gives the text of what comes from elsewhere
 * @param names taken so far; every assignment adds its own
 * @param rows how a number of rows is written
 * @param known variables that hold expressions already
 */
export class PythonWriter {
  readonly lines: string[] = [];
  private readonly written = new Map<Expr, Text>();

  constructor(
    private readonly leaf: Leaf,
    private readonly names: Names,
    private readonly rows: (dim: BatchDim) => string,
    /** A tensor with the type and the device of all the others. */
    private readonly witness: string,
    private readonly known: ReadonlyMap<Expr, string> = new Map(),
  ) {
    for (const [e, name] of known) this.written.set(e, atom(name));
  }

  /** Writes what the roots need, and gives the text of each. */
  write(roots: Expr[]): string[] {
    const readers = new Map<Expr, number>();
    const order = this.below(roots);
    for (const e of order) for (const child of children(e)) readers.set(child, (readers.get(child) ?? 0) + 1);
    for (const e of order) {
      if (this.written.has(e) || isNumber(e)) continue;
      const given = this.leaf(e, (inner) => this.textOf(inner).text);
      const shared = (readers.get(e) ?? 0) > 1 && e.op !== "input" && e.op !== "parameter" && e.op !== "knob";
      // A network is applied once, however many read it.
      if (e.label !== undefined || (shared && (given === undefined || e.op === "network"))) {
        const name = this.names.fresh(e.label ?? wordFor(e));
        this.lines.push(`${name} = ${given ?? this.compute(e).text}`);
        this.written.set(e, atom(name));
      } else if (given !== undefined) this.written.set(e, atom(given));
    }
    return roots.map((root) => this.textOf(root).text);
  }

  /** The text of an expression, as a variable of its own where it is long. */
  short(e: Expr, name: string): string {
    const [text] = this.write([e]);
    if (text!.length <= LONGEST_ARGUMENT) return text!;
    const variable = this.names.fresh(name);
    this.lines.push(`${variable} = ${text!}`);
    this.written.set(e, atom(variable));
    return variable;
  }

  /** What the roots are made of, children first, not looking into what stands in a variable already. */
  private below(roots: Expr[]): Expr[] {
    const order: Expr[] = [];
    const seen = new Set<Expr>(this.known.keys());
    const visit = (e: Expr): void => {
      if (seen.has(e)) return;
      seen.add(e);
      children(e).forEach(visit);
      order.push(e);
    };
    roots.forEach(visit);
    return order;
  }

  private textOf(e: Expr): Text {
    const known = this.written.get(e);
    if (known !== undefined) return known;
    const text = this.compute(e);
    this.written.set(e, text);
    return text;
  }

  private at(e: Expr, least: Level): string {
    return within(this.textOf(e), least);
  }

  /** A text as a variable, unless it is one. */
  private named(text: string, name: string): string {
    if (/^\w+$/.test(text)) return text;
    const variable = this.names.fresh(name);
    this.lines.push(`${variable} = ${text}`);
    return variable;
  }

  /** The text of a tensor: one number that stands for a whole shape is written out where a number would not do. */
  private tensor(e: Expr, least: Level): string {
    if (e.shape.length === 0 || !isNumber(e)) return this.at(e, least);
    const shape = e.shape.map((dim) => this.dim(dim)).join(", ");
    return `torch.full([${shape}], ${this.textOf(e).text}).to(${this.witness})`;
  }

  private compute(e: Expr): Text {
    const rest = remaining(e);
    if (rest !== undefined) return this.textOf(rest);
    const plain = plainNumber(e);
    if (plain !== undefined)
      return plain < 0 ? { text: pythonNumber(plain), level: Level.negation } : atom(pythonNumber(plain));
    const range = rangeOf(e);
    if (range !== undefined)
      return atom(
        `bounded(${this.textOf(range.x).text}, ${pythonNumber(range.low)}, ${pythonNumber(range.high)})`,
      );
    const average = meanOf(e);
    if (average !== undefined) {
      const inner = meanOf(average.x);
      // A mean of means over both axes of a matrix is the mean of it all.
      if (inner !== undefined && average.x.shape.length === 1 && inner.x.shape.length === 2)
        return atom(`${this.at(inner.x, Level.atom)}.mean()`);
      return atom(`${this.at(average.x, Level.atom)}.mean(${axisArgument(average.x, average.axis)})`);
    }
    switch (e.op) {
      case "batch":
        return atom(this.dim(e.of));
      case "unary":
        return this.unary(e);
      case "binary":
        return this.binary(e);
      case "matmul": {
        const flat = (x: Expr, transposed: boolean): string => {
          const text = this.tensor(x, Level.atom);
          return transposed ? `${text}.T` : text;
        };
        return { text: `${flat(e.a, e.transposeA)} @ ${flat(e.b, e.transposeB)}`, level: Level.product };
      }
      case "reduce": {
        if (e.f === "logSumExp")
          return atom(
            `torch.logsumexp(${this.tensor(e.x, Level.sum)}, ${e.axis}${e.keep ? ", keepdim=True" : ""})`,
          );
        const argument = e.keep ? `${e.axis}, keepdim=True` : axisArgument(e.x, e.axis);
        return atom(`${this.tensor(e.x, Level.atom)}.${e.f === "sum" ? "sum" : "amax"}(${argument})`);
      }
      case "concat":
        return atom(
          `torch.cat([${e.parts.map((part) => this.tensor(part, Level.sum)).join(", ")}], ${axisFromEnd(e.shape, e.axis)})`,
        );
      case "slice": {
        const cut = `${e.start}:${e.start + e.length}`;
        const before = e.axis === e.shape.length - 1 ? "..., " : ":, ".repeat(e.axis);
        return atom(`${this.at(e.x, Level.atom)}[${before}${cut}]`);
      }
      case "gather":
        return atom(`${this.at(e.source, Level.atom)}[${this.textOf(e.index).text}]`);
      case "transpose":
        return atom(`${this.at(e.x, Level.atom)}.${e.shape.length === 2 ? "T" : "transpose(-1, -2)"}`);
      case "reshape":
        return atom(`${this.at(e.x, Level.atom)}.reshape(${e.shape.map((dim) => this.dim(dim)).join(", ")})`);
      case "expand":
        return atom(`${this.at(e.x, Level.atom)}.expand(${e.shape.map((dim) => this.dim(dim)).join(", ")})`);
      case "triangular":
        if (e.f === "lower") {
          const x = this.named(this.tensor(e.x, Level.atom), "square");
          return { text: `torch.tril(${x}) - torch.diag(${x}.diagonal()) / 2`, level: Level.sum };
        }
        return atom(`whitener(${this.textOf(e.x).text})`);
      case "polar":
        return atom(`polar(${this.textOf(e.x).text})`);
      case "diagonal":
        return atom(`${this.at(e.x, Level.atom)}.diagonal()`);
      case "identity":
        return atom(`torch.eye(${this.dim(e.shape[0]!)}).to(${this.witness})`);
      case "stop":
        return atom(`${this.at(e.x, Level.atom)}.detach()`);
      default:
        throw new Error(`the export cannot write \`${e.op}\``);
    }
  }

  private dim(dim: Dim): string {
    return typeof dim === "number" ? String(dim) : this.rows(dim);
  }

  private unary(e: Extract<Expr, { op: "unary" }>): Text {
    if (e.f === "neg") return { text: `-${this.at(e.x, Level.product)}`, level: Level.negation };
    const plain = this.textOf(e.x);
    if (isNumber(e.x) && (e.f === "log" || e.f === "exp" || e.f === "sqrt"))
      return atom(`math.${e.f}(${plain.text})`);
    const x = within(plain, Level.atom);
    switch (e.f) {
      case "reciprocal":
        return { text: `1 / ${x}`, level: Level.product };
      case "softplus":
        return atom(`nn.functional.softplus(${plain.text})`);
      case "step":
        return atom(`(${within(plain, Level.product)} > 0).to(${x}.dtype)`);
      case "logGamma":
        return atom(`torch.lgamma(${plain.text})`);
      default:
        return atom(`${x}.${e.f}()`);
    }
  }

  private binary(e: Extract<Expr, { op: "binary" }>): Text {
    switch (e.f) {
      case "add": {
        // a + -b reads as a - b.
        if (e.b.op === "unary" && e.b.f === "neg")
          return { text: `${this.at(e.a, Level.sum)} - ${this.at(e.b.x, Level.product)}`, level: Level.sum };
        return { text: `${this.at(e.a, Level.sum)} + ${this.at(e.b, Level.product)}`, level: Level.sum };
      }
      case "sub":
        return { text: `${this.at(e.a, Level.sum)} - ${this.at(e.b, Level.product)}`, level: Level.sum };
      case "mul":
        return {
          text: `${this.at(e.a, Level.product)} * ${this.at(e.b, Level.negation)}`,
          level: Level.product,
        };
      case "div":
        return { text: `${this.at(e.a, Level.product)} / ${this.at(e.b, Level.atom)}`, level: Level.product };
      case "max":
      case "min": {
        const f = e.f === "max" ? "maximum" : "minimum";
        return isNumber(e.b)
          ? atom(
              `${this.at(e.a, Level.atom)}.clamp(${e.f === "max" ? "min" : "max"}=${this.textOf(e.b).text})`,
            )
          : atom(`torch.${f}(${this.textOf(e.a).text}, ${this.textOf(e.b).text})`);
      }
    }
  }
}

/** Whether Python holds it as a number, not as a tensor. */
function isNumber(e: Expr): boolean {
  if (e.op === "constant" || e.op === "batch") return true;
  if (e.op === "unary") return isNumber(e.x);
  return e.op === "binary" && isNumber(e.a) && isNumber(e.b);
}

/** A sum divided by the length it ran over. */
function meanOf(e: Expr): { x: Expr; axis: number } | undefined {
  if (e.op !== "binary" || e.f !== "div" || e.a.op !== "reduce" || e.a.f !== "sum" || e.a.keep)
    return undefined;
  const length = e.a.x.shape[e.a.axis];
  const same =
    typeof length === "string"
      ? e.b.op === "batch" && e.b.of === length
      : e.b.op === "constant" && e.b.value === length;
  return same ? { x: e.a.x, axis: e.a.axis } : undefined;
}

/** What stays within two numbers, with its own gradient: the parts of `bounded` in core/theory/laws. */
function rangeOf(e: Expr): { x: Expr; low: number; high: number } | undefined {
  if (e.op !== "binary" || e.f !== "add" || e.a.op !== "stop" || e.b.op !== "binary" || e.b.f !== "sub")
    return undefined;
  const [inside, { a: x, b: held }] = [e.a.x, e.b];
  if (inside.op !== "binary" || inside.f !== "min" || inside.a.op !== "binary" || inside.a.f !== "max")
    return undefined;
  const [low, high] = [plainNumber(inside.a.b), plainNumber(inside.b)];
  if (held.op !== "stop" || held.x !== x || inside.a.a !== x || low === undefined || high === undefined)
    return undefined;
  return { x, low, high };
}

const axisArgument = (x: Expr, axis: number): string => (x.shape.length === 1 ? "" : String(axis));
const axisFromEnd = (shape: Shape, axis: number): number => (axis === shape.length - 1 ? -1 : axis);

const WORDS: Readonly<Record<string, string>> = {
  add: "total",
  sum: "total",
  sub: "difference",
  mul: "product",
  matmul: "product",
  div: "ratio",
  neg: "negative",
  gather: "rows",
};

/** A word for a value that several others read. */
function wordFor(e: Expr): string {
  if (e.op === "network") return e.network.name;
  if (e.op === "stop" && e.x.op === "network") return e.x.network.name;
  if (meanOf(e) !== undefined) return "average";
  const f = e.op === "reduce" || e.op === "unary" || e.op === "binary" ? e.f : e.op;
  return WORDS[f] ?? f;
}

/** The number that an expression plainly is: a constant, its negative, or exp 0. */
function plainNumber(e: Expr): number | undefined {
  if (e.op === "constant") return e.value;
  if (e.op !== "unary") return undefined;
  const x = plainNumber(e.x);
  if (x === undefined) return undefined;
  if (e.f === "neg") return x === 0 ? 0 : -x;
  return e.f === "exp" && x === 0 ? 1 : undefined;
}

/** What remains of a sum with nothing or a product with one, which a person would not write. */
function remaining(e: Expr): Expr | undefined {
  if (e.op !== "binary") return undefined;
  const [a, b] = [plainNumber(e.a), plainNumber(e.b)];
  const whole = (part: Expr): Expr | undefined => (part.shape.length === e.shape.length ? part : undefined);
  if ((e.f === "add" && a === 0) || (e.f === "mul" && a === 1)) return whole(e.b);
  if (((e.f === "add" || e.f === "sub") && b === 0) || ((e.f === "mul" || e.f === "div") && b === 1))
    return whole(e.a);
  return undefined;
}
