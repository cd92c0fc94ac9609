/**
 * Views that can change places: exchanging two of them, with their own codes, leaves the spec as it is. A loss of many
 * such views says of each what it says of all, so it is known by a few of them. Comparing it whole would cost too much:
 * its terms grow with the number of subsets, and its namings with the number of orders.
 */
import type { BoundRequest, Information, Latent, Spec, Term, Variable } from "../spec";
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
      term.target,
      term.drawn && [term.drawn.name, term.drawn.of, term.drawn.count],
    ]),
  );
  return [...codes.sort(), ...said.sort()].join("\n");
}

/** A spec less some of its views: lists of all views become lists of those left, and what names another goes. */
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
  const known = new Set(latents.map(({ name }) => name));
  const side = (variables: readonly Variable[]): Variable[] | undefined => {
    const left = rest(variables.flatMap(({ name, subset }) => (subset ? [] : [name])));
    const parts = variables.filter(({ subset }) => subset);
    if (
      left === undefined ||
      parts.some(({ name, subset }) => [name, ...subset!].some((one) => gone.has(one)))
    )
      return undefined;
    return variables.filter(({ name, subset }) => subset ?? left.includes(name));
  };
  const terms = spec.terms.flatMap((term): Term[] => {
    const { information } = term;
    if (information.kind === "functional") {
      const of = side(information.of);
      return of?.length ? [{ ...term, information: { ...information, of } }] : [];
    }
    const [left, right, given] = [side(information.left), side(information.right), side(information.given)];
    return left?.length && right?.length && given
      ? [{ ...term, information: { ...information, left, right, given } }]
      : [];
  });
  const streams = spec.streams.filter(
    ({ name, derived }) => !gone.has(name) && !gone.has(derived?.of ?? name),
  );
  const here = new Set(streams.map(({ name }) => name));
  const isKnown = ({ name }: Variable): boolean => known.has(name) || here.has(name);
  return {
    ...spec,
    streams,
    latents,
    terms: terms.filter(({ information }) =>
      (information.kind === "functional"
        ? information.of
        : [...information.left, ...information.right, ...information.given]
      ).every(isKnown),
    ),
    wants: [],
    networks: [],
    missing: spec.missing.filter(({ stream }) => here.has(stream)),
  };
}
