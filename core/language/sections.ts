/**
 * The sections in which a text is read: each spec, from the end of the token before it. The meaning of a section depends on its
 * text and on the next section's first tokens alone, so after an edit the others are kept, moved to where they now are.
 */
import type { Diagnostic, Range } from "./diagnostic";
import { lazily } from "./lazily";
import type { Scan, Token, Trivia } from "./scanner";
import type { FileTree, SpecTree } from "./tree";

/** A section as it was read. */
interface Part extends Pick<FileTree, "version" | "uses" | "specs" | "comments">, Scan {
  /** From the end of the last token before it to the end of its last token. */
  range: Range;
  /** End of the tokens that the section before it looks at. */
  head: number;
  diagnostics: Diagnostic[];
}

/** A part and how far it has moved since it was read. */
export interface Section {
  part: Part;
  shift: number;
  specs: SpecTree[];
}

/** A text that has been read. */
export interface Parse extends Scan {
  text: string;
  tree: FileTree;
  /** Syntax errors, in the order of the text. */
  diagnostics: Diagnostic[];
  /** All tokens but comments; the last is of kind `end`. Moved to their places when they are asked for. */
  readonly tokens: Token[];
  /** All comments, documentation included. */
  readonly trivia: Trivia[];
  sections: Section[];
}

/** Tokens of a `spec` line at which the parser looks before it leaves the section above it, with one to spare. */
const LOOKED_AT = 4;

/** Where the head of a section with these tokens ends. */
export const headOf = (tokens: readonly Token[]): number => tokens.slice(0, LOOKED_AT).at(-1)?.end ?? 0;

export const sectionOf = (part: Part): Section => ({ part, shift: 0, specs: part.specs });

/** Where a section now is. */
export const placeOf = ({ part: { range }, shift }: Section): Range => moved(range, shift);

/** The first and the last sections of a parse that another text contains too, there where it contains them. */
export function kept(text: string, before: Parse): { first: Section[]; last: Section[] } {
  const { sections } = before;
  const by = text.length - before.text.length;
  const same = (from: number, to: number, shift: number): boolean =>
    from + shift >= 0 && text.startsWith(before.text.slice(from, to), from + shift);
  let count = 0;
  for (; count < sections.length - 1; count++) {
    const next = sections[count + 1]!;
    if (!same(placeOf(sections[count]!).start, next.part.head + next.shift, 0)) break;
  }
  const end = count === 0 ? 0 : placeOf(sections[count - 1]!).end;
  let last = sections.length;
  for (; last > count; last--) {
    const { start } = placeOf(sections[last - 1]!);
    const to = last === sections.length ? before.text.length : placeOf(sections[last]!).start;
    if (start + by < end || !same(start, to, by)) break;
  }
  return {
    first: sections.slice(0, count),
    last: sections.slice(last).map((section) => movedSection(section, by)),
  };
}

function movedSection({ part, shift: earlier, specs }: Section, by: number): Section {
  if (by === 0) return { part, shift: earlier, specs };
  const shift = earlier + by;
  return { part, shift, specs: part.specs.map((spec) => movedSpec(spec, shift)) };
}

/** A spec elsewhere; its statements are moved when they are asked for. */
function movedSpec(spec: SpecTree, by: number): SpecTree {
  if (by === 0) return spec;
  const { statements, unread, ...header } = spec;
  return lazily(moved(header, by), {
    statements: () => moved(statements, by),
    unread: () => moved(unread, by),
  });
}

/** A copy of a value with every place in it moved: nothing but places has a number called `start` or `end`. */
function moved<T>(value: T, by: number): T {
  if (typeof value !== "object" || value === null || by === 0) return value;
  if (Array.isArray(value)) return value.map((inner: unknown) => moved(inner, by)) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const place = typeof inner === "number" && (key === "start" || key === "end");
    copy[key] = place ? inner + by : moved(inner, by);
  }
  return copy as T;
}

/** The sections of a text, together all of it. */
export function joined(text: string, sections: Section[]): Parse {
  const all = <T>(of: (part: Part) => T[]): T[] =>
    sections.flatMap(({ part, shift }) => moved(of(part), shift));
  const version = sections.find(({ part }) => part.version !== undefined);
  const tree = {
    kind: "file" as const,
    ...(version === undefined ? {} : { version: moved(version.part.version!, version.shift) }),
    uses: all((part) => part.uses),
    specs: sections.flatMap(({ specs }) => specs),
    range: { start: 0, end: text.length },
  };
  return lazily(
    {
      text,
      tree: lazily(tree, { comments: () => all((part) => part.comments) }),
      diagnostics: all((part) => part.diagnostics),
      sections,
    },
    { tokens: () => all((part) => part.tokens), trivia: () => all((part) => part.trivia) },
  );
}

/** The tokens of the sections that a range touches. */
export const tokensNear = ({ sections }: Parse, { start, end }: Range): Token[] =>
  sections.flatMap((section) => {
    const place = placeOf(section);
    return place.start <= end && start <= place.end ? moved(section.part.tokens, section.shift) : [];
  });
