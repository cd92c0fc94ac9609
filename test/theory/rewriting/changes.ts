/** One change to a loss that makes another loss of it; nothing where the loss has no place for such a change. */
import type { Random } from "./random";
import type { Written, WrittenTerm } from "./written";

type Change = (written: Written, random: Random) => Written | undefined;

const bare = (name: string): string => name.replace(/\[.*/, "");
const fusions = [
  "",
  " by poe",
  " by poe(prior)",
  " by poe(weights = learned)",
  " by moe",
  " by mopoe",
  " by mean",
];

/** Bounds between two codes, each of a family of its own. */
const links = ["mine", "infonce", "nwj", "js", "flo", "canonical", "cca", "barlow", "vicreg", "siglip"];

const withLatent = (written: Written, at: number, change: Partial<Written["latents"][number]>): Written => ({
  ...written,
  latents: written.latents.map((latent, i) => (i === at ? { ...latent, ...change } : latent)),
});

const withTerms = (written: Written, terms: WrittenTerm[]): Written => ({ ...written, terms });

/** Whether a code is read from all its inputs at once, so that its fusion matters. */
const isWhole = ({ terms }: Written, name: string): boolean =>
  terms.some(({ left, right, rest }) => [...left, ...right].includes(name) || rest.includes(`(${name})`));

const modalities = ({ others }: Written): string[] =>
  others.flatMap((line) => /^modality (\w+)/.exec(line)?.[1] ?? []);

/** Two codes of different streams. */
function twoCodes({ latents }: Written, random: Random): [string, string] | undefined {
  const [first, ...others] = random.shuffled(latents);
  const second = others.find(({ from }) => !from.some((name) => first!.from.includes(name)));
  return first && second ? [first.name, second.name] : undefined;
}

export const changes: Record<string, Change> = {
  "a term dropped": (written, random) => {
    if (written.terms.length < 2) return undefined;
    const at = random.below(written.terms.length);
    return withTerms(
      written,
      written.terms.filter((_, i) => i !== at),
    );
  },
  "a stream also decoded": (written, random) => {
    const codes = random.shuffled(written.latents.map(({ name }) => name)).slice(0, 1 + random.below(2));
    const stream = random.pick(modalities(written));
    const known = written.terms.some(
      ({ side, left, right, rest, given }) =>
        side === "keep" &&
        !/infonce|mine/.test(rest) &&
        left.includes(stream) &&
        [...right, ...given].filter((name) => codes.includes(bare(name))).length > 0,
    );
    if (known) return undefined;
    const term: WrittenTerm = { side: "keep", left: [stream], right: codes, given: [], rest: "" };
    return withTerms(written, [...written.terms, term]);
  },
  "codes also linked": (written, random) => {
    const pair = twoCodes(written, random);
    const known = written.terms.some(
      ({ side, left, right }) => side === "keep" && pair?.every((name) => [...left, ...right].includes(name)),
    );
    if (pair === undefined || known) return undefined;
    const rest = ` by ${random.pick(["infonce", "mine", "nwj"])}`;
    return withTerms(written, [
      ...written.terms,
      { side: "keep", left: [pair[0]], right: [pair[1]], given: [], rest },
    ]);
  },
  "codes also kept apart": (written, random) => {
    const codes = written.latents.filter(({ law }) => law === "gaussian");
    if (codes.length === 0) return undefined;
    const { name } = random.pick(codes);
    if (written.terms.some(({ functional }) => functional === "TC")) return undefined;
    const term: WrittenTerm = {
      side: "compress",
      functional: "TC",
      left: [name],
      right: [],
      given: [],
      rest: " by density-ratio",
    };
    return withTerms(written, [...written.terms, term]);
  },
  "a link by another bound": (written, random) => {
    const at = written.terms.findIndex(({ side, functional, rest }) => {
      const [, bound = ""] = /^ by ([\w-]+)/.exec(rest) ?? [];
      return side === "keep" && functional === undefined && links.includes(bound);
    });
    if (at < 0) return undefined;
    const term = written.terms[at]!;
    const own = /^ by ([\w-]+)/.exec(term.rest)![1];
    const rest = ` by ${random.pick(links.filter((bound) => bound !== own))}`;
    return withTerms(
      written,
      written.terms.map((other, i) => (i === at ? { ...term, rest } : other)),
    );
  },
  "another fusion": (written, random) => {
    const fused = written.latents.flatMap(({ name, from }, i) =>
      from.length > 1 && isWhole(written, name) ? [i] : [],
    );
    if (fused.length === 0) return undefined;
    const at = random.pick(fused);
    const [, own = "", given = ""] = /^( by .*?)?( given .*)?$/.exec(written.latents[at]!.rest) ?? [];
    return withLatent(written, at, { rest: random.pick(fusions.filter((each) => each !== own)) + given });
  },
  "another law": (written, random) => {
    const at = random.below(written.latents.length);
    const { law } = written.latents[at]!;
    const others = ["gaussian", "deterministic", "sphere"].filter((other) => other !== law);
    return withLatent(written, at, { law: random.pick(others) });
  },
  "another prior": (written, random) => {
    const paid = written.latents.filter(
      ({ name, law }) =>
        law === "gaussian" &&
        written.terms.some(
          ({ side, left, right, given, rest }) =>
            side === "compress" &&
            [...left, ...right].includes(name) &&
            given.length === 0 &&
            !/by mws/.test(rest),
        ) &&
        !written.others.some((line) => line.startsWith(`prior ${name} =`)),
    );
    if (paid.length === 0) return undefined;
    const prior = random.pick(["mixture(5)", "learned", "vamp(20)"]);
    return { ...written, others: [...written.others, `prior ${random.pick(paid).name} = ${prior}`] };
  },
  "other inputs": (written, random) => {
    const at = random.below(written.latents.length);
    const { from } = written.latents[at]!;
    const streams = modalities(written);
    const other = streams.find((name) => !from.includes(name));
    if (other === undefined) return undefined;
    // From the other view instead may be the same loss, with the views' names exchanged.
    return withLatent(written, at, {
      from: from.length > 1 ? from.slice(0, 1) : [...from, other],
      rest: from.length > 1 ? "" : written.latents[at]!.rest,
    });
  },
  "a weight of its own": (written, random) => {
    // On a side whose terms have fixed ratios, and more than one of them.
    const side = random.pick(["compress", "keep"] as const);
    const fixed = written.terms.filter((term) => term.side === side && !/[a-z]/.test(term.weight ?? ""));
    if (fixed.length < 2) return undefined;
    const changed = random.pick(fixed);
    const weight = changed.weight === undefined ? "0.37" : `0.37 * ${changed.weight}`;
    return withTerms(
      written,
      written.terms.map((term) => (term === changed ? { ...term, weight } : term)),
    );
  },
  "a knob of its own": (written, random) => {
    const side = random.pick(["compress", "keep"] as const);
    const fixed = written.terms.filter((term) => term.side === side && !/[a-z]/.test(term.weight ?? ""));
    if (fixed.length < 2) return undefined;
    const changed = random.pick(fixed);
    const weight = changed.weight === undefined ? "own" : `own * ${changed.weight}`;
    return {
      ...written,
      knobs: [...written.knobs, { name: "own", value: 0.5, from: 0.1, to: 10, log: true }],
      terms: written.terms.map((term) => (term === changed ? { ...term, weight } : term)),
    };
  },
};
