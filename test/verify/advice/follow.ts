/** Advice that is followed: a finding's fix, or an edit as its words say, until the finding is gone. */
import { changeTitle, type Change as Fix } from "../../../core/theory/change";
import { analyse } from "../../../core/theory/analyse";
import { changeEdit } from "../../../core/theory/change-edit";
import { findingsOf } from "../../../core/train/findings/index";
import type { Finding } from "../../../core/train/protocol";
import type { Run } from "../failures/runs";
import type { Case } from "./cases";

/** What became of a case. */
export interface Followed {
  /** Whether it was found at first. */
  found: boolean;
  /** What was done, edit by edit. */
  done: string[];
  gone: boolean;
}

/** Most times that advice is followed: a fix may not go all the way at once. */
const MOST = 3;

/** A finding at the end of a training, or of its steps. */
export function atEnd(
  text: string,
  { looks, ofSteps, ofData }: Run,
  code: string,
): Partial<Finding> | undefined {
  const { derived } = analyse(text).specs[0]!;
  const last = looks.at(-1);
  const found = last && findingsOf({ ...last, terms: derived!.terms, spec: derived!.spec });
  return (
    [...(found ?? []), ...ofData].find((one) => one.code === code) ??
    (ofSteps.includes(code) ? { code } : undefined)
  );
}

/** The text after a fix. */
export function fixed(text: string, fix: Fix): string {
  const { edit } = changeEdit(analyse(text), undefined, fix)!;
  return text.slice(0, edit.range.start) + edit.text + text.slice(edit.range.end);
}

/** @param train trains a text on the case's data */
export async function follow(
  { code, edit, text: written }: Case,
  seed: number,
  train: (text: string) => Promise<Run>,
): Promise<Followed> {
  const done: string[] = [];
  let text = written(seed);
  let finding = atEnd(text, await train(text), code);
  const found = finding !== undefined;
  while (finding !== undefined && done.length < MOST) {
    const { fix } = finding;
    const next = fix ? fixed(text, fix) : edit?.of(text);
    if (next === undefined || next === text) break;
    done.push(fix ? changeTitle(fix) : edit!.said);
    text = next;
    finding = atEnd(text, await train(text), code);
  }
  return { found, done, gone: found && finding === undefined };
}
