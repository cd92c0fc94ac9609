/** The sizes that a call gives. */
import { plainNumber } from "../../language/plain";
import type { Call } from "../../language/tree";
import type { Scope } from "./scope";
import { wrongArguments } from "../faults/wrong-arguments";

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
