/** A change of a spec, named by what it sets: the text may have moved since it was proposed. */
import { knobText } from "../language/knob-text";
import type { Transform } from "./spec";
import { transformText } from "./transform-text";

/** Settings that a change can write. */
export const changedSettingNames = ["batch", "optimizer", "validation"] as const;

export type Change =
  | { kind: "knob"; name: string; value: number }
  /** The value of `optimizer` is its learning rate. */
  | { kind: "setting"; name: (typeof changedSettingNames)[number]; value: number }
  /** The weight of a term, by its id. */
  | { kind: "weight"; term: string; value: number }
  /** A transform of a stream, after those that it has. */
  | { kind: "transform"; stream: string; transform: Transform }
  /** That a stream may be missing, and how often. */
  | { kind: "missing"; stream: string; rate: number };

/** What a change does, for a button: ``Set `batch` to 256``. */
export function changeTitle(change: Change): string {
  if (change.kind === "transform")
    return `Write \`${transformText(change.transform)}\` after \`${change.stream}\``;
  if (change.kind === "missing") return `Write \`${missingText(change)}\``;
  const value = knobText(change.value);
  if (change.kind === "weight") return `Set the weight of \`${change.term}\` to ${value}`;
  if (change.kind === "setting" && change.name === "optimizer") return `Set the learning rate to ${value}`;
  return `Set \`${change.name}\` to ${value}`;
}

/** The statement that such a change writes. */
export const missingText = ({ stream, rate }: Extract<Change, { kind: "missing" }>): string =>
  `missing ${stream} rate ${knobText(rate)}`;
