/** Plain values of arguments and settings. */
import type { Argument, Call, Value } from "../../language/tree";
import type { Scope } from "./scope";
import { wrongArguments } from "../diagnostics/wrong-arguments";

/** A number made of numbers only; undefined for anything else. */
export function plainNumber(value: Value): number | undefined {
  switch (value.kind) {
    case "number":
      return value.value;
    case "negation": {
      const inner = plainNumber(value.value);
      return inner === undefined ? undefined : -inner;
    }
    case "binary": {
      const left = plainNumber(value.left);
      const right = plainNumber(value.right);
      if (left === undefined || right === undefined) return undefined;
      if (value.operator === "+") return left + right;
      if (value.operator === "-") return left - right;
      return value.operator === "*" ? left * right : left / right;
    }
    default:
      return undefined;
  }
}

/** More than fits into any preview; keeps a mistyped size from asking for all memory. */
const LARGEST_SIZE = 1e7;

const isSize = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value >= 1 && value <= LARGEST_SIZE;

/**
 * The whole-number arguments of a call. Undefined after reporting what is wrong with them.
 * @param names what each stands for, `image(height, width, channels?)`: those with `?` may be left out
 */
export function sizes(scope: Scope, call: Call, names: readonly string[]): number[] | undefined {
  const shown = `${call.name.text}${names.length > 0 ? `(${names.join(", ")})` : ""}`;
  const least = names.filter((name) => !name.endsWith("?")).length;
  if (
    call.args.length < least ||
    call.args.length > names.length ||
    call.args.some(({ name }) => name !== undefined)
  ) {
    return scope.report(wrongArguments.form(call.range, shown, exampleCall(call.name.text, names)));
  }
  const values: number[] = [];
  for (const argument of call.args) {
    const value = plainNumber(argument.value);
    if (!isSize(value)) {
      const what = (names[values.length] ?? "size").replace("?", "");
      return scope.report(wrongArguments.wholeNumber(argument.range, what, shown, LARGEST_SIZE));
    }
    values.push(value);
  }
  if (values.reduce((product, value) => product * value, 1) > LARGEST_SIZE) {
    return scope.report(wrongArguments.tooLarge(call.range, shown, LARGEST_SIZE));
  }
  return values;
}

const exampleCall = (word: string, names: readonly string[]): string => {
  const numbers = names.filter((name) => !name.endsWith("?")).map(() => "8");
  return numbers.length > 0 ? `${word}(${numbers.join(", ")})` : word;
};

/** An argument as a number, a word or a text; undefined for anything else. */
export function plainArgument({ value }: Pick<Argument, "value">): number | string | undefined {
  if (value.kind === "name") return value.text;
  if (value.kind === "string") return value.value;
  return plainNumber(value);
}
