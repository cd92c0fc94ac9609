/** Values and information terms as text, with no more parentheses than their tree needs. */
import { quote } from "./scanner";
import type {
  Argument,
  BoundClause,
  Call,
  InformationTerm,
  Name,
  Setting,
  Target,
  Value,
  Variable,
  WeightedTerm,
} from "./tree";

/** How tightly a value holds together: a sum, a product, a single factor. */
const enum Level {
  sum = 1,
  product = 2,
  factor = 3,
}

/** `2 * (w + 1)`. */
export function printValue(value: Value): string {
  return printAt(value, Level.sum);
}

/** A value where only a product may stand: a weight, a target. */
export function printProduct(value: Value): string {
  return printAt(value, Level.product);
}

function printAt(value: Value, least: Level): string {
  switch (value.kind) {
    case "number":
      return value.text;
    case "string":
      return quote(value.value);
    case "name":
      return value.text;
    case "call":
      return printCall(value);
    case "variable":
      return printVariable(value);
    case "list":
      return `[${value.items.map(printValue).join(", ")}]`;
    case "negation":
      return `-${printAt(value.value, Level.factor)}`;
    case "binary": {
      const level = value.operator === "+" || value.operator === "-" ? Level.sum : Level.product;
      const text = `${printAt(value.left, level)} ${value.operator} ${printAt(value.right, level + 1)}`;
      return level < least ? `(${text})` : text;
    }
  }
}

/** `gaussian(8)`; without arguments, the word alone. */
export function printCall({ name, args }: Call): string {
  return name.text + printArguments(args);
}

function printArguments(args: readonly Argument[]): string {
  if (args.length === 0) return "";
  const texts = args.map(({ name, value }) => (name ? `${name.text} = ` : "") + printValue(value));
  return `(${texts.join(", ")})`;
}

/** `epochs = 10`. */
export function printSetting({ name, value }: Setting): string {
  return `${name.text} = ${printValue(value)}`;
}

export function printNames(names: readonly Name[]): string {
  return names.map((name) => name.text).join(", ");
}

/** `Z`, `Z[X]`, `Z[]`. */
export function printVariable({ name, subset }: Variable): string {
  return subset ? `${name.text}[${printNames(subset)}]` : name.text;
}

function printVariables(variables: readonly Variable[]): string {
  return variables.map(printVariable).join(", ");
}

/** `I(A, B; C | D)`, `gap(Z, each)`. */
function printTerm(term: InformationTerm): string {
  if (term.kind === "functional") {
    return `${term.functional}(${printVariables(term.of)}${term.each ? ", each" : ""})`;
  }
  const given = term.given.length > 0 ? ` | ${printVariables(term.given)}` : "";
  return `I(${printVariables(term.left)}; ${printVariables(term.right)}${given})`;
}

/** `w * I(X; Zx) by gaussian at 5`. */
export function printWeightedTerm({ weight, term, bound, target }: WeightedTerm): string {
  const parts = [weight ? `${printWeight(weight)} * ${printTerm(term)}` : printTerm(term)];
  if (bound) parts.push(printBound(bound));
  if (target) parts.push(printTarget(target));
  return parts.join(" ");
}

/** A weight; a call in it stands in parentheses, since `name(` begins a term there. */
function printWeight(weight: Value): string {
  if (weight.kind === "call" && weight.args.length > 0) return `(${printCall(weight)})`;
  if (weight.kind === "binary" && (weight.operator === "*" || weight.operator === "/")) {
    const { left, operator, right } = weight;
    const isCall = right.kind === "call" && right.args.length > 0;
    return `${printWeight(left)} ${operator} ${isCall ? `(${printCall(right)})` : printAt(right, Level.factor)}`;
  }
  return printProduct(weight);
}

/** `by infonce(critic = dot) one-way as second`. */
export function printBound({ name, args, flags, as }: BoundClause): string {
  const words = [`by ${name.text}${printArguments(args)}`, ...flags.map((flag) => flag.text)];
  if (as) words.push(`as ${as.text}`);
  return words.join(" ");
}

function printTarget({ mode, value, each }: Target): string {
  return `${mode} ${printProduct(value)}${each ? " each" : ""}`;
}
