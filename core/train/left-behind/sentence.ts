/** What is left behind, in words: for the report and the panel. */
import { count } from "../../language/text";
import type { LeftBehind } from "../protocol";

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
const two = (value: number): string => value.toFixed(2).replace(/^-0\.00$/, "0.00");

/** For example: "4.3 % of the held-out samples (64): the streams predict outcome for 1.00 of them, all codes together for 0.02." */
export function leftBehindText(group: LeftBehind): string {
  const { target, quarters, samples, accuracyByStreams, accuracyByCodes, low, high } = group;
  const predicted = quarters ? `the quarter of ${target}` : target;
  return `${share(group.share)} of the held-out samples (${samples.length}): the streams predict ${predicted} for ${two(accuracyByStreams)} of them, all codes together for ${two(accuracyByCodes)} (difference ${two(low)} to ${two(high)}).`;
}

/** What sets the group apart; empty where nothing known does. */
export const apartText = ({ apart }: LeftBehind): string =>
  apart.length === 0
    ? "No known factor sets them apart."
    : `Compared with all held-out samples, more of them have ${apart.map(({ factor, value, lift }) => `${valueText(factor, value)} (${lift.toFixed(1)} times as many)`).join(", ")}.`;

const valueText = (factor: string, value: number | string): string =>
  typeof value === "number" ? `${factor} = ${value}` : `${factor} ${value}`;

/** The same as one of the first sentences: "In 4.3 % of the samples the streams predict outcome (1.00) and the codes do not (0.02)." */
export function leftBehindSentence(groups: readonly LeftBehind[]): string {
  const [{ share: part, target, quarters, accuracyByStreams, accuracyByCodes }, ...more] =
    groups as readonly [LeftBehind, ...LeftBehind[]];
  const others = more.length === 0 ? "" : `; ${count(more.length, "group")} more`;
  return `In ${share(part)} of the held-out samples the streams predict ${quarters ? `the quarter of ${target}` : target} (${two(accuracyByStreams)}) and the codes do not (${two(accuracyByCodes)})${others}.`;
}

/** The head of the list. */
export const leftBehindNote = (groups: readonly LeftBehind[]): string =>
  `${count(groups.length, "group")} of held-out samples for which the streams predict a target or factor and the codes do not`;
