/** `compress w * I(X; Zx) by kl`, `keep link: I(Zx; Zy)`. */
import type {
  BoundClause,
  List,
  SeparateStatement,
  Target as TargetTree,
  TermStatement,
  Value,
  Variable as VariableTree,
  WeightedTerm,
} from "../../language/tree";
import { negativeWeight } from "../faults/negative-weight";
import { unknownName } from "../faults/unknown-name";
import { wrongArguments } from "../faults/wrong-arguments";
import { wrongRole } from "../faults/wrong-role";
import { informationText, termText } from "../terms/print";
import { knobsOf, number, scalarText, smallest } from "../terms/scalar";
import type { BoundRequest, Information, Scalar, Target, Term, Variable } from "../spec";
import type { DrawnTerm } from "./each";
import type { Scope } from "./scope";
import { plainArgument, plainNumber } from "../../language/plain";

/** The term, without its id. `removal` is the range to delete to remove it. */
export function resolveTerm(scope: Scope, statement: DrawnTerm): Omit<Term, "id"> | undefined {
  const written = statement.terms[0];
  if (written === undefined) return undefined;
  const information = resolveInformation(scope, written);
  const weight = written.weight ? resolveWeight(scope, written.weight) : number(1);
  const bound = written.bound && resolveBound(scope, written.bound);
  const target = written.target && resolveTarget(scope, statement, written.target);
  if (information === undefined || weight === undefined || (written.bound && !bound)) return undefined;
  if (written.target && !target) return undefined;
  return {
    side: statement.side,
    ...(statement.label ? { label: statement.label.text } : {}),
    weight,
    information,
    ...(bound ? { bound } : {}),
    ...(target ? { target } : {}),
    ...(statement.drawn ? { drawn: statement.drawn } : {}),
    range: written.range,
    removal: statement.range,
  };
}

/** `separate Z, W weight g`: compresses I(Z; W). */
export function resolveSeparate(scope: Scope, statement: SeparateStatement): Omit<Term, "id"> | undefined {
  const codes = resolveVariables(scope, [statement.left, statement.right]);
  const weight = statement.weight ? resolveWeight(scope, statement.weight) : number(1);
  const bound = statement.bound && resolveBound(scope, statement.bound);
  if (codes === undefined || weight === undefined || (statement.bound && !bound)) return undefined;
  const [left, right] = codes as [Variable, Variable];
  const stream = codes.find(({ name }) => scope.streams.some((candidate) => candidate.name === name));
  if (stream) {
    return scope.report(wrongRole.separateStream(statement.range, stream.name));
  }
  if (left.name === right.name) {
    return scope.report(wrongRole.separateTwice(statement.range, left.name));
  }
  return {
    side: "compress",
    weight,
    information: { kind: "information", left: [left], right: [right], given: [] },
    ...(bound ? { bound } : {}),
    range: statement.range,
    removal: statement.range,
  };
}

function resolveTarget(
  scope: Scope,
  { side }: TermStatement,
  { mode, value, each, range }: TargetTree,
): Target | undefined {
  if (side === "keep") return scope.report(wrongArguments.keptTarget(range, mode));
  const nats = resolveWeight(scope, value);
  return nats && { mode, value: nats, ...(each ? { each: each.range } : {}) };
}

/** Gives each term its id: its label, else its text, numbered when repeated. */
export function withIds(terms: readonly Omit<Term, "id">[]): Term[] {
  const seen = new Map<string, number>();
  return terms.map((term) => {
    const text = term.label ?? termText(term);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { id: count === 1 ? text : `${text} (${count})`, ...term };
  });
}

function resolveInformation(scope: Scope, { term }: WeightedTerm): Information | undefined {
  if (term.kind === "functional") {
    const of = resolveVariables(scope, term.of);
    return of && { kind: "functional", functional: term.functional, of, each: term.each };
  }
  const left = resolveVariables(scope, term.left);
  const right = resolveVariables(scope, term.right);
  const given = resolveVariables(scope, term.given);
  if (!left || !right || !given) return undefined;
  const information: Information = { kind: "information", left, right, given };
  for (const variable of right) {
    const twice = left.find(
      (other) => other.name === variable.name && `${other.subset}` === `${variable.subset}`,
    );
    if (twice) {
      const text = informationText(information);
      return scope.report(wrongRole.bothSides(term.range, variable.name, text));
    }
  }
  return information;
}

