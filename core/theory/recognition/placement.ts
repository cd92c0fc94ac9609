/**
 * The place of a loss in the periodic table: its row says what the encoders pay for, its column what is kept. Both are
 * read off the canonical form, so that losses which are the same method stand in the same cell.
 */
import { hasCritic } from "./links";
import type { CanonicalForm, CanonicalLatent, CanonicalTerm } from "./canonical";

export interface Axis<Id extends string = string> {
  id: Id;
  title: string;
  /** The kind of term, over the usual names; empty where there is none. */
  formula: string;
  doc: string;
}

/** What the encoders pay for, from nothing to the most finely divided. */
export const rows = [
  {
    id: "nothing",
    title: "Nothing",
    formula: "",
    doc: "Nothing is compressed; only the widths limit the codes.",
  },
  {
    id: "penalty",
    title: "A penalty alone",
    formula: "gap(Z), TC(Z)",
    doc: "No rate, but a penalty on the distribution of the codes, or on their dependence on each other or on a factor.",
  },
  { id: "view", title: "One view", formula: "I(X; Z)", doc: "The rate of one code of one stream." },
  {
    id: "penalised",
    title: "A rate and a penalty",
    formula: "I(X; Z) + TC(Z)",
    doc: "The rate of one code, and a penalty on its coordinates' dependence, on its distribution, or on its information about a factor.",
  },
  {
    id: "joint",
    title: "All views together",
    formula: "I(X, Y; Z)",
    doc: "The rate of one code of several streams.",
  },
  {
    id: "partial",
    title: "All views and parts",
    formula: "I(X, Y; Z) + I(X, Y; Z | X)",
    doc: "The rate of one code of several streams, and its information beyond one of them or from one of them.",
  },
  {
    id: "conditional",
    title: "Beyond a condition",
    formula: "I(X; Z | Y)",
    doc: "The information of a code beyond a condition.",
  },
  {
    id: "views",
    title: "Each view separately",
    formula: "I(X; Zx) + I(Y; Zy)",
    doc: "The rate of each of several codes.",
  },
  {
    id: "private",
    title: "Shared and private",
    formula: "I(X; Z) + I(X; Wx)",
    doc: "The rates of shared codes, and of private codes that only help to decode their own stream.",
  },
  {
    id: "levels",
    title: "Level by level",
    formula: "I(X; Z₂) + I(X; Z₁ | Z₂)",
    doc: "The rates of codes that are inferred from other codes, in levels.",
  },
] as const satisfies readonly Axis[];

/** What is kept. */
export const columns = [
  { id: "none", title: "Nothing", formula: "", doc: "No term keeps a stream or a link." },
  { id: "own", title: "Its own view", formula: "I(X; Z)", doc: "One stream that an encoder reads." },
  {
    id: "target",
    title: "A target",
    formula: "I(Y; Z)",
    doc: "Streams that no encoder reads: a target, another view, the future.",
  },
  {
    id: "views",
    title: "Several views",
    formula: "I(X; Z) + I(Y; Z)",
    doc: "Several streams, at least one of them read by an encoder.",
  },
  {
    id: "critic",
    title: "A link, by critic",
    formula: "I(Zx; Zy)",
    doc: "Information shared by codes, measured by a critic of pairs.",
  },
  {
    id: "covariance",
    title: "A link, by covariance",
    formula: "I(Zx; Zy)",
    doc: "Information shared by codes, measured by their covariances.",
  },
  {
    id: "linked",
    title: "A link and streams",
    formula: "I(Zx; Zy) + I(X; Zx)",
    doc: "Information shared by codes, and streams.",
  },
] as const satisfies readonly Axis[];

type RowId = (typeof rows)[number]["id"];
type ColumnId = (typeof columns)[number]["id"];

export interface Cell {
  row: RowId;
  column: ColumnId;
}

export const cellOf = (form: CanonicalForm): Cell => ({ row: rowOf(form), column: columnOf(form) });

