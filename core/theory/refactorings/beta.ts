/** beta from what is kept to what is compressed, L = cost·R − K, and back: the same loss but for an overall factor. */
import type { Range, TextEdit } from "../../language/diagnostic";
import { plainNumber } from "../../language/plain";
import type { KnobStatement, SpecTree, Value, WeightedTerm } from "../../language/tree";
import { BETA } from "../terms/scalar";
import { selected } from "./lines";
import type { Asked, Refactoring } from "./refactoring";

/** The name of the knob on the side of the cost. */
const COST = "cost";

export const betaToCost: Refactoring = {
  kind: "refactor.rewrite",
  propose(asked) {
    const knob = knobAt(asked, BETA);
    const costs = knob && costsOf(asked.tree);
    if (knob === undefined || costs === undefined || isRead(asked.tree, COST)) return undefined;
    return {
      title: "Move `beta` to the compressed terms, as `cost`",
      edits: [
        ...inverted(knob, COST),
        ...costs.terms.map((term) => insertion(term.range.start, `${COST} * `)),
        ...costs.separations.map(({ weight, end }) =>
          weight ? insertion(weight.start, `${COST} * `) : insertion(end, ` weight ${COST}`),
        ),
      ],
    };
  },
};

export const betaToKept: Refactoring = {
  kind: "refactor.rewrite",
  propose(asked) {
    const [statement, ...others] = selected(asked.tree, asked.range);
    if (statement?.kind !== "knob" || others.length > 0 || isRead(asked.tree, BETA)) return undefined;
    const name = statement.name.text;
    const knob = knobAt(asked, name);
    const costs = knob && costsOf(asked.tree);
    if (knob === undefined || costs === undefined || costs.separations.length > 0) return undefined;
    const places = costs.terms.map((term) => factorPlace(term, name));
    if (places.some((place) => place === undefined)) return undefined;
    return {
      title: `Move \`${name}\` to the kept terms, as \`beta\``,
      edits: [...inverted(knob, BETA), ...places.map((range) => ({ range: range!, text: "" }))],
    };
  },
};

/** The knob of a name where the cursor is on it, with a range that has an inverse; none that a schedule moves. */
function knobAt({ tree, range }: Asked, name: string): KnobStatement | undefined {
  const [statement, ...others] = selected(tree, range);
  if (statement?.kind !== "knob" || others.length > 0 || statement.name.text !== name || tree.extension)
    return undefined;
  const scheduled = tree.statements.some((one) => one.kind === "anneal" && one.name.text === name);
  const numbers = [statement.value, statement.from, statement.to].flatMap((value) => value ?? []);
  const positive = numbers.every((value) => (plainNumber(value) ?? 0) > 0);
  return scheduled || !positive ? undefined : statement;
}

interface Costs {
  terms: WeightedTerm[];
  separations: { weight?: Range; end: number }[];
}

/** All that is compressed; undefined where some of it is written in a way that has no weight of its own. */
function costsOf({ statements }: SpecTree): Costs | undefined {
  const costs: Costs = { terms: [], separations: [] };
  for (const written of statements) {
    const statement = written.kind === "each" ? written.body : written;
    if (statement.kind === "term" && statement.side === "compress") costs.terms.push(...statement.terms);
    else if (statement.kind === "separate")
      costs.separations.push({
        ...(statement.weight ? { weight: statement.weight.range } : {}),
        end: statement.bound ? statement.right.range.end : statement.range.end,
      });
    else if (statement.kind === "each") return undefined;
  }
  const whole = costs.terms.length > 0 && costs.terms.every(({ target }) => target === undefined);
  return whole ? costs : undefined;
}

/** `cost * ` of a weight that begins with it. */
function factorPlace({ weight, term }: WeightedTerm, name: string): Range | undefined {
  const factors = weight ? factorsOf(weight) : [];
  const [first, second] = factors;
  if (first?.kind !== "name" || first.text !== name) return undefined;
  return { start: first.range.start, end: (second ?? term).range.start };
}

/** a, b and c of `a * b * c`. */
const factorsOf = (value: Value): Value[] =>
  value.kind === "binary" && value.operator === "*"
    ? [...factorsOf(value.left), ...factorsOf(value.right)]
    : [value];

/** Whether the spec declares the name. */
const isRead = ({ statements }: SpecTree, name: string): boolean =>
  statements.some((statement) => "name" in statement && statement.name.text === name);

const inverse = (value: Value): string => String(Number((1 / plainNumber(value)!).toPrecision(12)));

/** The knob under another name with the inverse of its numbers; the ends of its range change places. */
function inverted({ name, value, from, to }: KnobStatement, as: string): TextEdit[] {
  const ends =
    from && to
      ? [
          { range: from.range, text: inverse(to) },
          { range: to.range, text: inverse(from) },
        ]
      : [];
  return [{ range: name.range, text: as }, { range: value.range, text: inverse(value) }, ...ends];
}

const insertion = (at: number, text: string): TextEdit => ({ range: { start: at, end: at }, text });
