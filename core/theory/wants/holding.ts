/**
 * What a code can hold, from the graphs alone: nothing reaches it that its inputs do not tell (data processing over the
 * encoder graph), and what is rebuilt from one code alone must be in it.
 */
import { codesOf, isKept, isCompressed, rebuildings } from "./duties";
import type { DerivedLoss } from "../derivation/loss";
import { ancestors } from "../terms/roles";
import { causes, ownPart, separated } from "./separation";
import { quoted } from "../../language/text";

export interface Holding {
  code: string;
  /** A stream, or a known factor. */
  about: string;
  /** All of it, or what no other modality tells of it. */
  part: "all" | "own";
  verdict: "can" | "cannot" | "must";
  /** Why, as a sentence. */
  reason: string;
}

export function holding(
  loss: DerivedLoss,
  code: string,
  about: string,
  part: Holding["part"] = "all",
): Holding {
  const { spec } = loss;
  const say = (verdict: Holding["verdict"], reason: string): Holding => ({
    code,
    about,
    part,
    verdict,
    reason,
  });
  if (!isKept(loss, code) && isCompressed(loss, code))
    return say("cannot", `no term keeps information in \`${code}\`, so it collapses to its prior`);
  const read = ancestors(spec, code);
  const inputs = spec.streams.map(({ name }) => name).filter((name) => read.has(name));
  const parents = causes(spec);
  if (part === "own" && separated(parents, [ownPart(about)], [code]))
    return say(
      "cannot",
      `\`${code}\` does not read \`${about}\`, and no other stream carries the information that only \`${about}\` has`,
    );
  const rebuilt = rebuiltAlone(loss, code);
  if (rebuilt.includes(about)) return say("must", `\`${code}\` alone is decoded into \`${about}\``);
  const isFactor = spec.streams.some(({ name, role }) => name === about && role !== "modality");
  const whole = rebuilt.find((stream) => inputs.includes(stream));
  if (isFactor && whole !== undefined) {
    const reason = `\`${code}\` alone is decoded into \`${whole}\`, which needs all the information of \`${whole}\` about \`${about}\``;
    return say("must", reason);
  }
  if (inputs.includes(about)) return say("can", `\`${code}\` reads \`${about}\``);
  return say("can", `it carries at most the information of ${quoted(inputs)} about \`${about}\``);
}

/** Streams whose decoder reads this code and no other. */
const rebuiltAlone = (loss: DerivedLoss, code: string): string[] =>
  rebuildings(loss)
    .filter(({ decoding }) => codesOf(loss.spec, decoding.read).every((name) => name === code))
    .flatMap(({ decoding }) => decoding.streams.map(({ name }) => name));
