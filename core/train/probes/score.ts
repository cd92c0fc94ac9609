import type { ProbeResult } from "../protocol";

/** What a probe finds, before it is told whose code and which factor it was. */
export type Score = Omit<ProbeResult, "factor" | "code">;

/** Weight of the squared weights in a probe's fit, on standardised codes. */
export const PENALTY = 1e-4;
