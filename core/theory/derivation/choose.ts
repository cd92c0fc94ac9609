/** Which bound a term gets: the one written, or the default of its kind; and whether it may be used there. */
import type { Diagnostic, Range } from "../../language/diagnostic";
import { bounds, boundOf } from "../bounds/index";
import { likelihoodOfKind } from "../bounds/likelihoods";
import type { Bound, BoundOption } from "../bound";
import { decodedLatent } from "../faults/decoded-latent";
import { deterministicRate } from "../faults/deterministic-rate";
import { latentCondition } from "../faults/latent-condition";
import { swappedSides } from "../faults/swapped-sides";
import { unfitBound } from "../faults/unfit-bound";
import { unknownWord } from "../faults/unknown-word";
import { wrongArguments } from "../faults/wrong-arguments";
import { wrongSide } from "../faults/wrong-side";
import { lawOf } from "../laws/index";
import { informationText, variablesText } from "../terms/print";
import { scalarText } from "../terms/scalar";
import { decodingOf, latentOf, paymentOf, streamOf } from "../terms/roles";
import type { BoundRequest, Information, Spec, Term } from "../spec";

interface Choice {
  bound: Bound;
  reason: string;
}

/** The bound of a term, or the one thing that is wrong with it. */
export function chooseBound(term: Term, spec: Spec): Choice | Diagnostic {
  const fault = misplaced(term, spec);
  if (fault) return fault;
  const choice = term.bound ? written(term, term.bound, spec) : chosen(term, spec);
  if ("code" in choice) return choice;
  if (choice.bound.family === "likelihood" && decodingOf(term, spec) === undefined)
    return latentDecoded(term, choice.bound);
  const problem = term.bound ? faultOfRequest(choice.bound, term.bound, spec) : undefined;
  if (problem) return problem;
  const refusal = choice.bound.refuses(term, spec);
  if (refusal === undefined) return choice;
  const usual = term.bound && chosen(term, spec);
  const other = usual && "bound" in usual && usual.bound !== choice.bound ? usual.bound.id : undefined;
  return unfitBound.refused(term.bound?.range ?? term.range, refusal, other);
}

/** What is wrong with a term whatever its bound. */
function misplaced(term: Term, spec: Spec): Diagnostic | undefined {
  const text = informationText(term.information);
  if (term.information.kind === "functional") return functionalFault(term, term.information);
  const { left, right, given } = term.information;
  if (term.side === "compress") {
    const codes = paymentOf(term, spec)?.codes ?? [];
    const noiseless = codes
      .map((code) => latentOf(spec, code))
      .find((latent) => latent && lawOf(latent.law.name).deterministic);
    return noiseless && deterministicRate.at(term, noiseless);
  }
  const condition = given.find((variable) => latentOf(spec, variable));
  if (condition) {
    return latentCondition.at(term.range, {
      condition: condition.name,
      weight: scalarText(term.weight),
      ...conditioned(term.information, spec),
    });
  }
  if (![...left, ...right].some((variable) => latentOf(spec, variable)))
    return unfitBound.noLatent(term.range, text);
  return undefined;
}

/** H(X | Zy): what `keep I(X; Zx | Zy)` is about, and the term with the condition among its codes. */
function conditioned(
  { left, right, given }: Extract<Information, { kind: "information" }>,
  spec: Spec,
): { about: string; joint: string } {
  const [about, codes] = left.some((variable) => latentOf(spec, variable)) ? [right, left] : [left, right];
  const text = variablesText(about);
  return { about: text, joint: `I(${text}; ${variablesText([...codes, ...given])})` };
}

/** What is wrong with `TC(...)`, `gap(...)` or `H(...)` whatever its bound. */
function functionalFault(
  { side, range }: Term,
  information: Extract<Information, { kind: "functional" }>,
): Diagnostic | undefined {
  const text = informationText(information);
  if (information.functional === "H") return undefined;
  const alone = information.functional === "gap" || information.of.length === 1;
  if (side === "compress" || !alone) return undefined;
  return unfitBound.spread(range, text);
}

function latentDecoded(term: Term, bound: Bound): Diagnostic {
  const text = informationText(term.information);
  const written = term.bound !== undefined;
  return decodedLatent.at(term.bound?.range ?? term.range, { bound: bound.id, text, written });
}

function written(term: Term, request: BoundRequest, spec: Spec): Choice | Diagnostic {
  const { name, range } = request;
  const bound = boundOf(name);
  if (bound)
    return bound.serves.includes(term.side)
      ? { bound, reason: `\`by ${name}\`, as written` }
      : sideFault(term, request, bound, spec);
  const place = { start: range.start, end: range.start + name.length };
  return unknownWord.bound(place, name, term.side, {
    all: bounds.map(({ id }) => id),
    serving: bounds.filter(({ serves }) => serves.includes(term.side)).map(({ id }) => id),
  });
}

function sideFault(term: Term, { name, range }: BoundRequest, bound: Bound, spec: Spec): Diagnostic {
  const fitting = fittingBounds(term, range, spec);
  const usual = chosen(term, spec);
  const [instead = fitting[0]] = "bound" in usual ? fitting.filter((id) => id === usual.bound.id) : [];
  const refused =
    instead === undefined && "bound" in usual ? tried(term, usual.bound.id, range, spec) : usual;
  const rule = ["likelihood", "rate", "conditional-rate"].includes(bound.family) ? swappedSides : wrongSide;
  return rule.at(range, {
    bound: name,
    bounds: bound.side,
    side: term.side,
    text: informationText(term.information),
    use: [...new Set([instead, ...fitting])].flatMap((id) => (id === undefined ? [] : [id])).slice(0, 3),
    ...(instead === undefined ? {} : { instead }),
    ...(instead === undefined && "message" in refused ? { refusal: refused.message } : {}),
  });
}

