/**
 * Terms as people read them. A term over all subsets of many streams, as a mixture of products has them, is one line with
 * a sum over the subsets: nine streams have 511, and a list of so many terms shows nobody that they are the same.
 */
import { latexNames } from "../terms/names";
import { informationText } from "../terms/print";
import { latentOf, roleOf } from "../terms/roles";
import { scalarText } from "../terms/scalar";
import type { Information, Spec, Term, Variable } from "../spec";
import type { DerivedLoss, DerivedTerm } from "./loss";

/** Up to so many terms are listed one by one: those of four streams. */
const MOST_LISTED = 15;

/** The subsets that a line of the loss is a sum over. */
interface Over {
  /** What a subset is called in that line. */
  letter: string;
  /** The streams that subsets are taken of, and those that each has. */
  streams: readonly string[];
  always: readonly string[];
  count: number;
  /** In words: `each of the 16 subsets S of X0, …, X4 that contain X1`. */
  text: string;
}

/** A derived term; with `over`, it stands for one term for each of many subsets. */
export interface ShownTerm extends DerivedTerm {
  over?: Over;
}

const shown = new WeakMap<readonly DerivedTerm[], readonly ShownTerm[]>();

/** The terms of a loss in their order, those over all subsets as one at the place of the first. Kept for each loss. */
export function shownTerms({ terms, spec }: Pick<DerivedLoss, "terms" | "spec">): readonly ShownTerm[] {
  const known = shown.get(terms);
  if (known) return known;
  const made = terms.length > MOST_LISTED ? gathered(terms, spec) : terms;
  shown.set(terms, made);
  return made;
}

/** A term with a letter in the place of its subset. */
interface Member {
  derived: DerivedTerm;
  information: Information;
  subset: readonly string[];
}

function gathered(terms: readonly DerivedTerm[], spec: Spec): readonly ShownTerm[] {
  const letter = freeLetter(spec);
  const groups = new Map<string, Member[]>();
  const lines = terms.map((derived) => {
    const member = memberOf(derived, spec, letter);
    if (member === undefined) return derived;
    const { bound, term, effectiveWeight } = derived;
    const { start, end } = term.range;
    const said = `${term.side} ${informationText(member.information)}`;
    const key = [start, end, bound.id, said, scalarText(effectiveWeight)].join("\n");
    const group = groups.get(key);
    if (group === undefined) {
      const first = [member];
      groups.set(key, first);
      return first;
    }
    group.push(member);
    return [];
  });
  return lines.flatMap((line): ShownTerm[] => {
    if (!Array.isArray(line)) return [line];
    const over = overOf(line, letter);
    // The last has the largest subset, and with it the reason that the others may not need.
    return over ? [asOne(line.at(-1)!, over, spec)] : line.map(({ derived }) => derived);
  });
}

/** Nothing of a term that reads no subset, or several. */
function memberOf(derived: DerivedTerm, spec: Spec, letter: string): Member | undefined {
  const { information } = derived.term;
  if (information.kind !== "information") return undefined;
  // What such a rate includes besides the term is another for each subset.
  if (derived.role.kind === "payment" && derived.role.unpaid.length > 0) return undefined;
  const sides = [information.left, information.right, information.given];
  const subsets = new Map(
    sides.flat().flatMap((variable) => {
      const subset = subsetOf(variable, spec);
      return subset === undefined ? [] : [[subset.join(", "), subset] as const];
    }),
  );
  const [subset] = subsets.values();
  if (subset === undefined || subsets.size > 1) return undefined;
  const put = (side: readonly Variable[]): Variable[] => {
    const plain = side.map(({ name, subset: part }) => (part === undefined ? name : ""));
    if (plain.join(", ") === subset.join(", ")) return [{ name: letter }];
    return side.map((variable) =>
      subsetOf(variable, spec) ? { name: variable.name, subset: [letter] } : variable,
    );
  };
  // What a likelihood decodes is no subset, even where it is the only stream in one.
  const left = derived.role.kind === "decoding" ? information.left : put(information.left);
  const right =
    derived.role.kind === "decoding" && !readsCode(information.right, spec)
      ? information.right
      : put(information.right);
  return { derived, subset, information: { ...information, left, right, given: put(information.given) } };
}

const readsCode = (side: readonly Variable[], spec: Spec): boolean =>
  side.some((variable) => latentOf(spec, variable) !== undefined);

/** The inputs that a code of several is read from: all of them where it is read whole. */
function subsetOf(variable: Variable, spec: Spec): readonly string[] | undefined {
  const from = latentOf(spec, variable)?.from ?? [];
  const subset = variable.subset ?? from;
  return from.length > 1 && subset.length > 0 ? subset : undefined;
}

/** What the members are a sum over, where they are many and have every subset once that has what all have. */
function overOf(members: readonly Member[], letter: string): Over | undefined {
  if (members.length <= MOST_LISTED) return undefined;
  const sets = members.map(({ subset }) => new Set(subset));
  const streams = [...new Set(members.flatMap(({ subset }) => subset))];
  const always = streams.filter((name) => sets.every((set) => set.has(name)));
  const distinct = new Set(members.map(({ subset }) => [...subset].sort().join(", "))).size;
  const all = 2 ** (streams.length - always.length) - (always.length === 0 ? 1 : 0);
  if (distinct !== members.length || distinct !== all) return undefined;
  const text = `each of the ${all} subsets ${letter} of ${range(streams)}${always.length > 0 ? ` that contain ${always.join(", ")}` : ""}`;
  return { letter, streams, always, count: all, text };
}

/** `X0, …, X8`. */
const range = (names: readonly string[], dots = "…"): string =>
  names.length < 4 ? names.join(", ") : [names[0], names[1], dots, names.at(-1)].join(", ");

function asOne({ derived, information }: Member, over: Over, spec: Spec): ShownTerm {
  const id = `${derived.term.side} ${informationText(information)}`;
  const term: Term = { ...derived.term, id, information };
  return { ...derived, term, role: roleOf(term, derived.bound, spec), over };
}

/** A capital letter that is no name of the spec. */
function freeLetter({ streams, latents, knobs }: Spec): string {
  const taken = new Set([...streams, ...latents, ...knobs].map(({ name }) => name));
  return [..."STUVWQ"].find((letter) => !taken.has(letter)) ?? "S′";
}

/** Before what is summed: `Σ(S)`, `Σ(S ∋ X1)`; nothing before a term that is one. */
export const sumText = ({ over }: ShownTerm): string =>
  over ? `Σ(${[over.letter, ...over.always].join(" ∋ ")}) ` : "";

export const sumLatex = ({ over }: ShownTerm): string =>
  over ? `\\sum_{${[over.letter, ...over.always.map(latexNames)].join(" \\ni ")}} ` : "";

/** What the letters of a loss stand for, after its sum: `, S ⊆ {X0, X1, …, X8}`. */
export const lettersText = (terms: readonly ShownTerm[]): string =>
  ranges(terms, ({ letter, streams }) => `, ${letter} ⊆ {${range(streams)}}`);

export const lettersLatex = (terms: readonly ShownTerm[]): string =>
  ranges(
    terms,
    ({ letter, streams }) =>
      `, \\quad ${letter} \\subseteq \\{ ${range(streams.map(latexNames), "\\dots")} \\}`,
  );

const ranges = (terms: readonly ShownTerm[], write: (over: Over) => string): string =>
  [...new Set(terms.flatMap(({ over }) => (over ? [write(over)] : [])))].join("");
