import type { Diagnostic, Range } from "../../language/diagnostic";
import { nearest } from "../../language/nearest";
import { reasonOutside } from "../../language/outside";
import { quoted } from "../../language/text";
import { fix, report, type Worded, edited } from "./rule";

/** What a word may have to choose. */
export type WordKind =
  | "bound"
  | "domain of `each`"
  | "fusion"
  | "intent"
  | "kind of stream"
  | "law"
  | "network"
  | "prior"
  | "setting of `train`"
  | "stream function";

const example = `spec A {
  modality X : vektor(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const unknownWord = {
  code: "unknown-word",
  severity: "error",
  doc: "The word must be one of a fixed set (a kind, a law, a fusion, a bound, a setting), and it is not in that set. The message lists the words that are.",
  example,
  fixed: edited(example, [["modality X : vektor(4)", "modality X : vector(4)"]]),

  /** @param kind what the word chooses; @param words those it may be */
  at: (range: Range, word: string, kind: WordKind, words: readonly string[]): Diagnostic => {
    const unknown = `Unknown ${kind} \`${word}\`.`;
    const reason = reasonOutside(word);
    if (reason !== undefined) return report(unknownWord, range, `${unknown} ${reason}`);
    const meant = nearest(word, words);
    return meant === undefined
      ? report(unknownWord, range, `${unknown} Use ${quoted(words, "or")}.`)
      : report(
          unknownWord,
          range,
          `${unknown} Did you mean \`${meant}\`?`,
          fix(`Change to \`${meant}\``, range, meant),
        );
  },

  /** A bound is guessed among all, and those of the term's side are listed. */
  bound: (
    range: Range,
    word: string,
    side: "compress" | "keep",
    { all, serving }: Record<"all" | "serving", readonly string[]>,
  ): Diagnostic =>
    nearest(word, all) === undefined
      ? report(unknownWord, range, `Unknown bound \`${word}\`. For \`${side}\` use ${quoted(serving, "or")}.`)
      : unknownWord.at(range, word, "bound", all),
} satisfies Worded;
