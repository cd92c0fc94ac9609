/** A term over several streams or codes, as one term for each. */
import { termText } from "./print";
import { decodingOf, paymentOf } from "./roles";
import type { Information, Spec, Term, Variable } from "./spec";

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
  const { information } = term;
  if (information.kind !== "information") return [{ term }];
  const parts = term.side === "compress" ? payments(term, spec) : likelihoods(term, spec);
  return parts ?? [{ term }];
}

function payments(term: Term, spec: Spec): Part[] | undefined {
  const payment = paymentOf(term, spec);
  if (payment === undefined || payment.codes.length < 2) return undefined;
  const because = "the codes are independent given their inputs, and so is their prior: the rates add";
  return payment.codes.map((code) =>
    part(
      term,
      { kind: "information", left: payment.about, right: [code], given: payment.given },
      code,
      because,
    ),
  );
}

function likelihoods(term: Term, spec: Spec): Part[] | undefined {
  const decoding = decodingOf(term, spec);
  if (decoding === undefined || decoding.streams.length < 2 || isCritic(term)) return undefined;
  const because = "the streams are decoded one by one: the likelihoods add";
  return decoding.streams.map((stream) =>
    part(
      term,
      { kind: "information", left: [{ name: stream.name }], right: decoding.read, given: [] },
      { name: stream.name },
      because,
    ),
  );
}

/** Whether a bound that scores pairs was asked for: it takes a side whole. */
const isCritic = ({ bound }: Term): boolean => bound !== undefined && bound.options.critic !== undefined;

function part(term: Term, information: Information, of: Variable, because: string): Part {
  const id =
    term.label === undefined ? termText({ side: term.side, information }) : `${term.label} ${of.name}`;
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
