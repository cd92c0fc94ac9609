import { add, sub, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower } from "../terms/names";
import { variableText } from "../terms/print";
import { ancestors, latentOf, paymentOf, streamOf } from "../terms/roles";
import type { Spec, Stream, Term, Variable } from "../spec";
import { refusesRate } from "./density";
import { kl } from "./kl";
import { likelihoodOf, likelihoods } from "./likelihoods";

/** Codes whose rates are paid, and what else the decoder of their inputs is told. */
interface Chain {
  codes: Variable[];
  known: Variable[];
}

/** Two codes neither of which reads the other, or one code and targets that it does not read. */
function chainOf(term: Term, spec: Spec): Chain | undefined {
  if (term.information.kind !== "information" || term.information.given.length > 0) return undefined;
  const payment = paymentOf(term, spec);
  if (payment) {
    const targets = payment.about.every((variable) => streamOf(spec, variable)?.role === "target");
    return targets && payment.codes.length === 1 ? { codes: payment.codes, known: payment.about } : undefined;
  }
  const codes = [...term.information.left, ...term.information.right];
  const latents = codes.every((code) => latentOf(spec, code) !== undefined);
  return latents && codes.length === 2 ? { codes, known: [] } : undefined;
}

const read = (code: Variable, spec: Spec): Set<string> => new Set(code.subset ?? ancestors(spec, code.name));

/** Streams that the codes read, through other latents too. */
function inputsOf({ codes }: Chain, spec: Spec): Stream[] {
  const names = new Set(codes.flatMap((code) => [...read(code, spec)]));
  return spec.streams.filter(({ name }) => names.has(name));
}

function refuses(term: Term, spec: Spec): string | undefined {
  const chain = chainOf(term, spec);
  if (chain === undefined)
    return "`chain` needs two codes, as in `separate Z, W`, or a code and a target that it does not read, as in `I(S; Z)`. For the information that a code carries about its inputs, use `kl`, `club` or `l1out`.";
  const fault = chain.codes.map((code) => refusesRate("chain", code, spec)).find(Boolean);
  if (fault !== undefined) return fault;
  const [first, second] = chain.codes;
  const shared =
    second &&
    [...read(first!, spec)].find((name) => latentOf(spec, { name }) && read(second, spec).has(name));
  return shared === undefined
    ? undefined
    : `\`chain\` needs codes that are independent given the streams, but both read the noise of \`${shared}\`. Infer one of them from the streams only.`;
}

/** The parts of the sum: each a bound of its own on a term of its own. */
function partsOf(
  term: Term,
  spec: Spec,
): { bound: Bound; of: string; term: Term; request?: Term["bound"] }[] {
  const chain = chainOf(term, spec)!;
  const streams = inputsOf(chain, spec);
  const inputs = streams.map(({ name }) => ({ name }));
  const about = (left: Variable[], right: Variable[]): Term["information"] => ({
    kind: "information",
    left,
    right,
    given: [],
  });
  return [
    ...chain.codes.map((code) => ({
      bound: kl,
      of: variableText(code),
      term: { ...term, information: about(inputs, [code]) },
    })),
    ...streams.map((stream) => ({
      ...likelihoodOf(stream, spec),
      of: stream.name,
      term: {
        ...term,
        side: "keep" as const,
        information: about([{ name: stream.name }], [...chain.codes, ...chain.known]),
      },
    })),
  ];
}

/** Between the bound, what it is about, and the name of an argument. */
const SEPARATOR = "/";

