/**
 * Views that can change places: exchanging two of them, with their own codes, leaves the spec as it is. A loss of many
 * such views says of each what it says of all, so it is known by a few of them. Comparing it whole would cost too much:
 * its terms grow with the number of subsets, and its namings with the number of orders.
 */
import type { BoundRequest, Information, Latent, Spec, Term, Variable } from "../spec";
import { termText, variablesOf } from "../terms/print";
import { ownCodes } from "./views";

/** The stream of a view and the codes that read it and no other view. */
type Family = readonly string[];

/** The largest set of modalities of which any two can change places, in the order of the spec. Takes time n² · terms. */
export function orbitOf(spec: Spec): string[] {
  const views = spec.streams
    .filter(({ role, derived }) => role === "modality" && derived === undefined)
    .map(({ name }) => name);
  const orbits: string[][] = [];
  const own = keyOf(spec, (name) => name);
  for (const view of views) {
    const home = orbits.find(([first]) => {
      const [a, b] = [familyOf(spec, first!, views), familyOf(spec, view, views)];
      return a.length === b.length && keyOf(spec, exchange(a, b)) === own;
    });
    if (home) home.push(view);
    else orbits.push([view]);
  }
  return orbits.reduce((most, orbit) => (orbit.length > most.length ? orbit : most), []);
}

const familyOf = (spec: Spec, view: string, views: readonly string[]): Family => [
  view,
  ...ownCodes(spec, view, views),
];

function exchange(a: Family, b: Family): (name: string) => string {
  const names = new Map(a.flatMap((name, i) => [[name, b[i]!] as const, [b[i]!, name] as const]));
  return (name) => names.get(name) ?? name;
}

/** What recognition reads of a spec as text, whatever its order, with other names. */
function keyOf({ latents, terms }: Spec, rename: (name: string) => string): string {
  const list = (names: readonly string[] = []): string[] => names.map(rename).sort();
  const variable = ({ name, subset }: Variable): string =>
    subset ? `${rename(name)}[${list(subset).join(", ")}]` : rename(name);
  const side = (variables: readonly Variable[]): string => variables.map(variable).sort().join(", ");
  const bound = ({ name, arguments: values, options, flags, as }: BoundRequest): unknown => [
    name,
    values.map((value) =>
      typeof value === "string" ? rename(value) : typeof value === "object" ? variable(value) : value,
    ),
    options,
    flags,
    as,
  ];
  const about = (information: Information): unknown =>
    information.kind === "functional"
      ? [information.functional, side(information.of), information.each]
      : [[side(information.left), side(information.right)].sort(), side(information.given)];
  const codes = latents.map(({ name, law, from, given, fusion, prior, encoder }) =>
    JSON.stringify([
      rename(name),
      law,
      list(from),
      list(given),
      fusion,
      prior.name,
      prior.arguments,
      list(prior.from),
      encoder === undefined ? "" : rename(encoder),
    ]),
  );
  const said = terms.map((term) =>
    JSON.stringify([
      term.side,
      term.weight,
      about(term.information),
      term.bound && bound(term.bound),
      term.target && [term.target.mode, term.target.value, term.target.each !== undefined],
      term.drawn && [term.drawn.name, term.drawn.of, term.drawn.count],
    ]),
  );
  return [...codes.sort(), ...said.sort()].join("\n");
}

/**
 * A spec less some of its views: lists of all views become lists of those left, and what names another goes. A list of all
 * that becomes one which the spec has already, as one of all subsets, goes too.
 */
export function withoutViews(spec: Spec, orbit: readonly string[], dropped: readonly string[]): Spec {
  const families = orbit.map((view) => familyOf(spec, view, orbit));
  const gone = new Set(families.filter(([view]) => dropped.includes(view!)).flat());
  const kin = families[0]!.map((_, at) => families.map((family) => family[at]!));
  /** The names that are left; undefined where some but not all of one kind were listed. */
  const rest = (names: readonly string[]): string[] | undefined => {
    const touched = names.filter((name) => gone.has(name));
    const whole = (name: string): boolean =>
      kin.some((all) => all.includes(name) && all.every((each) => names.includes(each)));
    return touched.every(whole) ? names.filter((name) => !gone.has(name)) : undefined;
  };
  const latents = spec.latents.flatMap((latent): Latent[] => {
    const [from, given, above] = [rest(latent.from), rest(latent.given), rest(latent.prior.from ?? [])];
    if (gone.has(latent.name) || !from?.length || !given || !above) return [];
    const prior = { ...latent.prior, ...(latent.prior.from ? { from: above } : {}) };
    return [{ ...latent, from, given, prior }];
  });
  const side = (variables: readonly Variable[]): Variable[] | undefined => {
    const left = rest(variables.flatMap(({ name, subset }) => (subset ? [] : [name])));
    const parts = variables.flatMap(({ name, subset }) => (subset ? [name, ...subset] : []));
    if (left === undefined || parts.some((name) => gone.has(name))) return undefined;
    return variables
      .filter(({ name, subset }) => subset ?? left.includes(name))
      .map((variable) => (isWhole(variable, latents) ? { name: variable.name } : variable));
  };
  const kept = spec.terms.flatMap((term): { term: Term; narrowed: boolean }[] => {
    const information = informationOf(term.information, side);
    if (information === undefined) return [];
    const narrowed = variablesOf(term).length > variablesOf({ information }).length;
    return [{ term: { ...term, information }, narrowed }];
  });
  const listed = new Set(kept.flatMap(({ term, narrowed }) => (narrowed ? [] : [termText(term)])));
  const streams = spec.streams.filter(
    ({ name, derived }) => !gone.has(name) && !gone.has(derived?.of ?? name),
  );
  const here = new Set([...streams, ...latents].map(({ name }) => name));
  return {
    ...spec,
    streams,
    latents,
    terms: kept
      .filter(({ term, narrowed }) => !(narrowed && listed.has(termText(term))))
      .map(({ term }) => term)
      .filter((term) => variablesOf(term).every(({ name }) => here.has(name))),
    wants: [],
    networks: [],
    missing: spec.missing.filter(({ stream }) => here.has(stream)),
  };
}

/** Whether a subset is all inputs of its code. */
const isWhole = ({ name, subset }: Variable, latents: readonly Latent[]): boolean => {
  const from = latents.find((latent) => latent.name === name)?.from ?? [];
  return subset?.length === from.length && from.every((input) => subset.includes(input));
};

/** With other sides; undefined where one is not there, or nothing is left of it. */
function informationOf(
  information: Information,
  side: (variables: readonly Variable[]) => Variable[] | undefined,
): Information | undefined {
  if (information.kind === "functional") {
    const of = side(information.of);
    return of?.length ? { ...information, of } : undefined;
  }
  const [left, right, given] = [side(information.left), side(information.right), side(information.given)];
  return left?.length && right?.length && given ? { ...information, left, right, given } : undefined;
}
