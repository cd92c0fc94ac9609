/**
 * What a program is given at each run. Whoever fills an input, or writes it in another language, asks what it is; its
 * name is made from that here, and nobody reads names.
 */

export type ProgramInput =
  /** Rows of an observed stream, float32 [N, width]: labels one-hot, the words of a text counted. */
  | { kind: "stream"; of: string }
  /** The words of a text by number, int32 [N, length]; its vocabulary's size where none stands. */
  | { kind: "tokens"; of: string }
  /** Standard normal draws for a code, [N, as wide as its law asks]. */
  | { kind: "noise"; of: string }
  /** The component drawn for each row of a mixture, one-hot [N, components]. */
  | { kind: "component"; of: string }
  /** What each of several terms counts at a step where only `count` of them are drawn, [terms]. */
  | { kind: "chosen"; of: string; count: number }
  /** The share of each class of a label among the rows that are trained on, [classes]. */
  | { kind: "shares"; of: string }
  /** An order of the batch's rows, int32 [N]. */
  | { kind: "permutation"; of: string }
  /** 1 on the rows that have a stream, else 0, [N, 1]; the stream is zero on the others. */
  | { kind: "present"; of: string }
  /** The rows of a part of the batch, int32, from the first to the last. */
  | { kind: "rows"; of: string }
  /** A number that a person turns, []. */
  | { kind: "knob"; of: string }
  /** Adam's rate, and its step counted from 1, []. */
  | { kind: "adam"; of: "rate" | "step" };

export type InputKind = ProgramInput["kind"];

/** The input of one kind. */
export type InputOf<K extends InputKind> = Extract<ProgramInput, { kind: K }>;

/** What tells an input from others of its kind. */
export const inputKey = (input: ProgramInput): string =>
  input.kind === "chosen" ? `${input.of}.${input.count}` : input.of;

/** `noise.Z`; of a stream, its own name. */
export const inputName = (input: ProgramInput): string =>
  input.kind === "stream" ? input.of : `${input.kind}.${inputKey(input)}`;
