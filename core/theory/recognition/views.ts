/**
 * A method of any number of views at more of them than its file has: what its file says of each view is said of every
 * one, and a list that names all views names all of them still. So `I(X; Z)` beside `I(Y; Z)` becomes one term a view,
 * `I(Zx; Zy)` one a pair, and `I(X, Y; Z)` stays one.
 */
import { variableText } from "../terms/print";
import type { BoundRequest, Information, Latent, Spec, Term, Variable } from "../spec";

/** What belongs to one view: the stream, then its own codes, in the order of the file. */
type Family = readonly string[];

/**
 * @param views streams of the spec that are alike: exchanging any two of them leaves the loss as it is
 * @param count how many of them there are to be, no fewer than the spec has
 */
export function withViews(spec: Spec, views: readonly string[], count: number): Spec {
  const families = views.map((view): Family => [view, ...ownCodes(spec, view, views)]);
  const [first = []] = families;
  const added = Array.from({ length: count - views.length }, (_, i) =>
    first.map((name) => `${name}_${views.length + i + 1}`),
  );
  const all = [...families, ...added];
  const grow = new Growth(families, all);
  const copies = <T extends { name: string }>(items: readonly T[], position: number): T[] =>
    items
      .filter(({ name }) => name === first[position])
      .flatMap((item) => added.map((family) => ({ ...item, name: family[position]! })));
  const latents = spec.latents.flatMap((latent) => {
    const position = first.indexOf(latent.name);
    const own = added.flatMap((family) =>
      position < 0 ? [] : grow.latent({ ...latent, name: family[position]! }, renaming([first], [family])),
    );
    return [grow.latent(latent, (name) => name), ...own];
  });
  const terms = new Map<string, Term>();
  for (const chosen of selections(all, views.length)) {
    for (const term of spec.terms) {
      const grown = grow.term(term, renaming(families, chosen));
      const key = keyOf(grown);
      if (!terms.has(key)) terms.set(key, { ...grown, id: key });
    }
  }
  return {
    ...spec,
    streams: [...spec.streams, ...copies(spec.streams, 0)],
    latents,
    terms: [...terms.values()],
  };
}

/** Codes that read this view and none of the others. */
export const ownCodes = (spec: Spec, view: string, views: readonly string[]): string[] =>
  spec.latents
    .filter(({ from }) => from.includes(view) && from.filter((name) => views.includes(name)).length === 1)
    .map(({ name }) => name);

type Rename = (name: string) => string;

function renaming(from: readonly Family[], to: readonly Family[]): Rename {
  const names = new Map(from.flatMap((family, i) => family.map((name, at) => [name, to[i]![at]!] as const)));
  return (name) => names.get(name) ?? name;
}

/** Every way to take this many of the items, in any order. */
function selections<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, i) =>
    selections([...items.slice(0, i), ...items.slice(i + 1)], count - 1).map((rest) => [item, ...rest]),
  );
}

class Growth {
  /** Names of one place in all families: those of the file, and all there are to be. */
  private readonly kin: readonly { known: readonly string[]; all: readonly string[] }[];

  constructor(families: readonly Family[], all: readonly Family[]) {
    this.kin = (families[0] ?? []).map((_, at) => ({
      known: families.map((family) => family[at]!),
      all: all.map((family) => family[at]!),
    }));
  }

  latent(latent: Latent, rename: Rename): Latent {
    const { from } = latent.prior;
    return {
      ...latent,
      from: this.names(latent.from, rename),
      given: this.names(latent.given, rename),
      prior: { ...latent.prior, ...(from ? { from: this.names(from, rename) } : {}) },
    };
  }

  term(term: Term, rename: Rename): Term {
    const { information, bound } = term;
    const put = (side: readonly Variable[]): Variable[] => this.variables(side, rename);
    const grown: Information =
      information.kind === "functional"
        ? { ...information, of: put(information.of) }
        : {
            ...information,
            left: put(information.left),
            right: put(information.right),
            given: put(information.given),
          };
    return { ...term, information: grown, ...(bound ? { bound: this.request(bound, rename) } : {}) };
  }

  private request(bound: BoundRequest, rename: Rename): BoundRequest {
    const argument = (value: BoundRequest["arguments"][number]): typeof value => {
      if (typeof value === "string") return rename(value);
      return typeof value === "object" ? this.variables([value], rename)[0]! : value;
    };
    return { ...bound, arguments: bound.arguments.map(argument) };
  }

  private variables(side: readonly Variable[], rename: Rename): Variable[] {
    const plain = side.filter(({ subset }) => subset === undefined).map(({ name }) => name);
    const parts = side.flatMap(({ name, subset }) =>
      subset ? [{ name: rename(name), subset: this.names(subset, rename) }] : [],
    );
    return [...this.names(plain, rename).map((name) => ({ name })), ...parts];
  }

  private names(list: readonly string[], rename: Rename): string[] {
    const whole = this.kin.filter(({ known }) => known.every((name) => list.includes(name)));
    const named = list.filter((name) => !whole.some(({ known }) => known.includes(name)));
    return [...whole.flatMap(({ all }) => all), ...named.map(rename)];
  }
}

/** What a term says: which decoder redraws, and which side stands first, is left out. */
function keyOf({ side, weight, information, bound }: Term): string {
  const list = (variables: readonly Variable[]): string => variables.map(variableText).sort().join(", ");
  const about =
    information.kind === "functional"
      ? [information.functional, list(information.of)]
      : [...[list(information.left), list(information.right)].sort(), list(information.given)];
  const { name, arguments: values, options, flags } = bound ?? {};
  return JSON.stringify([side, weight, about, name, values, options, flags]);
}
