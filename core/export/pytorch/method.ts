/** The body of a Python method: what it takes from the batch, what it is handed, and the lines it computes. */
import type { BatchDim, Expr, Shape } from "../../program/expression";
import { inputKey, type InputOf } from "../../program/inputs";
import { children } from "../../program/traverse";
import { presenceText, type Presence } from "../../theory/missing/presence";
import type { Stream } from "../../theory/spec";
import { drawKinds, drawn, draws, drawText, isDrawn, type DrawKind, type DrawnInput } from "./draws";
import { PythonWriter } from "./expression";
import { modulePath, parameterPath } from "./modules";
import { pythonString, wrapped, type Names } from "./names";
import { checkedText } from "./shapes";

/** A stream as numbers, or the words of a text. */
type StreamInput = InputOf<"stream" | "tokens">;

/** What a set of expressions reads from the batch. */
export interface Inputs {
  /** By the names of the inputs. */
  streams: Map<string, StreamInput>;
  /** What the parts of the batch need whose rows it reads, by their lengths. */
  parts: Map<BatchDim, Presence>;
  /** What is drawn for it with its shape, by kind and key. */
  drawn: Record<DrawKind, Map<string, { input: DrawnInput; shape: Shape }>>;
}

/** What a file says of streams that may be absent. */
export interface Absent {
  /** Streams without which a row lacks this one. */
  with(stream: string): readonly string[];
  /** What a part of the batch needs, by its name. */
  parts: ReadonlyMap<string, Presence>;
}

