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
  /** Set where a declaration is there that could not be read: any name may be its. */
  hidesNames = false;
  /** What was told of each unknown name. */
  private readonly unknown = new Map<string, Diagnostic>();

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
   * What a name stands for among `roles`. Undefined after telling, once for all its uses, that it stands for nothing;
   * also when its declaration could not be read, which was told there.
   */
  find(name: Name, what: string, roles: readonly Declared["role"][]): Declared["role"] | undefined {
    const declared = this.names.get(name.text);
    if (declared !== undefined) return declared.role === "unread" ? undefined : declared.role;
    if (!this.hidesNames) this.tellUnknown(name, what, roles);
    return undefined;
  }

  private tellUnknown(name: Name, what: string, roles: readonly Declared["role"][]): void {
    const told = this.unknown.get(name.text);
    if (told !== undefined) return alsoAt(told, name);
    const candidates = [...this.names].filter(([, { role }]) => roles.includes(role)).map(([text]) => text);
    const meant = nearest(name.text, candidates);
    const list = candidates.length > 0 ? `It has ${quoted(candidates)}.` : `It declares none yet.`;
    if (meant === undefined)
      this.tell(unknownName, name.range, `\`${name.text}\` is no ${what} of this spec. ${list}`);
    else {
      const message = `\`${name.text}\` is no ${what} of this spec; did you mean \`${meant}\`?`;
      this.tell(unknownName, name.range, message, fix(`Change to \`${meant}\``, name.range, meant));
    }
    this.unknown.set(name.text, this.diagnostics.at(-1)!);
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

/** Adds another use of an unknown name to what was told of it, and to its fix. */
function alsoAt(told: Diagnostic, { text, range }: Name): void {
  const places = [told.range, ...(told.related ?? []).map((place) => place.range)];
  if (places.some(({ start }) => start === range.start)) return;
  told.related = [...(told.related ?? []), { message: `\`${text}\` is also used here.`, range }];
  for (const { edits } of told.fixes ?? []) edits.push({ range, text: edits[0]!.text });
}

/** `a`, `b` and `c`. */
export function quoted(words: readonly string[], joint = "and"): string {
  const marked = words.map((word) => `\`${word}\``);
  return marked.length < 2 ? marked.join("") : `${marked.slice(0, -1).join(", ")} ${joint} ${marked.at(-1)}`;
}
