/** Shared by the steps of resolution: the names of a spec, and the diagnostics found so far. */
import type { Diagnostic, Range } from "../../language/diagnostic";
import type { Name } from "../../language/tree";
import { unknownName, type NameKind } from "../faults/unknown-name";
import { declarationFixes, type DeclarationPlaces } from "./declare";
import { unknownWord, type WordKind } from "../faults/unknown-word";
import type { Knob, Latent, Missing, NetworkChoice, Stream } from "../spec";

/** What a declared name is; `unread` is declared by a statement whose error is already reported. */
type Declared = { role: "stream" | "latent" | "knob"; range: Range } | { role: "unread" };

export class Scope {
  readonly diagnostics: Diagnostic[] = [];
  readonly names = new Map<string, Declared>();
  streams: Stream[] = [];
  latents: Latent[] = [];
  knobs: Knob[] = [];
  missing: Missing[] = [];
  networks: NetworkChoice[] = [];
  /** Whether a declaration could not be read: any name may be declared there. */
  hidesNames = false;
  /** Where a declaration can be written. */
  private readonly declarations: DeclarationPlaces | undefined;
  /** The diagnostic of each unknown name. */
  private readonly unknown = new Map<string, Diagnostic>();

  /** @param places where a spec's declarations can be written; without them no name is offered to be declared */
  constructor(places?: DeclarationPlaces) {
    this.declarations = places;
  }

  /** Adds a diagnostic; undefined, so that a step can return it. */
  report(diagnostic: Diagnostic): undefined {
    this.diagnostics.push(diagnostic);
    return undefined;
  }

  /**
   * The role of a name. Undefined after reporting, once for all its uses, that it is not declared; also when its
   * declaration could not be read, which was reported there.
   * @param kind what the name has to be; other roles are returned too
   */
  find(name: Name, kind: NameKind): Declared["role"] | undefined {
    const declared = this.names.get(name.text);
    if (declared !== undefined) return declared.role === "unread" ? undefined : declared.role;
    if (!this.hidesNames) this.reportUnknown(name, kind);
    return undefined;
  }

  private reportUnknown(name: Name, kind: NameKind): void {
    const reported = this.unknown.get(name.text);
    if (reported !== undefined) return alsoAt(reported, name);
    const roles = kind.split(" or ");
    const candidates = [...this.names].filter(([, { role }]) => roles.includes(role)).map(([text]) => text);
    const diagnostic = unknownName.at(
      name.range,
      name.text,
      kind,
      candidates,
      this.declarations ? declarationFixes(name, kind, this.streams, this.declarations) : [],
    );
    this.report(diagnostic);
    this.unknown.set(name.text, diagnostic);
  }

  /** Reports that a word is not one of `words`. */
  unknownWord(word: Name, kind: WordKind, words: readonly string[]): undefined {
    return this.report(unknownWord.at(word.range, word.text, kind, words));
  }
}

/** Adds another use of an unknown name to its diagnostic and to the fix. */
function alsoAt(reported: Diagnostic, { text, range }: Name): void {
  const places = [reported.range, ...(reported.related ?? []).map((place) => place.range)];
  if (places.some(({ start }) => start === range.start)) return;
  reported.related = [...(reported.related ?? []), unknownName.alsoAt(text, range)];
  // A declaration is written once, however often its name is used.
  for (const { edits } of reported.fixes ?? [])
    if (edits[0]!.range.start === reported.range.start) edits.push({ range, text: edits[0]!.text });
}
