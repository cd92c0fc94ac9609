import type { SpecSummary, TermSummary } from "../core/train/protocol";

/** One accent a code, the same in the flow, the table and the curves; taken from the theme's chart colours. */
const ACCENTS = 6;

/** CSS class that sets `--accent` for the i-th code. */
export const accentClass = (index: number): string => `accent-${index % ACCENTS}`;

/** CSS class for a term: its code's accent, or the neutral one where it joins several codes. */
export function termClass(summary: SpecSummary, term: TermSummary): string {
  const names = [...term.left, ...term.right];
  const codes = summary.latents.flatMap((latent, i) => (names.includes(latent.name) ? [i] : []));
  return codes.length === 1 ? accentClass(codes[0]!) : "accent-joint";
}
