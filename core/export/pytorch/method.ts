/** The body of a Python method: what it takes from the batch, what it is handed, and the lines it computes. */
import type { Expr, Shape } from "../../program/expression";
import { children } from "../../program/traverse";
import type { Stream } from "../../theory/spec";
import { drawKinds, drawOf, draws, drawText, streamOf, type DrawKind } from "./draws";
import { PythonWriter } from "./expression";
import { modulePath, parameterPath } from "./modules";
import { pythonString, wrapped, type Names } from "./names";

/** What a set of expressions reads from the batch. */
export interface Inputs {
  streams: Set<string>;
  /** Shape of what is drawn for it, by kind and name. */
  drawn: Record<DrawKind, Map<string, Shape>>;
}

/** Reads of these expressions; `known` stops the search at what stands in a variable already. */
export function inputsOf(roots: Iterable<Expr>, known: ReadonlyMap<Expr, string> = new Map()): Inputs {
  const drawn = Object.fromEntries(drawKinds.map((kind) => [kind, new Map()])) as Inputs["drawn"];
  const inputs: Inputs = { streams: new Set(), drawn };
  const seen = new Set<Expr>();
  const visit = (e: Expr): void => {
    if (seen.has(e) || known.has(e)) return;
    seen.add(e);
    if (e.op === "input") {
      const draw = drawOf(e.name);
      if (draw) drawn[draw[0]].set(draw[1], e.shape);
      else inputs.streams.add(e.name);
    }
    children(e).forEach(visit);
  };
  for (const root of roots) visit(root);
  return inputs;
}

/** Kinds of draws that any of these read, in their order. */
export const drawnBy = (...inputs: readonly Inputs[]): DrawKind[] =>
  drawKinds.filter((kind) => inputs.some(({ drawn }) => drawn[kind].size > 0));

const drawnUnlessGiven = (name: string, entries: readonly string[]): string[] =>
  entries.length === 0
    ? []
    : [`if ${name} is None:`, ...wrapped(`${name} = {`, entries, "}").map((line) => `    ${line}`)];

export class Method {
  readonly inputs: Inputs;
  private readonly variables = new Map<string, string>();
  private readonly writer: PythonWriter;
  /** A tensor of the batch: it has the number of rows and the device. */
  private readonly witness: string;
  /** Words alone have no type of numbers. */
  private readonly dtype: string;

  /**
   * @param roots what the method computes
   * @param known variables that hold expressions already
   */
  constructor(
    readonly names: Names,
    private readonly streams: ReadonlyMap<string, Stream>,
    roots: Iterable<Expr>,
    known: ReadonlyMap<Expr, string> = new Map(),
  ) {
    this.inputs = inputsOf(roots, known);
    for (const name of this.inputs.streams) this.variables.set(name, names.fresh(name));
    const numbers = [...this.variables].filter(([name]) => streamOf(name) === name).map(([, own]) => own);
    this.witness = [...known.values(), ...numbers, ...this.variables.values()][0]!;
    this.dtype = known.size + numbers.length > 0 ? `${this.witness}.dtype` : "torch.get_default_dtype()";
    this.writer = new PythonWriter((e, text) => this.leaf(e, text), names, "n", this.witness, known);
  }

  /** Writes the lines that expressions need, and gives the text of each. */
  write(roots: Expr[]): string[] {
    return this.writer.write(roots);
  }

  /** The text of an expression, as a variable of its own where it is long. */
  short(e: Expr, name: string): string {
    return this.writer.short(e, name);
  }

  /** All lines so far, what is taken from the batch first. */
  lines(): string[] {
    const device = `${this.witness}.device`;
    const drawn = drawnBy(this.inputs).flatMap((kind) =>
      drawnUnlessGiven(
        draws[kind].argument,
        [...this.inputs.drawn[kind]].map(
          ([name, shape]) => `${pythonString(name)}: ${draws[kind].text(shape, this.dtype, device, name)}`,
        ),
      ),
    );
    return [
      ...[...this.variables].map(([name, variable]) => `${variable} = ${this.taken(name)}`),
      ...(drawn.length > 0 || this.writer.readsBatch ? [`n = ${this.witness}.shape[0]`] : []),
      ...drawn,
      ...this.writer.lines,
    ];
  }

  private taken(name: string): string {
    const stream = streamOf(name);
    const { kind, width } = this.streams.get(stream)!;
    const source = `streams[${pythonString(stream)}]`;
    if (kind.name === "text") return stream === name ? `counted(${source}, ${width})` : `${source}.long()`;
    return kind.name === "label" ? `one_hot(${source}, ${width})` : `${source}.reshape(-1, ${width})`;
  }

  private leaf(e: Expr, text: (e: Expr) => string): string | undefined {
    switch (e.op) {
      case "input": {
        return drawText(e.name) ?? this.variables.get(e.name);
      }
      case "parameter":
        return parameterPath(e.name);
      case "network":
        return `${modulePath(e.network.name)}(${text(e.x)})`;
      default:
        return undefined;
    }
  }
}
