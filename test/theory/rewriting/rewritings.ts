/** Ways to write one loss: each gives another text of the same loss, or the same text where it has nothing to change. */
import type { Random } from "./random";
import type { Written, WrittenTerm } from "./written";

type Rewriting = (written: Written, random: Random) => Written;

const times = (factor: string, weight: string | undefined): string =>
  weight === undefined ? factor : `${factor} * ${weight}`;
const weighed = (term: WrittenTerm, factor: string): WrittenTerm => ({
  ...term,
  weight: times(factor, term.weight),
});
const list = (values: readonly string[]): string => [...values].sort().join(", ");

const isPlain = ({ functional, rest }: WrittenTerm): boolean => functional === undefined && rest === "";

/** Whether a kept term without `by` decodes streams. */
const isDecoded = (term: WrittenTerm, { latents }: Written): boolean =>
  term.side === "keep" &&
  isPlain(term) &&
  !term.left.some((name) => latents.some((latent) => name.replace(/\[.*/, "") === latent.name));

const withTerm = (written: Written, at: number, ...terms: WrittenTerm[]): Written => ({
  ...written,
  terms: written.terms.flatMap((term, i) => (i === at ? terms : [term])),
});

/** The first pair of terms that a test holds of. */
function pairOf(
  { terms }: Written,
  test: (a: WrittenTerm, b: WrittenTerm) => boolean,
): [number, number] | undefined {
  for (let i = 0; i < terms.length; i++)
    for (let j = i + 1; j < terms.length; j++) if (test(terms[i]!, terms[j]!)) return [i, j];
  return undefined;
}

/** Two terms as one. */
function joined(
  written: Written,
  test: (a: WrittenTerm, b: WrittenTerm) => boolean,
  join: (a: WrittenTerm, b: WrittenTerm) => WrittenTerm,
): Written {
  const [i, j] = pairOf(written, test) ?? [];
  if (i === undefined || j === undefined) return written;
  const one = join(written.terms[i]!, written.terms[j]!);
  const rest = written.terms.filter((_, at) => at !== j);
  return withTerm({ ...written, terms: rest }, i, one);
}

export const rewritings: Record<string, Rewriting> = {
  "sides turned": (written, random) => ({
    ...written,
    terms: written.terms.map((term) =>
      term.functional === undefined && random.chance()
        ? { ...term, left: term.right, right: term.left }
        : term,
    ),
  }),
  "lists shuffled": (written, random) => ({
    ...written,
    latents: written.latents.map((latent) => ({ ...latent, from: random.shuffled(latent.from) })),
    terms: written.terms.map((term) =>
      term.functional === undefined
        ? { ...term, left: random.shuffled(term.left), right: random.shuffled(term.right) }
        : term,
    ),
  }),
  "an overall factor": (written, random) => {
    const factor = random.pick(["0.5", "3", "1/7"]);
    return { ...written, terms: written.terms.map((term) => weighed(term, factor)) };
  },
  "one over a knob": (written, random) => {
    const free = written.knobs.filter(({ name, from }) => name !== "beta" && from > 0);
    if (free.length === 0) return written;
    const { name } = random.pick(free);
    return {
      ...written,
      knobs: written.knobs.map((knob) =>
        knob.name === name ? { ...knob, value: 1 / knob.value, from: 1 / knob.to, to: 1 / knob.from } : knob,
      ),
      terms: written.terms.map((term) =>
        term.weight === undefined
          ? term
          : { ...term, weight: term.weight.replace(new RegExp(`\\b${name}\\b`, "g"), `(1 / ${name})`) },
      ),
    };
  },
  "beta on the side of the cost": (written) => {
    if (!written.terms.some(({ side }) => side === "compress")) return written;
    return {
      ...written,
      knobs: written.knobs.map((knob) =>
        knob.name === "beta"
          ? { ...knob, name: "cost", value: 1 / knob.value, from: 1 / knob.to, to: 1 / knob.from }
          : knob,
      ),
      terms: written.terms.map((term) =>
        term.side === "compress" && written.knobs.some(({ name }) => name === "beta")
          ? weighed(term, "cost")
          : term,
      ),
    };
  },
  "a term in two": (written, random) => {
    const at = random.below(written.terms.length);
    const term = written.terms[at]!;
    // A bound with a target is no sum of halves.
    if (/ (at|below|floor) /.test(term.rest)) return written;
    return withTerm(written, at, weighed(term, "0.25"), weighed(term, "0.75"));
  },
  "terms of weight zero": (written, random) => {
    const stream = written.others.flatMap((line) => /^modality (\w+) :/.exec(line)?.[1] ?? [])[0]!;
    const { name } = random.pick(written.latents);
    const zero: WrittenTerm = {
      side: "keep",
      weight: "0",
      left: [stream],
      right: [name],
      given: [],
      rest: "",
    };
    return { ...written, terms: [...written.terms, zero] };
  },
  "streams decoded together": (written) =>
    joined(
      written,
      (a, b) =>
        isDecoded(a, written) &&
        isDecoded(b, written) &&
        a.weight === b.weight &&
        list(a.right) === list(b.right),
      (a, b) => ({ ...a, left: [...a.left, ...b.left] }),
    ),
  "codes paid for together": (written) =>
    joined(
      written,
      (a, b) =>
        [a, b].every((term) => term.side === "compress" && isPlain(term) && term.given.length === 0) &&
        a.weight === b.weight &&
        list(a.left) === list(b.left) &&
        [...a.right, ...b.right].every((name) => !name.includes("[")),
      (a, b) => ({ ...a, right: [...a.right, ...b.right] }),
    ),
  "what is given, left out or named": (written) => ({
    ...written,
    terms: written.terms.map((term) => {
      if (term.given.length === 0) return term;
      const isCodes = term.left.every((name) => written.latents.some((latent) => latent.name === name));
      const side = isCodes ? "right" : "left";
      const beyond = term[side].filter((name) => !term.given.includes(name));
      return { ...term, [side]: beyond.length < term[side].length ? beyond : [...beyond, ...term.given] };
    }),
  }),
  "a scale of a likelihood, weighed back": (written, random) => {
    const at = written.terms.findIndex((term) => isDecoded(term, written));
    if (at < 0) return written;
    const term = written.terms[at]!;
    const vectors = written.others.flatMap((line) => /^modality (\w+) : vector/.exec(line)?.[1] ?? []);
    if (!term.left.every((name) => vectors.includes(name))) return written;
    const [scale, square] = random.pick([
      ["0.5", "0.25"],
      ["2", "4"],
    ] as const);
    return withTerm(written, at, { ...weighed(term, square), rest: ` by gaussian(${scale})` });
  },
  "another likelihood": (written) => {
    const vectors = written.others.flatMap((line) => /^modality (\w+) : vector/.exec(line)?.[1] ?? []);
    return {
      ...written,
      terms: written.terms.map((term) =>
        isDecoded(term, written) && term.left.every((name) => vectors.includes(name))
          ? { ...term, rest: " by laplace" }
          : term,
      ),
    };
  },
  "other sizes": (written) => ({
    ...written,
    others: written.others.map((line) =>
      line.replace("vector(64)", "vector(23)").replace("label(10)", "label(7)"),
    ),
  }),
  "what no term reads": (written) => ({
    ...written,
    others: [...written.others, "modality Q : vector(3)", "observe q : label(3)"],
    latents: [...written.latents, { name: "Zq", law: "deterministic", from: ["Q"], rest: "" }],
  }),
  "networks and training": (written, random) => ({
    ...written,
    others: [
      ...written.others,
      `network encoder ${random.pick(written.latents).name} = mlp(32)`,
      "train { epochs = 3, batch = 256 }",
    ],
  }),
};

/** The text under other names of streams, codes and knobs. */
export function renamed(text: string, written: Written, random: Random): string {
  const streams = written.others.flatMap(
    (line) => /^(?:modality|target|observe) (\w+)/.exec(line)?.[1] ?? [],
  );
  const old = [
    ...streams,
    ...written.latents.map(({ name }) => name),
    ...written.knobs.map(({ name }) => name).filter((name) => name !== "beta"),
  ];
  const fresh = random.shuffled(old.map((_, i) => `n${i}`));
  const names = new Map(old.map((name, i) => [name, fresh[i]!]));
  return text.replace(/\b\w+\b/g, (word) => names.get(word) ?? word);
}
