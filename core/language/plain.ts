/** Arguments and settings as plain numbers and words. */
import type { Argument, Value } from "./tree";

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

/** An argument as a number, a word or a text; undefined for anything else. */
export function plainArgument({ value }: Pick<Argument, "value">): number | string | undefined {
  if (value.kind === "name") return value.text;
  if (value.kind === "string") return value.value;
  return plainNumber(value);
}
