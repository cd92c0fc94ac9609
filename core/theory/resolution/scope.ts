/** What the steps of resolution share: the names of a spec, and what was found wrong. */
import type { Diagnostic, Range } from "../../language/diagnostic";
import { nearest } from "../../language/nearest";
import type { Name } from "../../language/tree";
import { fix, tell, type Rule } from "../diagnostics/rule";
import { unknownName } from "../diagnostics/unknown-name";
import { unknownWord } from "../diagnostics/unknown-word";
import type { Knob, Latent, Missing, NetworkChoice, Stream } from "../spec";

/** What a declared name stands for; `unread` is declared by a statement whose error was told already. */
export type Declared = { role: "stream" | "latent" | "knob"; range: Range } | { role: "unread" };

export class Scope {
  readonly diagnostics: Diagnostic[] = [];
  readonly names = new Map<string, Declared>();
  streams: Stream[] = [];
  latents: Latent[] = [];
  knobs: Knob[] = [];
  missing: Missing[] = [];
  networks: NetworkChoice[] = [];

  tell(
    rule: Rule,
    range: Range,
    message: string,
    more: Pick<Diagnostic, "fixes" | "related"> = {},
  ): undefined {
    this.diagnostics.push(tell(rule, range, message, more));
    return undefined;
  }

  /**
   * What a name stands for among `roles`. Undefined after telling that it stands for nothing; also when its declaration
   * could not be read, which was told there.
   */
  find(name: Name, what: string, roles: readonly Declared["role"][]): Declared["role"] | undefined {
    const declared = this.names.get(name.text);
    if (declared !== undefined) return declared.role === "unread" ? undefined : declared.role;
    const candidates = [...this.names].filter(([, { role }]) => roles.includes(role)).map(([text]) => text);
    const meant = nearest(name.text, candidates);
    if (meant !== undefined) {
      const message = `\`${name.text}\` is no ${what} of this spec; did you mean \`${meant}\`?`;
      return this.tell(unknownName, name.range, message, fix(`Change to \`${meant}\``, name.range, meant));
    }
    const list = candidates.length > 0 ? `It has ${quoted(candidates)}.` : `It declares none yet.`;
    return this.tell(unknownName, name.range, `\`${name.text}\` is no ${what} of this spec. ${list}`);
  }

  /** Tells that a word is none of `words`, with the one that was likely meant. */
  unknownWord(word: Name, what: string, words: readonly string[]): undefined {
    const meant = nearest(word.text, words);
    if (meant !== undefined) {
      const message = `\`${word.text}\` is no ${what}; did you mean \`${meant}\`?`;
      return this.tell(unknownWord, word.range, message, fix(`Change to \`${meant}\``, word.range, meant));
    }
    return this.tell(unknownWord, word.range, `\`${word.text}\` is no ${what}; use ${quoted(words, "or")}.`);
  }
}

/** `a`, `b` and `c`. */
export function quoted(words: readonly string[], joint = "and"): string {
  const marked = words.map((word) => `\`${word}\``);
  return marked.length < 2 ? marked.join("") : `${marked.slice(0, -1).join(", ")} ${joint} ${marked.at(-1)}`;
}
