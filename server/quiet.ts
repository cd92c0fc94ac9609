/**
 * Holds back what is found on the line that a person is typing: a half-written statement is not a mistake. A finding waits
 * until the next edit is on another line, or until a pause; one that was shown before the line was begun stays. An editor
 * does not say where its cursor is, but each edit does.
 */
import type { Diagnostic } from "vscode-languageserver";
import type { Document } from "../services/document";
import type { Runtime } from "./requests";

/** Milliseconds without an edit after which everything is shown. */
const PAUSE = 1000;

/** An uninterrupted run of edits on one line. */
interface Burst extends Place {
  /** Findings that were shown when it began. */
  before: ReadonlySet<string>;
  /** Whether a finding has been held back in it. */
  held: boolean;
  /** Stops the clock of the pause. */
  stop: () => void;
}

const keyOf = ({ code, message }: Diagnostic): string => `${code} ${message}`;

/** The word of an edit: its line, and its characters there. */
interface Place {
  line: number;
  start: number;
  end: number;
}

export class Quiet {
  private readonly bursts = new Map<string, Burst>();
  private readonly shown = new Map<string, ReadonlySet<string>>();

  /**
   * @param mayHold whether the editor gets what was held back: it is sent findings, or asks again when it is told to
   * @param paused called after a pause for a document of which something was held back
   */
  constructor(
    private readonly runtime: Pick<Runtime, "after">,
    private readonly mayHold: () => boolean,
    private readonly paused: (uri: string) => void,
  ) {}

  /** A document's text was changed by an edit; a pasted or rewritten text holds nothing back. */
  edited(uri: string, before: string, after: string): void {
    const burst = this.bursts.get(uri);
    burst?.stop();
    this.bursts.delete(uri);
    const place = this.mayHold() ? typedWord(before, after) : undefined;
    if (place === undefined) return;
    const same = burst?.line === place.line ? burst : undefined;
    this.bursts.set(uri, {
      ...place,
      before: same?.before ?? this.shown.get(uri) ?? new Set(),
      held: same?.held ?? false,
      stop: this.runtime.after(PAUSE, () => this.pause(uri)),
    });
  }

  /** The findings to show now. */
  filter({ uri }: Pick<Document, "uri">, found: Diagnostic[]): Diagnostic[] {
    const burst = this.bursts.get(uri);
    const kept = burst === undefined ? found : found.filter((one) => !isHeld(one, burst));
    if (burst !== undefined && kept.length < found.length) burst.held = true;
    this.shown.set(uri, new Set(kept.map(keyOf)));
    return kept;
  }

  closed(uri: string): void {
    this.end(uri);
    this.shown.delete(uri);
  }

  stop(): void {
    for (const uri of [...this.bursts.keys()]) this.end(uri);
  }

  private end(uri: string): void {
    this.bursts.get(uri)?.stop();
    this.bursts.delete(uri);
  }

  private pause(uri: string): void {
    const held = this.bursts.get(uri)?.held === true;
    this.end(uri);
    if (held) this.paused(uri);
  }
}

/** On the line: what is new there, and whatever touches the word. */
function isHeld(finding: Diagnostic, { line, start, end, before }: Burst): boolean {
  const { range } = finding;
  if (range.start.line > line || range.end.line < line) return false;
  const from = range.start.line < line ? 0 : range.start.character;
  const to = range.end.line > line ? Infinity : range.end.character;
  return (from <= end && start <= to) || !before.has(keyOf(finding));
}

/** The word at which an edit ends that is typed: one that adds at most blanks to other lines. */
function typedWord(before: string, after: string): Place | undefined {
  const shorter = Math.min(before.length, after.length);
  let begin = 0;
  while (begin < shorter && before[begin] === after[begin]) begin++;
  let same = 0;
  while (same < shorter - begin && before.at(-1 - same) === after.at(-1 - same)) same++;
  const end = after.length - same;
  const several = /\S[^]*\n[^]*\S/;
  if (several.test(after.slice(begin, end)) || several.test(before.slice(begin, before.length - same)))
    return undefined;
  const line = after.slice(0, end).split("\n").length - 1;
  const column = end - (after.lastIndexOf("\n", end - 1) + 1);
  const [left] = /[\w-]*$/.exec(after.slice(end - column, end))!;
  const [right] = /^[\w-]*/.exec(after.slice(end))!;
  return { line, start: column - left.length, end: column + right.length };
}
