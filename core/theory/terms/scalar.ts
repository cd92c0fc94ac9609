/** Weights: numbers and knobs in arithmetic. */
import * as expression from "../../program/expression";
import type { Expr } from "../../program/expression";
import type { Knob, Scalar } from "../spec";

/** The knob that weighs all that is kept. */
export const BETA = "beta";

export const number = (value: number): Scalar => ({ kind: "number", value, text: String(value) });
export const knobScalar = (name: string): Scalar => ({ kind: "knob", name });

const isNumber = (scalar: Scalar, value: number): boolean =>
  scalar.kind === "number" && scalar.value === value;

/** a times b, without factors of 1. */
export function multiply(a: Scalar, b: Scalar): Scalar {
  if (isNumber(a, 1)) return b;
  if (isNumber(b, 1)) return a;
  if (a.kind === "negation") return negate(multiply(a.value, b));
  if (b.kind === "negation") return negate(multiply(a, b.value));
  return { kind: "binary", operator: "*", left: a, right: b };
}

export const negate = (a: Scalar): Scalar =>
  a.kind === "negation" ? a.value : { kind: "negation", value: a };

/** Its value at these knobs. @throws Error when a knob has no value there. */
export function evaluate(scalar: Scalar, knobs: Readonly<Record<string, number>>): number {
  switch (scalar.kind) {
    case "number":
      return scalar.value;
    case "knob": {
      const value = knobs[scalar.name];
      if (value === undefined) throw new Error(`the knob ${scalar.name} has no value`);
      return value;
    }
    case "negation":
      return -evaluate(scalar.value, knobs);
    case "binary": {
      const left = evaluate(scalar.left, knobs);
      const right = evaluate(scalar.right, knobs);
      if (scalar.operator === "+") return left + right;
      if (scalar.operator === "-") return left - right;
      return scalar.operator === "*" ? left * right : left / right;
    }
  }
}

/** The knobs' values as declared, by name. */
export const knobValues = (knobs: readonly Knob[]): Record<string, number> =>
  Object.fromEntries(knobs.map((knob) => [knob.name, knob.value]));

/** Names of the knobs it reads, each once. */
export function knobsOf(scalar: Scalar): string[] {
  switch (scalar.kind) {
    case "number":
      return [];
    case "knob":
      return [scalar.name];
    case "negation":
      return knobsOf(scalar.value);
    case "binary":
      return [...new Set([...knobsOf(scalar.left), ...knobsOf(scalar.right)])];
  }
}

const POINTS_PER_KNOB = 5;

/** Its smallest value over a grid of the knobs' ranges, ends included; NaN when it is not finite somewhere. */
export function smallest(scalar: Scalar, knobs: readonly Knob[]): number {
  const read = knobsOf(scalar);
  let grid: Record<string, number>[] = [{}];
  for (const knob of knobs.filter(({ name }) => read.includes(name))) {
    grid = grid.flatMap((point) => positions(knob).map((value) => ({ ...point, [knob.name]: value })));
  }
  const values = grid.map((point) => evaluate(scalar, point));
  return values.every(Number.isFinite) ? Math.min(...values) : NaN;
}

function positions({ from, to, log }: Knob): number[] {
  return Array.from({ length: POINTS_PER_KNOB }, (_, i) => {
    const share = i / (POINTS_PER_KNOB - 1);
    return log ? from * (to / from) ** share : from + share * (to - from);
  });
}

/** The same arithmetic over the program's knobs. */
export function scalarExpr(scalar: Scalar): Expr {
  switch (scalar.kind) {
    case "number":
      return expression.constant(scalar.value);
    case "knob":
      return expression.knob(scalar.name);
    case "negation":
      return expression.neg(scalarExpr(scalar.value));
    case "binary": {
      const operations = {
        "+": expression.add,
        "-": expression.sub,
        "*": expression.mul,
        "/": expression.div,
      };
      return operations[scalar.operator](scalarExpr(scalar.left), scalarExpr(scalar.right));
    }
  }
}

/** How a scalar is written: a knob's name, and the signs of arithmetic. */
export interface ScalarStyle {
  knob(name: string): string;
  times: string;
  minus: string;
}

/** Text of the spec language: `beta * w`. */
const sourceStyle: ScalarStyle = { knob: (name) => name, times: " * ", minus: "-" };

const priority = { "+": 1, "-": 1, "*": 2, "/": 2 } as const;

/** Written out, with parentheses only where arithmetic needs them. */
export function scalarText(scalar: Scalar, style: ScalarStyle = sourceStyle): string {
  const write = (value: Scalar, outer: number): string => {
    switch (value.kind) {
      case "number":
        return value.text;
      case "knob":
        return style.knob(value.name);
      case "negation":
        return outer > 1 ? `(${style.minus}${write(value.value, 2)})` : style.minus + write(value.value, 2);
      case "binary": {
        const own = priority[value.operator];
        const signs = { "+": " + ", "-": ` ${style.minus} `, "*": style.times, "/": "/" };
        const right = write(value.right, value.operator === "-" || value.operator === "/" ? own + 1 : own);
        const text = write(value.left, own) + signs[value.operator] + right;
        return own < outer ? `(${text})` : text;
      }
    }
  };
  return write(scalar, 0);
}