function resolveVariables(scope: Scope, variables: readonly VariableTree[]): Variable[] | undefined {
  const resolved = variables.map((variable) => resolveVariable(scope, variable));
  return resolved.every((variable) => variable !== undefined) ? resolved : undefined;
}

function resolveVariable(scope: Scope, { name, subset }: VariableTree): Variable | undefined {
  const role = scope.find(name, "stream or latent");
  if (role === undefined) return undefined;
  if (role === "knob") {
    return scope.report(wrongRole.variable(name.range, name.text));
  }
  const stream = scope.streams.find((candidate) => candidate.name === name.text);
  const latent = scope.latents.find((candidate) => candidate.name === name.text);
  if (stream?.role === "observe") {
    const word = { start: stream.range.start, end: stream.range.start + "observe".length };
    return scope.report(wrongRole.observed(name.range, name.text, word));
  }
  if (subset === undefined) return stream || latent ? { name: name.text } : undefined;
  if (stream) {
    return scope.report(wrongRole.part(name.range, name.text));
  }
  if (latent === undefined) return undefined;
  for (const input of subset) {
    if (!latent.from.includes(input.text)) {
      return scope.report(unknownName.input(input.range, name.text, input.text, latent.from));
    }
  }
  const inputs = latent.from.filter((input) => subset.some(({ text }) => text === input));
  // The product of all inputs is one component of this mixture, not the whole of it.
  const product = latent.fusion.name === "mopoe";
  return inputs.length === latent.from.length && !product
    ? { name: name.text }
    : { name: name.text, subset: inputs };
}

function resolveWeight(scope: Scope, value: Value): Scalar | undefined {
  const weight = resolveScalar(scope, value);
  if (weight === undefined) return undefined;
  const least = smallest(weight, scope.knobs);
  if (least >= 0) return weight;
  return scope.report(negativeWeight.at(value.range, scalarText(weight), least, knobsOf(weight)));
}

function resolveScalar(scope: Scope, value: Value): Scalar | undefined {
  switch (value.kind) {
    case "number":
      return { kind: "number", value: value.value, text: value.text };
    case "name": {
      const role = scope.find(value, "knob");
      if (role === "stream" || role === "latent") {
        return scope.report(wrongRole.weight(value.range, value.text, role));
      }
      return scope.knobs.some(({ name }) => name === value.text)
        ? { kind: "knob", name: value.text }
        : undefined;
    }
    case "negation": {
      const inner = resolveScalar(scope, value.value);
      return inner && { kind: "negation", value: inner };
    }
    case "binary": {
      const left = resolveScalar(scope, value.left);
      const right = resolveScalar(scope, value.right);
      return left && right && { kind: "binary", operator: value.operator, left, right };
    }
    default:
      return scope.report(wrongArguments.weight(value.range));
  }
}

function resolveBound(scope: Scope, clause: BoundClause): BoundRequest | undefined {
  const request: BoundRequest = {
    name: clause.name.text,
    arguments: [],
    options: {},
    flags: clause.flags.map(({ text }) => text),
    ...(clause.as ? { as: clause.as.text } : {}),
    range: clause.range,
  };
  for (const argument of clause.args) {
    if (argument.value.kind === "variable") {
      const variable = resolveVariable(scope, argument.value);
      if (variable === undefined) return undefined;
      request.arguments.push(variable);
      continue;
    }
    const value = argument.value.kind === "list" ? numbersOf(argument.value) : plainArgument(argument);
    if (value === undefined)
      return scope.report(wrongArguments.boundArgument(argument.range, clause.name.text));
    if (argument.name) request.options = { ...request.options, [argument.name.text]: value };
    else if (typeof value === "object")
      return scope.report(wrongArguments.boundArgument(argument.range, clause.name.text));
    else request.arguments.push(value);
  }
  return request;
}

/** The items of a list that has numbers alone. */
function numbersOf({ items }: List): readonly number[] | undefined {
  const numbers = items.map(plainNumber);
  return numbers.every((item) => item !== undefined) ? numbers : undefined;
}
