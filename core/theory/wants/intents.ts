/** Whether the terms of a loss can meet what its `want` lines ask for. */
import {
  asksBeside,
  codesOf,
  isKept,
  isCompressed,
  isSeparated,
  rebuildings,
  type Rebuilding,
} from "./duties";
import { holding } from "./holding";
import { lawOf } from "../laws/index";
import type { DerivedLoss } from "../derivation/loss";
import { variablesOf } from "../terms/print";
import { quoted } from "../../language/text";
import { ancestors } from "../terms/roles";
import type { Want } from "../spec";

/** Why a want is not met, and the line that would meet it where there is one. */
interface Unmet {
  reason: string;
  remedy?: string;
}

/** Why the loss does not meet a want; undefined when it can. */
export function unmet(want: Want, loss: DerivedLoss): Unmet | undefined {
  const codes = want.in.length > 0 ? want.in : loss.spec.latents.map(({ name }) => name);
  return answers[want.intent](want, codes, loss);
}

/** `Wa, Za`: the codes to name in a remedy, those inferred from a stream first. */
const readersOf = (loss: DerivedLoss, codes: readonly string[], stream: string): string[] =>
  codes.filter((code) => ancestors(loss.spec, code).has(stream));

/** Whether a kept term asks one of the codes for a stream. */
export const isAsked = ({ terms }: DerivedLoss, stream: string, codes: readonly string[]): boolean =>
  terms.some(({ term }) => {
    const names = variablesOf(term).map(({ name }) => name);
    return term.side === "keep" && names.includes(stream) && names.some((name) => codes.includes(name));
  });

const rebuilds = (loss: DerivedLoss, stream: string, codes: readonly string[]): Rebuilding[] =>
  rebuildings(loss).filter(
    ({ decoding }) =>
      decoding.streams.some(({ name }) => name === stream) &&
      codesOf(loss.spec, decoding.read).some((name) => codes.includes(name)),
  );

const answers: Record<
  Want["intent"],
  (want: Want, codes: readonly string[], loss: DerivedLoss) => Unmet | undefined
> = {
  shared({ of }, codes, loss) {
    if (codes.some((code) => of.every((stream) => touched(loss, code).has(stream)))) return undefined;
    const [first, second] = of.slice(0, 2).map((stream) => readersOf(loss, codes, stream)[0]);
    const pair = first !== undefined && second !== undefined && first !== second;
    return {
      reason: `no term keeps in ${quoted(codes, "or")} the information that ${quoted(of)} share`,
      ...(pair ? { remedy: `keep I(${first}; ${second})` } : {}),
    };
  },
  private({ of: [stream = ""] }, codes, loss) {
    const able = codes.filter((code) => holding(loss, code, stream, "own").verdict !== "cannot");
    if (able.length === 0) {
      const reasons = codes.map((code) => holding(loss, code, stream, "own").reason);
      return { reason: reasons[0] ?? `no latent reads \`${stream}\`` };
    }
    if (isAsked(loss, stream, able)) return undefined;
    return {
      reason: `no term keeps the information that only \`${stream}\` has: a link between codes only keeps shared information`,
      remedy: `keep I(${stream}; ${readersOf(
        loss,
        loss.spec.latents.map(({ name }) => name),
        stream,
      ).join(", ")})`,
    };
  },
  predict({ of: [stream = ""] }, codes, loss) {
    if (isAsked(loss, stream, codes)) return undefined;
    return {
      reason: `no term keeps information about \`${stream}\` in ${quoted(codes, "or")}`,
      remedy: `keep I(${stream}; ${codes.join(", ")})`,
    };
  },
  reconstruct({ of: [stream = ""] }, codes, loss) {
    const found = rebuilds(loss, stream, codes);
    const readers = readersOf(loss, codes, stream);
    if (found.length === 0) {
      const from = readers.length > 0 ? readers : codes;
      return {
        reason: `no term decodes \`${stream}\` from ${quoted(codes, "or")}`,
        remedy: `keep I(${stream}; ${from.join(", ")})`,
      };
    }
    if (
      found.some(({ decoding }) => codesOf(loss.spec, decoding.read).some((code) => readers.includes(code)))
    )
      return undefined;
    return {
      reason: `none of ${quoted(codes)} reads \`${stream}\`, so they only carry what other streams reveal about it`,
    };
  },
  forget({ of: [factor = ""] }, codes, loss) {
    for (const code of codes) {
      const reason = keepsFactor(loss, code, factor);
      if (reason !== undefined) return { reason };
    }
    return undefined;
  },
};