/** Reads of these expressions; `known` stops the search at what stands in a variable already. */
export function inputsOf(
  roots: Iterable<Expr>,
  absent: Absent,
  known: ReadonlyMap<Expr, string> = new Map(),
): Inputs {
  const byKind = Object.fromEntries(drawKinds.map((kind) => [kind, new Map()])) as Inputs["drawn"];
  const inputs: Inputs = { streams: new Map(), parts: new Map(), drawn: byKind };
  const present = (streams: readonly string[]): void => {
    for (const stream of streams)
      byKind.present.set(stream, { input: { kind: "present", of: stream }, shape: ["N"] });
  };
  const seen = new Set<Expr>();
  const visit = (e: Expr): void => {
    if (seen.has(e) || known.has(e)) return;
    seen.add(e);
    if (e.op === "input") {
      const { is, name, shape } = e;
      if (isDrawn(is)) byKind[is.kind].set(inputKey(is), { input: is, shape });
      else if (is.kind === "rows") {
        const presence = absent.parts.get(is.of)!;
        inputs.parts.set(shape[0] as BatchDim, presence);
        present(presence.flat());
      } else if (is.kind === "stream" || is.kind === "tokens") {
        inputs.streams.set(name, is);
        present(absent.with(is.of));
      }
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

/**
 * Lines that draw, before anything else is computed, what several methods are handed: each draw is then the same in all.
 * @param weight a parameter of the module: draws have its type and its device
 */
export function drawnFirst(kinds: readonly DrawKind[], weight: string, inputs: readonly Inputs[]): string[] {
  return kinds.flatMap((kind) => {
    const all = new Map(inputs.flatMap((each) => [...each.drawn[kind]]));
    const texts = { dtype: `${weight}.dtype`, device: `${weight}.device`, rows: "n" };
    const entries = [...all].map(
      ([key, { input, shape }]) => `${pythonString(key)}: ${drawn(input, shape, texts)}`,
    );
    return drawnUnlessGiven(draws[kind].argument, entries);
  });
}

const whether = (stream: string): string => `present[${pythonString(stream)}].bool()`;

/** Which rows have what a part of the batch needs. */
const partText = (presence: Presence): string =>
  presence
    .map((streams) => {
      const text = streams.map(whether).join(" | ");
      return streams.length > 1 && presence.length > 1 ? `(${text})` : text;
    })
    .join(" & ");

export class Method {
  readonly inputs: Inputs;
  private readonly variables = new Map<string, string>();
  /** Columns that are 1 where a stream is there. */
  private readonly columns = new Map<string, string>();
  /** Parts of the batch, by their lengths: which rows they are, and how many. */
  private readonly parts = new Map<BatchDim, { rows: string; count: string }>();
  /** Numbers of rows that have been written. */
  private readonly counted = new Set<BatchDim>();
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
    private readonly absent: Absent,
    roots: Iterable<Expr>,
    known: ReadonlyMap<Expr, string> = new Map(),
  ) {
    this.inputs = inputsOf(roots, absent, known);
    for (const name of this.inputs.streams.keys()) this.variables.set(name, names.fresh(name));
    for (const [dim, presence] of this.inputs.parts) {
      const rows = names.fresh(`has ${presenceText(presence)}`);
      this.parts.set(dim, { rows, count: names.fresh(`n ${presenceText(presence)}`) });
    }
    const numbers = this.taken.flatMap(({ input, variable }) => (input.kind === "stream" ? [variable] : []));
    this.witness = [...known.values(), ...numbers, ...this.variables.values()][0]!;
    this.dtype = known.size + numbers.length > 0 ? `${this.witness}.dtype` : "torch.get_default_dtype()";
    this.writer = new PythonWriter(
      (e, text) => this.leaf(e, text),
      names,
      (dim) => this.count(dim),
      this.witness,
      known,
    );
  }

  /** The streams that it takes, each in a variable. */
  private get taken(): { input: StreamInput; variable: string }[] {
    return [...this.inputs.streams].map(([name, input]) => ({ input, variable: this.variables.get(name)! }));
  }

  /** Writes the lines that expressions need, and gives the text of each. */
  write(roots: Expr[]): string[] {
    return this.writer.write(roots);
  }

  /** The text of an expression, as a variable of its own where it is long. */
  short(e: Expr, name: string): string {
    return this.writer.short(e, name);
  }

  /** How a number of rows is written. */
  private count(dim: BatchDim): string {
    this.counted.add(dim);
    return dim === "N" ? "n" : this.parts.get(dim)!.count;
  }

  /**
   * All lines so far, what is taken from the batch first.
   * @param given kinds of draws that are no longer absent where these lines stand
   */
  lines(given: readonly DrawKind[] = []): string[] {
    const kinds = drawnBy(this.inputs).filter((kind) => !given.includes(kind));
    const present = kinds.filter((kind) => kind === "present").flatMap((kind) => this.draw(kind));
    const others = kinds.filter((kind) => kind !== "present").flatMap((kind) => this.draw(kind));
    const counts = [...this.parts].filter(([dim]) => this.counted.has(dim));
    return [
      ...this.taken.map(({ input, variable }) => `${variable} = ${this.takenText(input)}`),
      ...(present.length + others.length > 0 || this.counted.has("N")
        ? [`n = ${this.witness}.shape[0]`]
        : []),
      ...present,
      ...this.blanked(),
      ...[...this.columns].map(
        ([stream, variable]) => `${variable} = ${whether(stream)}.to(${this.dtype})[:, None]`,
      ),
      ...[...this.parts].map(([dim, { rows }]) => `${rows} = ${partText(this.inputs.parts.get(dim)!)}`),
      ...counts.map(([, { rows, count }]) => `${count} = int(${rows}.sum())`),
      ...others,
      ...this.writer.lines,
    ];
  }

  /** Streams as numbers for networks: zeros, and no words, on the rows that lack them, where they may hold anything. */
  private blanked(): string[] {
    return this.taken.flatMap(({ input, variable }) => {
      const needs = this.absent.with(input.of);
      const there = needs.length > 1 ? `(${needs.map(whether).join(" & ")})` : needs.map(whether).join("");
      const text = this.blank(input, variable, there);
      return text === undefined ? [] : [`${variable} = ${text}`];
    });
  }

  /** @param there which rows have the stream; empty where all do */
  private blank(input: StreamInput, variable: string, there: string): string | undefined {
    const { kind, width } = this.streams.get(input.of)!;
    const absent = there === "" ? "" : `~${there}[:, None]`;
    if (input.kind === "tokens") {
      const none = absent === "" ? `${variable} < 0` : `(${variable} < 0) | ${absent}`;
      return `${variable}.masked_fill(${none}, ${width})`;
    }
    if (absent === "") return undefined;
    if (kind.name === "text") return `counted(${variable}.masked_fill(${absent}, ${width}), ${width})`;
    const numbers = kind.name === "label" ? `one_hot(${variable}, ${width}, ${there})` : variable;
    return `${numbers}.masked_fill(${absent}, 0)`;
  }

  private draw(kind: DrawKind): string[] {
    const device = `${this.witness}.device`;
    const entries = [...this.inputs.drawn[kind]].map(([key, { input, shape }]) => {
      const rows = typeof shape[0] === "string" ? this.count(shape[0]) : "n";
      const of = this.variables.get(input.of);
      return `${pythonString(key)}: ${drawn(input, shape, { dtype: this.dtype, device, rows }, of)}`;
    });
    return drawnUnlessGiven(draws[kind].argument, entries);
  }

  private column(stream: string): string {
    const variable = this.columns.get(stream) ?? this.names.fresh(`${stream} there`);
    this.columns.set(stream, variable);
    return variable;
  }

  private takenText(input: StreamInput): string {
    const known = this.streams.get(input.of)!;
    const { kind, size, width } = known;
    const source = checkedText(known);
    const blanked = this.absent.with(input.of).length > 0;
    if (kind.name === "label") return blanked ? source : `one_hot(${source}, ${width})`;
    const rows = `${source}.reshape(-1, ${kind.name === "text" ? size : width})`;
    if (kind.name !== "text") return rows;
    return input.kind === "stream" && !blanked ? `counted(${rows}, ${width})` : `${rows}.long()`;
  }

  private leaf(e: Expr, text: (e: Expr) => string): string | undefined {
    switch (e.op) {
      case "input":
        if (e.is.kind === "present") return this.column(e.is.of);
        if (e.is.kind === "rows") return this.parts.get(e.shape[0] as BatchDim)?.rows;
        return drawText(e.is) ?? this.variables.get(e.name);
      case "parameter":
        return parameterPath(e.name);
      case "network": {
        const [first] = e.network.layers;
        const shape =
          first?.kind === "convolution"
            ? `.reshape(-1, ${[first.input, ...first.window.picture].join(", ")})`
            : "";
        return `${modulePath(e.network.name)}(${text(e.x)}${shape})`;
      }
      default:
        return undefined;
    }
  }
}
