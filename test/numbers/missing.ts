/**
 * Streams that may be absent: every case of bounds and codes again, on batches whose rows lack some streams, and what only
 * such batches have. Which rows a term needs is read here from what the reference is asked, not from the spec.
 */
import { boundCases } from "./bounds";
import type { Case } from "./case";
import { codeCases } from "./codes";
import { lawCases } from "./laws";
import { networkCases } from "./networks";
import { declared, gaussian, keep, knobs, pay, X, Y } from "./words";

/** Share of the rows that lack each stream, if the spec has it. */
type Rates = Readonly<Record<string, number>>;

/** Of a batch of 11 one or two rows lack each, since covariances need more rows than dimensions. */
const FEW: Rates = { X: 0.2, Y: 0.1, T: 0.2, L: 0.2 };
/** Four lack X, four Y, and one of these both. */
const MANY: Rates = { X: 0.4, Y: 0.4, A: 0.3, V: 0.2, L: 0.2 };

interface Settings {
  streams: Record<string, unknown>;
  latents: Record<string, { from: string[]; given?: string[]; fusion?: string; prior?: unknown }>;
}

interface Term {
  kind: string;
  args?: (string | string[])[];
  given?: string | { inputs: string[] };
  codes?: string[];
  known?: string[];
  streams?: string[];
}

/** Lists of streams, one of each of which a row must have for a stream or a code. */
function needs(name: string, settings: Settings): string[][] {
  if (name in settings.streams) return name in MANY || name in FEW ? [[name]] : [];
  const [, base, subset] = /^([^[]+)(?:\[(.*)\])?$/.exec(name) as unknown as [string, string, string?];
  const latent = settings.latents[base]!;
  const all = (names: string[]): string[][] => names.flatMap((each) => needs(each, settings));
  const given = all(latent.given ?? []);
  if (subset === "") return [];
  // What a prior is made from is needed where that prior is one of the experts.
  const prior = latent.fusion?.includes("prior")
    ? all((latent.prior as { from?: string[] })?.from ?? [])
    : [];
  if (subset !== undefined) return [...all(subset.split(", ")), ...given, ...prior];
  if (latent.fusion?.includes("prior")) return [...given, ...prior];
  const inputs = latent.from.map((each) => needs(each, settings));
  if (inputs.length === 1) return [...inputs[0]!, ...given];
  // No case fuses codes that are fused themselves.
  return [...(inputs.some((each) => each.length === 0) ? [] : [inputs.flat(2)]), ...given];
}

function rows(term: Term, settings: Settings): string[][] {
  const of = (...names: (string | string[] | undefined)[]): string[][] =>
    names.flat().flatMap((name) => (name === undefined ? [] : needs(name, settings)));
  const prior = (code: string): string[] =>
    (settings.latents[code.split("[")[0]!]!.prior as { from?: string[] } | undefined)?.from ?? [];
  const args = term.args ?? [];
  switch (term.kind) {
    case "kl":
      return of(args[1], ...[args[1]!].flat().flatMap(prior));
    case "conditional": {
      const { given } = term;
      if (typeof given !== "string") return of(args[1], given!.inputs);
      return of(args[1], given.startsWith("prior ") ? prior(given.slice("prior ".length)) : given);
    }
    case "chain":
      return of(term.codes, term.streams, term.known);
    case "club":
    case "l1out":
    case "mws":
      return of(args.at(-1));
    default:
      return of(...args);
  }
}

/** Cases in which all modalities that have a rate may be absent. */
const withMissing = (cases: readonly Case[], rates: Rates): Case[] =>
  cases.flatMap((each) => absentIn(each, rates) ?? []);

/** The case on batches that lack streams; undefined when it has none of these, or its loss is not a list of terms. */
export function absentIn({ id, spec, reference }: Case, rates: Rates): Case | undefined {
  const settings = reference.settings as unknown as Settings;
  const absent = Object.keys(rates).filter((name) => new RegExp(`(modality|target) ${name} :`).test(spec));
  if (absent.length === 0 || reference.terms === undefined) return undefined;
  const terms = (reference.terms as Term[]).map((term) => {
    const clauses = rows(term, settings);
    return clauses.length > 0 ? { ...term, rows: clauses } : term;
  });
  const missing = absent.map((name) => `missing ${name} rate ${rates[name]}`);
  return { id, spec: `${spec}\n${missing.join("\n")}`, reference: { ...reference, terms } };
}

const views = `${declared.X}\n${declared.Y}\n${knobs}`;

/** One code of two views, fused in some way, which must redraw them. */
function fused(id: string, by: string, more: object): Case {
  return {
    id,
    spec: `${views}
      latent Z : gaussian(3) from X, Y ${by}
      compress I(X, Y; Z)
      keep I(X; Z)
      keep w * I(Y; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Z: gaussian(["X", "Y"], 3, more) } },
      terms: [
        pay("kl", [["X", "Y"], "Z"]),
        keep("gaussian", ["X", "Z"]),
        keep("gaussian", ["Y", "Z"], { weight: 0.4 }),
      ],
    },
  };
}

const own: Case[] = [
  fused("one network on both", "by concat", {}),
  fused("experts", "by poe", { fusion: "poe" }),
  fused("experts with the prior", "by poe(prior)", { fusion: "poe-prior" }),
  fused("the mean of two", "by mean", { fusion: "mean" }),
  {
    id: "one network on codes, critics of fused codes",
    spec: `${views}
      latent Zx : deterministic(3) from X
      latent Zy : deterministic(2) from Y
      latent Z : gaussian(3) from Zx, Zy by concat
      latent M : gaussian(3) from X, Y by mopoe
      latent E : gaussian(3) from X, Y by moe
      compress I(X, Y; Z) by club
      keep I(Z; M)
      keep I(Zx; E)
      keep I(M; E) by mine
      network critic M, E = mlp(6)`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: { X, Y },
        latents: {
          Zx: { law: "deterministic", size: 3, from: ["X"] },
          Zy: { law: "deterministic", size: 2, from: ["Y"] },
          Z: gaussian(["Zx", "Zy"], 3),
          M: gaussian(["X", "Y"], 3, { fusion: "mopoe" }),
          E: gaussian(["X", "Y"], 3, { fusion: "moe" }),
        },
      },
      terms: [
        pay("club", [["X", "Y"], "Z"]),
        keep("infonce", ["Z", "M"]),
        keep("infonce", ["Zx", "E"]),
        keep("mine", ["M", "E"]),
      ],
    },
  },
];

export const missingCases: readonly Case[] = [
  ...withMissing([...boundCases.filter((each) => !lawCases.includes(each)), ...networkCases], FEW),
  ...withMissing([...codeCases, ...lawCases, ...own], MANY),
];