/** Streams that the terms of a code are about: those it reads, is decoded into, or is linked with. */
function touched(loss: DerivedLoss, code: string): Set<string> {
  if (!isKept(loss, code)) return new Set();
  const { spec } = loss;
  const found = ancestors(spec, code);
  for (const { decoding } of rebuildings(loss))
    if (codesOf(spec, decoding.read).includes(code)) for (const { name } of decoding.streams) found.add(name);
  for (const { term, bound } of loss.terms) {
    if (term.side !== "keep" || bound.family === "likelihood") continue;
    const all = variablesOf(term).map(({ name }) => name);
    if (!all.includes(code)) continue;
    for (const name of all) for (const source of [name, ...ancestors(spec, name)]) found.add(source);
  }
  return found;
}

/** Why a code keeps a factor that it should forget; of a modality, what only that has. */
function keepsFactor(loss: DerivedLoss, code: string, factor: string): string | undefined {
  const { spec, terms } = loss;
  const own = spec.streams.some(({ name, role }) => name === factor && role === "modality");
  if (own && holding(loss, code, factor, "own").verdict === "cannot") return undefined;
  const names = (of: (typeof terms)[number]): string[] => variablesOf(of.term).map(({ name }) => name);
  const about = terms.filter((term) => names(term).includes(code) && names(term).includes(factor));
  if (about.some(({ term }) => term.side === "compress") && !ancestors(spec, code).has(factor))
    return undefined;
  // What rebuilds a modality from several codes need not put its own part into this one: that is looked at below.
  const kept = about.some(
    ({ term, bound }) => term.side === "keep" && !(own && bound.family === "likelihood"),
  );
  if (kept) return `a term keeps \`${factor}\` in \`${code}\``;
  if (!isKept(loss, code) && isCompressed(loss, code)) return undefined;
  for (const { decoding } of rebuildings(loss)) {
    const stream = decoding.streams[0]!.name;
    const others = codesOf(spec, decoding.read).filter((name) => name !== code);
    if (others.length === codesOf(spec, decoding.read).length || !ancestors(spec, code).has(stream)) continue;
    if (own && stream !== factor) continue;
    const needs = `\`${code}\` reads \`${stream}\`, and reconstructing it needs ${own ? `the information that only \`${factor}\` has` : `the \`${factor}\``}`;
    if (others.length === 0) return `${needs}; decode \`${stream}\` from a private code too`;
    const rest = others.every(
      (other) =>
        asksBeside(loss, other, code) && !asksBeside(loss, code, other) && !isSeparated(loss, other, code),
    );
    if (rest) {
      const pairs = others.map((other) => `\`separate ${other}, ${code}\``).join(" and ");
      return `${needs}, and ${quoted(others)} ${others.length > 1 ? "are" : "is"} used for something else. If ${own ? "that" : `the \`${factor}\``} belongs there, add ${pairs}`;
    }
  }
  // The width of a noiseless code is what it pays with.
  const noiseless = lawOf(spec.latents.find(({ name }) => name === code)!.law.name).deterministic;
  if (!isCompressed(loss, code) && !noiseless)
    return `no term compresses \`${code}\`, so it can carry everything that it reads`;
  return undefined;
}
