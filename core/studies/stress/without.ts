/** Statements of a spec without some of its names: what reads them loses them, and goes where nothing is left of it. */
import type {
  Call,
  InformationTerm,
  LatentStatement,
  Name,
  Statement,
  Value,
  Variable,
  Want,
  WeightedTerm,
} from "../../language/tree";

/** Leaves out streams or codes by name, with all that needs them. */
export function without(statements: readonly Statement[], names: readonly string[]): Statement[] {
  const gone = new Set(names);
  // A code or a made stream that has lost its inputs is gone too, and so is what reads it.
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const one of statements)
      if ((one.kind === "latent" || one.kind === "stream") && isGone(one, gone)) gone.add(one.name.text);
  }
  return statements.flatMap((one) => reduced(one, gone) ?? []);
}

function isGone(one: Extract<Statement, { kind: "latent" | "stream" }>, gone: ReadonlySet<string>): boolean {
  if (one.kind === "latent") return left(one.from, gone).length === 0;
  return one.derived?.args.some(({ value }) => mentions(value, gone)) ?? false;
}

const left = (names: readonly Name[], gone: ReadonlySet<string>): Name[] =>
  names.filter(({ text }) => !gone.has(text));

/** Whether a value has one of the names. */
function mentions(value: Value, gone: ReadonlySet<string>): boolean {
  switch (value.kind) {
    case "name":
      return gone.has(value.text);
    case "variable":
      return [value.name, ...(value.subset ?? [])].some(({ text }) => gone.has(text));
    case "call":
      return value.args.some((one) => mentions(one.value, gone));
    case "list":
      return value.items.some((one) => mentions(one, gone));
    case "binary":
      return mentions(value.left, gone) || mentions(value.right, gone);
    case "negation":
      return mentions(value.value, gone);
    default:
      return false;
  }
}

/** The statement without the names; undefined where nothing of it is left. */
function reduced(one: Statement, gone: ReadonlySet<string>): Statement | undefined {
  switch (one.kind) {
    case "stream":
      return gone.has(one.name.text) ? undefined : one;
    case "latent":
      return gone.has(one.name.text) ? undefined : latentWithout(one, gone);
    case "share": {
      const names = left(one.names, gone);
      return names.length > 1 ? { ...one, names } : undefined;
    }
    case "prior": {
      const from = one.from && left(one.from, gone);
      return gone.has(one.name.text) || from?.length === 0 ? undefined : { ...one, ...(from && { from }) };
    }
    case "term": {
      const terms = one.terms.flatMap((term) => weightedWithout(term, gone) ?? []);
      return terms.length > 0 ? { ...one, terms } : undefined;
    }
    case "separate":
      return [one.left, one.right].some((each) => mentions(each, gone)) ? undefined : one;
    case "want": {
      const wants = one.wants.flatMap((want) => wantWithout(want, gone) ?? []);
      return wants.length > 0 ? { ...one, wants } : undefined;
    }
    case "network": {
      const names = left(one.names, gone);
      // A critic scores all that it names.
      const whole = one.role === "critic" ? names.length === one.names.length : names.length > 0;
      return whole ? { ...one, names } : undefined;
    }
    case "missing":
      return gone.has(one.name.text) ? undefined : one;
    default:
      return one;
  }
}

function latentWithout(one: LatentStatement, gone: ReadonlySet<string>): LatentStatement {
  const { fusion, ...rest } = one;
  const from = left(one.from, gone);
  const fits =
    fusion !== undefined && (from.length === one.from.length || (from.length > 1 && !names(fusion)));
  return { ...rest, from, given: left(one.given, gone), ...(fits && { fusion }) };
}

/** Whether a fusion has options that may count its inputs. */
const names = ({ args }: Call): boolean => args.some(({ value }) => value.kind === "list");

function weightedWithout(one: WeightedTerm, gone: ReadonlySet<string>): WeightedTerm | undefined {
  const term = informationWithout(one.term, gone);
  if (term === undefined) return undefined;
  const { bound, ...rest } = one;
  const named = bound?.args.some(({ value }) => mentions(value, gone)) ?? false;
  const unconditional = isConditional(one.term) && !isConditional(term);
  // A bound that names what is gone, or needs a condition, leaves its place to the default.
  return { ...rest, term, ...(bound && !named && !unconditional && { bound }) };
}

const isConditional = (one: InformationTerm): boolean => one.kind === "information" && one.given.length > 0;

function informationWithout(one: InformationTerm, gone: ReadonlySet<string>): InformationTerm | undefined {
  if (one.kind === "functional") {
    const of = variablesWithout(one.of, gone);
    // What several codes have in common is another quantity than the spread of one.
    return of.length === one.of.length || of.length > 1 ? { ...one, of } : undefined;
  }
  const sides = [variablesWithout(one.left, gone), variablesWithout(one.right, gone)] as const;
  if (sides.some((side) => side.length === 0)) return undefined;
  return { ...one, left: sides[0], right: sides[1], given: variablesWithout(one.given, gone) };
}

/** A code that is inferred from a subset is inferred from what is left of it, and is gone with the last of it. */
function variablesWithout(variables: readonly Variable[], gone: ReadonlySet<string>): Variable[] {
  return variables.flatMap((one): Variable[] => {
    if (gone.has(one.name.text)) return [];
    if (one.subset === undefined || one.subset.length === 0) return [one];
    const subset = left(one.subset, gone);
    return subset.length > 0 ? [{ ...one, subset }] : [];
  });
}

function wantWithout(want: Want, gone: ReadonlySet<string>): Want | undefined {
  const of = left(want.of, gone);
  const within = left(want.in, gone);
  if (of.length < want.of.length && of.length < 2) return undefined;
  if (want.in.length > 0 && within.length === 0) return undefined;
  return { ...want, of, in: within };
}
