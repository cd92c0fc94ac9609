/** A term over several streams, codes or components of a mixture, as one term for each. */
import { boundOf } from "../bounds/index";
import { componentCount, componentsOf } from "../fusions/mixture";
import { termText, variableText } from "../terms/print";
import { ancestors, decodingOf, inputsOf, paymentOf } from "../terms/roles";
import { multiply, number } from "../terms/scalar";
import type { Information, Spec, Term, Variable } from "../spec";

export interface Part {
  term: Term;
  /** Why it is a part of what was written. */
  because?: string;
}

/**
 * `keep I(X, Y; Z)` with a factorised decoder is the sum over X and Y; `compress I(X; Z, W)` with a factorised code and
 * prior is the sum over Z and W. Other terms stay whole.
 */
export function split(term: Term, spec: Spec): Part[] {
  return sums(term, spec).flatMap((each) => components(each, spec));
}

/** How many terms it becomes, and the mixture with the most components among its codes. Makes no component. */
export function splitCount(term: Term, spec: Spec): { count: number; mixture?: Variable } {
  const counts = sums(term, spec).map((part) => {
    const mixed = mixedCodes(part.term, spec);
    return {
      count: mixed.reduce((product, code) => product * componentCount(spec, code), 1),
      mixed,
    };
  });
  const [mixture] = counts
    .flatMap(({ mixed }) => mixed)
    .sort((a, b) => componentCount(spec, b) - componentCount(spec, a));
  const count = counts.reduce((sum, part) => sum + part.count, 0);
  return { count, ...(mixture ? { mixture } : {}) };
}

/** One part for each code that is paid for, or for each stream that is decoded. */
function sums(term: Term, spec: Spec): Part[] {
  if (term.information.kind !== "information") return [{ term }];
  const parts = term.side === "compress" ? payments(term, spec) : likelihoods(term, spec);
  return parts ?? [{ term }];
}

/** Codes of a rate or a likelihood that are mixtures. */
function mixedCodes(term: Term, spec: Spec): Variable[] {
  const codes =
    term.side === "compress"
      ? paymentOf(term, spec)?.codes
      : isCritic(term)
        ? []
        : decodingOf(term, spec)?.read;
  return (codes ?? []).filter((code) => componentCount(spec, code) > 0);
}

/** Rates and likelihoods of a mixture are the mean over its components, one sample each. */
function components({ term, because }: Part, spec: Spec): Part[] {
  const { information } = term;
  const [mixed] = mixedCodes(term, spec);
  if (mixed === undefined || information.kind !== "information")
    return [{ term, ...(because ? { because } : {}) }];
  const parts = componentsOf(spec, mixed)!;
  const reason =
    term.side === "compress"
      ? `the mean of the rates of ${mixed.name}'s components exceeds the mixture's by at most log ${parts.length}`
      : `the mean over the components of ${mixed.name}, one sample each`;
  const joined = because?.includes(reason) ? because : [because, reason].filter(Boolean).join("; ");
  const share = { kind: "binary", operator: "/", left: number(1), right: number(parts.length) } as const;
  const told = (side: Variable[], component: Variable): Variable[] =>
    term.side === "compress" && information.given.length === 0 && !side.includes(component)
      ? readOf(side, component, spec)
      : side;
  return parts.flatMap((component) => {
    const put = (side: readonly Variable[]): Variable[] =>
      side.map((code) => (code === mixed ? component : code));
    const whole = {
      ...information,
      left: told(put(information.left), component),
      right: told(put(information.right), component),
      given: put(information.given),
    };
    const one = part({ ...term, weight: multiply(term.weight, share) }, whole, component, joined);
    return components(one, spec);
  });
}

function payments(term: Term, spec: Spec): Part[] | undefined {
  const payment = paymentOf(term, spec);
  if (payment === undefined || payment.codes.length < 2) return undefined;
  const named = new Set(payment.codes.map(({ name }) => name));
  const levels = payment.codes.some((code) =>
    [...ancestors(spec, code.name)].some((name) => named.has(name)),
  );
  const because = levels
    ? "by the chain rule, the rates of the levels add up"
    : "the codes are independent given their inputs, and so is their prior, so their rates add up";
  return payment.codes.map((code) =>
    part(
      term,
      {
        kind: "information",
        left: payment.given.length > 0 ? payment.about : readOf(payment.about, code, spec),
        right: [code],
        given: payment.given,
      },
      code,
      because,
    ),
  );
}

/** Of `I(X, Y; W)` what W reads: where that is all among X and Y, the rest tells nothing more of W. */
function readOf(about: readonly Variable[], code: Variable, spec: Spec): Variable[] {
  const inputs = inputsOf(spec, code);
  const read = about.filter(({ name }) => inputs.includes(name));
  return read.length > 0 && read.length === inputs.length ? read : [...about];
}

function likelihoods(term: Term, spec: Spec): Part[] | undefined {
  const decoding = decodingOf(term, spec);
  if (decoding === undefined || decoding.streams.length < 2 || isCritic(term)) return undefined;
  const because = "each stream has its own decoder, so the likelihoods add up";
  return decoding.streams.map((stream) =>
    part(
      term,
      { kind: "information", left: [{ name: stream.name }], right: decoding.read, given: [] },
      { name: stream.name },
      because,
    ),
  );
}

/** Whether a bound between a pair was asked for: it takes a side whole. */
const isCritic = ({ bound }: Term): boolean =>
  bound !== undefined && boundOf(bound.name) !== undefined && boundOf(bound.name)!.reconstruct === undefined;

function part(term: Term, information: Information, of: Variable, because: string): Part {
  const id =
    term.label === undefined
      ? termText({ side: term.side, information })
      : `${term.label} ${variableText(of)}`;
  return { term: { ...term, id, information }, because };
}

/** The same terms with ids that differ. */
export function distinct(parts: readonly Part[]): Part[] {
  const seen = new Map<string, number>();
  return parts.map((part) => {
    const count = (seen.get(part.term.id) ?? 0) + 1;
    seen.set(part.term.id, count);
    return count === 1 ? part : { ...part, term: { ...part.term, id: `${part.term.id} (${count})` } };
  });
}