export const chain: Bound = {
  id: "chain",
  title: "Chain rule",
  side: "upper",
  serves: ["compress"],
  reads: "information plus entropy",
  family: "chain",
  doc: "I(Z; W) = I(X; Z) + I(X; W) − I(X; Z, W) for codes that are independent given X. Rates bound the first two from above, and a decoder bounds the last from below. With a known S, I(S; Z) = I(X, S; Z) − I(X; Z | S) in the same way. No critic is needed.",
  gap: "The gaps of the rates and of the decoder, and the entropy of the decoded streams (given the known factor, if there is one), which is a constant.",
  needs: "codes that are independent given the streams they read",
  citation: "Hwang et al. 2020 for two codes; Moyer et al. 2018 for a known factor",
  example: "separate Z, W weight 1 by chain",
  symbol: ({ left, right }) => `Chain(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{chain}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `Chain(${left}; ${right}) = the rates of the codes − ⟨log p(x|${lower(left)}, ${lower(right)})⟩, x the streams that the codes read`,
  latex: ({ left, right }) => {
    const [z, w] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\sum_{\\text{codes}} \\mathrm{KL} - \\frac{1}{N} \\sum_{i=1}^{N} \\log p(x_i \\mid ${indexed(z, "_i")}, ${indexed(w, "_i")})`;
  },
  proof(term, spec) {
    const { codes, known } = chainOf(term, spec)!;
    const X = inputsOf({ codes, known }, spec)
      .map(({ name }) => name)
      .join(", ");
    const write = (tex: boolean): { line: string; bound: string } => {
      const name = (text: string): string => (tex ? latexNames(text) : text);
      const bar = tex ? " \\mid " : " | ";
      const [first, second] = [...codes, ...known].map((variable) => name(variableText(variable))) as [
        string,
        string,
      ];
      const [x, z, w] = [lower(name(X)), lower(first), lower(second)];
      const given = known.length > 0;
      const rate = (code: string): string =>
        tex
          ? `\\langle D_{\\mathrm{KL}}(q(${code} \\mid ${x}) \\,\\|\\, r(${code})) \\rangle`
          : `⟨KL(q(${code}|${x}) ‖ r(${code}))⟩`;
      const decoded = tex ? `\\langle \\log p(${x} \\mid ${z}, ${w}) \\rangle` : `⟨log p(${x}|${z}, ${w})⟩`;
      const minus = tex ? "-" : "−";
      const entropy = given ? `H(${name(X)}${bar}${second})` : `H(${name(X)})`;
      const whole = given
        ? `I(${second}; ${first}) = I(${name(X)}; ${first}) ${minus} I(${name(X)}; ${first}${bar}${second})`
        : `I(${first}; ${second}) = I(${name(X)}; ${first}) + I(${name(X)}; ${second}) ${minus} I(${name(X)}; ${first}, ${second})`;
      const rates = given ? rate(z) : `${rate(z)} + ${rate(w)}`;
      return { line: whole, bound: `${rates} ${minus} ${decoded} ${minus} ${entropy}` };
    };
    const [text, tex] = [write(false), write(true)];
    return {
      formula: `${text.line} ≤ ${text.bound}`,
      latex: `${tex.line} \\le ${tex.bound}`,
      by: `${known.length > 0 ? "The chain rule of information for a code that gets the factor only through its inputs" : "The chain rule of information for codes that are independent given their inputs"}, then Gibbs' inequality for the rates and for the decoder; their divergences are dropped.`,
    };
  },
  options: [],
  refuses,
  arguments(term, model) {
    const entries = partsOf(term, model.spec).flatMap(({ bound, of, term: part, request }) =>
      Object.entries(bound.arguments(part, model, request)).map(([name, value]): [string, Expr] => [
        [bound.id, of, name].join(SEPARATOR),
        value,
      ]),
    );
    return Object.fromEntries(entries);
  },
  value(args) {
    const parts = new Map<string, Record<string, Expr>>();
    for (const [key, value] of Object.entries(args)) {
      const [id, of, name] = key.split(SEPARATOR) as [string, string, string];
      const part = `${id}${SEPARATOR}${of}`;
      parts.set(part, { ...parts.get(part), [name]: value });
    }
    const [rates, decoded]: [Expr[], Expr[]] = [[], []];
    for (const [part, own] of parts) {
      const likelihood = likelihoods.find(({ id }) => part.startsWith(`${id}${SEPARATOR}`));
      (likelihood ? decoded : rates).push((likelihood ?? kl).value(own));
    }
    return decoded.reduce(
      (total, value) => sub(total, value),
      rates.reduce((total, rate) => add(total, rate)),
    );
  },
};