/** The bounds that serve the term as it stands, each tried. */
const fittingBounds = (term: Term, range: Range, spec: Spec): string[] =>
  bounds
    .filter(({ serves }) => serves.includes(term.side))
    .map(({ id }) => id)
    .filter((id) => "bound" in tried(term, id, range, spec));

/** What the term would get with this bound, written without arguments. */
const tried = (term: Term, name: string, range: Range, spec: Spec): Choice | Diagnostic =>
  chooseBound({ ...term, bound: { name, arguments: [], options: {}, flags: [], range } }, spec);

const isBetweenCodes = ({ information }: Term, spec: Spec): boolean =>
  information.kind === "information" &&
  [...information.left, ...information.right].every((variable) => latentOf(spec, variable) !== undefined);

/** The default bound of a term's kind. */
function chosen(term: Term, spec: Spec): Choice | Diagnostic {
  const take = (id: string, reason: string): Choice => ({ bound: boundOf(id)!, reason });
  if (term.information.kind === "functional") {
    if (term.information.functional === "H")
      return term.side === "keep"
        ? take("plug-in", "the default for a kept entropy: a lower bound from the mean of the batch")
        : take("cross-entropy", "the default for a compressed entropy: an upper bound from the prior");
    return term.side === "keep"
      ? take("infonce", "the default for information shared by several codes")
      : take(
          "mws",
          "the default for the dependence or distribution of a code: an estimate from the encoder's density",
        );
  }
  if (term.side === "compress") {
    const payment = paymentOf(term, spec);
    const known = payment?.about.every((variable) => streamOf(spec, variable)?.role === "target");
    if (payment && known && payment.given.length === 0)
      return take(
        "chain",
        "the default to forget a known factor: the rate of the code, minus the information that it carries besides the factor",
      );
    if (payment === undefined && isBetweenCodes(term, spec))
      return take("chain", "the default between two codes: no critic is needed, and it is an upper bound");
    if (payment && payment.given.length > 0) {
      return take(
        "conditional",
        "the default with a condition: the rate against a prediction from the condition",
      );
    }
    return take("kl", "the default of `compress`: the rate of a code bounds its information from above");
  }
  const stream = decodingOf(term, spec)?.streams[0];
  if (stream === undefined) return take("infonce", "the default between two codes");
  const { name } = stream.kind;
  return take(
    likelihoodOfKind[name].id,
    `the default for \`${name}\` streams: a decoder's likelihood bounds the information from below, up to the stream's entropy`,
  );
}

/** What is wrong with the parentheses and flags of a bound. */
function faultOfRequest(bound: Bound, request: BoundRequest, spec: Spec): Diagnostic | undefined {
  const { positional, id } = bound;
  const { range } = request;
  if (request.arguments.length > (positional ? 1 : 0))
    return wrongArguments.unnamed(range, id, positional ? 1 : 0);
  const first = request.arguments[0];
  if (positional && first !== undefined) {
    const isVariable =
      typeof first === "object" ||
      (typeof first === "string" && spec.latents.some(({ name }) => name === first));
    if (!(positional.variable && isVariable) && (typeof first === "object" || !allows(positional, first))) {
      return wrongArguments.optionValue(range, id, positional.name, allowed(positional));
    }
  }
  for (const [name, value] of Object.entries(request.options)) {
    const option = bound.options.find((candidate) => candidate.name === name);
    if (option === undefined && name === positional?.name && first === undefined) {
      const alone =
        Object.keys(request.options).length + request.flags.length === 1 && request.as === undefined;
      return wrongArguments.named(range, id, name, String(value), alone);
    }
    if (option === undefined) {
      const names = bound.options.map((candidate) => candidate.name);
      return wrongArguments.option(range, id, name, names);
    }
    if (!allows(option, value)) return wrongArguments.optionValue(range, id, name, allowed(option));
  }
  const flags = (bound.flags ?? []).map(({ name }) => name);
  const flag = request.flags.find((word) => !flags.includes(word));
  if (flag !== undefined) return wrongArguments.flag(range, id, flag, flags);
  if (request.as !== undefined && bound.reconstruct === undefined)
    return wrongArguments.decoderName(range, id, request.as);
  return undefined;
}

function allows(option: BoundOption, value: number | string | readonly number[]): boolean {
  if (typeof value === "string") return (option.values ?? []).includes(value);
  const numbers = typeof value === "number" ? [value] : value;
  const may = typeof value === "number" ? option.number === true : option.list !== undefined;
  return may && numbers.every((number) => number > 0 && Number.isFinite(number));
}

function allowed({ values = [], number, variable, list }: BoundOption): string {
  return [
    ...(number ? ["a number above 0"] : []),
    ...values.map((value) => `\`${value}\``),
    ...(list ? [list] : []),
    ...(variable ? ["a latent", "a part of one such as `Z[X]`"] : []),
  ].join(" or ");
}
