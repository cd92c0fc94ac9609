/** Bounds as Python functions, each written once from its one expression. */
import { input, type Expr } from "../../program/expression";
import { Interner } from "../../program/intern";
import { rewriter, topological } from "../../program/traverse";
import type { Bound } from "../../theory/bound";
import { PythonWriter } from "./expression";
import { filled, Names, pythonName } from "./names";

/** The expression with equal parts made one, so that each is written once. */
function onceEach(e: Expr): Expr {
  const interner = new Interner();
  return rewriter((part) => interner.intern(part))(e);
}

/** Whether a step changes it, so that a loss made of it alone has gradients. */
const isLearned = (e: Expr): boolean =>
  topological([e]).some(({ op }) => op === "network" || op === "parameter");

/** Functions of one file. */
export class BoundFunctions {
  private readonly byText = new Map<string, string>();
  readonly definitions: string[] = [];

  constructor(private readonly names: Names) {}

  /**
   * The call of a bound on these arguments.
   * @param text how an argument is written where the call stands
   */
  call(bound: Bound, args: Record<string, Expr>, text: (argument: Expr, name: string) => string): string {
    // A number shapes the function; everything else is handed to it.
    const handed = Object.entries(args).filter(([, value]) => value.op !== "constant");
    const parameters = new Names();
    const inside = new Map<string, string>();
    const symbols: Record<string, Expr> = { ...args };
    for (const [name, value] of handed) {
      inside.set(name, parameters.fresh(name));
      // Whatever part of a batch they are the rows of, to the bound they are all.
      const shape = value.shape.map((dim) => (typeof dim === "string" ? "N" : dim));
      symbols[name] = input(name, shape);
    }
    const batched = handed.find(([, value]) => typeof value.shape[0] === "string");
    const batch = batched === undefined ? "n" : `${inside.get(batched[0])!}.shape[0]`;
    const writer = new PythonWriter(
      (e) => (e.op === "input" ? inside.get(e.name) : undefined),
      parameters,
      () => batch,
      inside.get((batched ?? handed[0]!)[0])!,
    );
    const [result] = writer.write([onceEach(bound.value(symbols))]);
    // Rows that have what a term reads may be fewer than hold a pair, or any spread: then nothing is learned from them.
    const partial = batched !== undefined && batched[1].shape[0] !== "N";
    const learned = handed.find(([, value]) => isLearned(value)) ?? handed[0]!;
    const few = partial ? [`if ${batch} < 2:`, `    return 0 * ${inside.get(learned[0])!}.sum()`] : [];
    const body = [...few, ...writer.lines, `return ${result!}`].map((line) => `    ${line}`).join("\n");
    const signature = `(${[...inside.values()].join(", ")}):`;
    return `${this.define(bound, signature, body)}(${handed.map(([name, value]) => text(value, name)).join(", ")})`;
  }

  private define(bound: Bound, signature: string, body: string): string {
    const key = `${bound.id}${signature}${body}`;
    const known = this.byText.get(key);
    if (known !== undefined) return known;
    const name = this.names.fresh(pythonName(bound.id));
    this.byText.set(key, name);
    const doc = [`"""${bound.title}. ${bound.doc}`, "", `${bound.citation}.`, '"""'];
    const lines = doc.flatMap((line) => filled(line)).map((line) => (line === "" ? "" : `    ${line}`));
    this.definitions.push([`def ${name}${signature}`, ...lines, body, ""].join("\n"));
    return name;
  }
}
