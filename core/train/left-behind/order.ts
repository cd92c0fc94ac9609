/** In which order groups are reported: the sentence names the first one alone. */
import type { LeftBehind } from "../protocol";

/**
 * Share of all held-out samples that the streams predict and the codes do not, at least: that of the group times the lower limit of the
 * difference. Of a group that was found by reconstruction nothing is predicted, so all of it counts.
 */
const leastLost = ({ share, low }: LeftBehind): number => share * (low ?? 1);

/**
 * The groups, the one that loses most samples first. Every group that is reported is sure (`RISK`, `LEAST`), so what matters to a
 * reader is how much each loses; the lower limit keeps a large group with a doubtful difference from coming first.
 */
export const mostLostFirst = (groups: readonly LeftBehind[]): LeftBehind[] =>
  groups.toSorted((a, b) => leastLost(b) - leastLost(a));
