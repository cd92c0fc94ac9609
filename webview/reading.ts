/** How the panel reads rates: when a coordinate carries nothing. */
/** Up to this many nats a coordinate carries nothing: it has collapsed to the prior. */
export const UNUSED_NATS = 0.01;

/** How many coordinates carry something. */
const activeOf = (rates: readonly number[]): number => rates.filter((rate) => rate > UNUSED_NATS).length;

/** The same in words, after a rate; nothing where the rate is of the code as a whole, as that of a categorical one. */
export const activeText = (rates: readonly number[], size: number): string =>
  rates.length === size ? `, ${activeOf(rates)} of ${size} active` : "";

/** What `active` means, for a hover. */
export const ACTIVE_MEANING = `A coordinate is active when its rate is above ${UNUSED_NATS} nats; the others have collapsed to the prior and carry nothing`;