/** `Z` of `Z[X]`. */
const base = (variable: string): string => variable.replace(/\[.*$/, "");

function rowOf(form: CanonicalForm): RowId {
  const paid = form.terms.filter(({ side }) => side === "compress");
  if (paid.length === 0) return "nothing";
  const rates = paid.filter((term) => isRate(term, form));
  if (rates.length === 0) return "penalty";
  const codes = form.latents.filter(({ name }) =>
    rates.some((term) => codesOf(term).some((code) => base(code) === name)),
  );
  const stream = (name: string): boolean => form.streams.includes(name);
  if (codes.some(({ from, given }) => ![...from, ...given].every(stream))) return "levels";
  const hidden = codes.filter((code) => isPrivate(code, form));
  if (hidden.length > 0 && hidden.length < codes.length) return "private";
  const conditioned = rates.filter(({ given }) => given.length > 0);
  if (conditioned.length === rates.length) return "conditional";
  if (conditioned.length > 0 || rates.some((term) => isPart(term, rates))) return "partial";
  if (codes.length > 1) return "views";
  if (rates.length < paid.length) return "penalised";
  return codes[0]!.from.length > 1 ? "joint" : "view";
}

/** What a term of a rate pays for: codes about something they are inferred from, or the entropy of a code. */
const codesOf = (term: CanonicalTerm): string[] => (term.functional === "H" ? term.left : term.right);

function isRate(term: CanonicalTerm, form: CanonicalForm): boolean {
  if (term.functional !== undefined) return term.functional === "H";
  return (
    !term.symmetric && term.right.every((code) => term.left.some((name) => reads(base(code), name, form)))
  );
}

function reads(code: string, name: string, form: CanonicalForm, seen: readonly string[] = []): boolean {
  const latent = form.latents.find((candidate) => candidate.name === code);
  if (latent === undefined || seen.includes(code)) return false;
  return [...latent.from, ...latent.given].some(
    (input) => input === name || reads(input, name, form, [...seen, code]),
  );
}

/** The rate of `Z[X]` beside that of the whole `Z`; components of a mixture stand without the whole. */
const isPart = ({ right }: CanonicalTerm, rates: readonly CanonicalTerm[]): boolean =>
  right.some((code) => code !== base(code) && rates.some((other) => other.right.includes(base(code))));

/** A code of one stream that only helps other codes to decode this stream. */
function isPrivate({ name, from }: CanonicalLatent, { terms }: CanonicalForm): boolean {
  const uses = terms.filter(
    ({ side, left, right }) => side === "keep" && [...left, ...right].some((used) => base(used) === name),
  );
  return (
    from.length === 1 &&
    uses.length > 0 &&
    uses.every((term) => !term.symmetric && term.right.length > 1 && `${term.left}` === from[0])
  );
}

function columnOf(form: CanonicalForm): ColumnId {
  const kept = form.terms.filter(({ side }) => side === "keep");
  const isStream = (name: string): boolean => form.streams.includes(name);
  const streams = new Set(kept.flatMap((term) => keptStreams(term).filter(isStream)));
  // The entropy of one code, or its spread, links it to nothing.
  const links = kept.filter(
    ({ functional, left, right }) =>
      (functional === undefined || functional === "TC") && ![...left, ...right].some(isStream),
  );
  if (links.length > 0) {
    if (streams.size > 0) return "linked";
    return links.some(({ family }) => hasCritic(family)) ? "critic" : "covariance";
  }
  if (streams.size === 0) return "none";
  const seen = [...streams].filter((name) => form.latents.some((code) => reads(code.name, name, form)));
  if (seen.length === 0) return "target";
  return streams.size > 1 ? "views" : "own";
}

/** What a decoder redraws; it may read other streams. Either side of a pair. */
const keptStreams = ({ left, right, symmetric }: CanonicalTerm): string[] =>
  symmetric ? [...left, ...right] : left;
