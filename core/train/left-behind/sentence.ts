/** What is left behind, in words: for the report and the panel. */
import { count } from "../../language/text";
import type { LeftBehind, Unpredicted } from "../protocol";

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
const two = (value: number): string => value.toFixed(2).replace(/^-0\.00$/, "0.00");

/** For example: "4.3 % of the held-out samples (64): the streams predict outcome for 1.00 of them, all codes together for 0.02." */
export function leftBehindText(group: LeftBehind): string {
  const some = `${share(group.share)} of the held-out samples (${group.samples.length})`;
  if (group.target === null)
    return `${some}: ${group.stream} differs from that of all other samples in a way that the codes do not carry. Found by reconstruction, since the spec names no target and no factor.`;
  const { accuracyByStreams, accuracyByCodes, low, high } = group;
  return `${some}: the streams predict ${predictedText(group)} for ${two(accuracyByStreams)} of them, all codes together for ${two(accuracyByCodes)} (difference ${two(low)} to ${two(high)}).`;
}

/** What sets the group apart; empty where nothing known does. */
export function apartText({ target, apart }: LeftBehind): string {
  if (apart.length === 0)
    return target === null ? "No single column sets them apart." : "No known factor sets them apart.";
  return `Compared with all held-out samples, more of them have ${apart.map(({ factor, value, lift }) => `${valueText(factor, value)} (${lift.toFixed(1)} times as many)`).join(", ")}.`;
}

const valueText = (factor: string, value: number | string): string =>
  typeof value === "number" ? `${factor} = ${value}` : `${factor} ${value}`;

const predictedText = ({ target, quarters }: Unpredicted): string =>
  quarters ? `${target} to within a quarter of its values` : target;

/** The same as one of the first sentences: "In 4.3 % of the samples the streams predict outcome (1.00) and the codes do not (0.02)." */
export function leftBehindSentence(groups: readonly LeftBehind[]): string {
  const [first, ...more] = groups as readonly [LeftBehind, ...LeftBehind[]];
  const others = more.length === 0 ? "" : `; ${count(more.length, "group")} more`;
  const some = `In ${share(first.share)} of the held-out samples`;
  if (first.target === null)
    return `${some} ${first.stream} has something rare that the codes do not carry (found by reconstruction)${others}.`;
  return `${some} the streams predict ${predictedText(first)} (${two(first.accuracyByStreams)}) and the codes do not (${two(first.accuracyByCodes)})${others}.`;
}

/** The head of the list. */
export const leftBehindNote = (groups: readonly LeftBehind[]): string =>
  groups[0]?.target === null
    ? `${count(groups.length, "group")} of held-out samples with something rare that the codes do not carry`
    : `${count(groups.length, "group")} of held-out samples for which the streams predict a target or factor and the codes do not`;
