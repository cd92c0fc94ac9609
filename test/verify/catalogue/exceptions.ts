/** Claims of methods that probes do not bear out on planted factors, with the reason. */
export interface Exception {
  /** File of the method. */
  file: string;
  /** The claim, as the page writes it. */
  claim: string;
  because: string;
}

const DILUTED =
  "An expert that knows nothing of a factor still pulls the product to its own guess, and the prior does so too, so a factor that one view tells alone is worth little until the other expert has learned to be silent. Training stays where only what both tell is on; without the prior (gpoe-mvae), or with the terms of subsets, it does not.";

export const exceptions: readonly Exception[] = [
  { file: "mvae", claim: "reconstruct(X) in Z", because: DILUTED },
  { file: "mvae", claim: "reconstruct(Y) in Z", because: DILUTED },
];

export const exceptionFor = (file: string, claim: string): Exception | undefined =>
  exceptions.find((one) => one.file === file && one.claim === claim);
