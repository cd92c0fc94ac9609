/** Claims of methods that probes do not bear out on planted factors, with the reason. */
export interface Exception {
  /** File of the method. */
  file: string;
  /** The claim, as the page writes it. */
  claim: string;
  because: string;
}

export const exceptions: readonly Exception[] = [
  {
    file: "symile",
    claim: "shared(X, Y, A) in Zx, Zy, Za",
    because:
      "The score is a sum of products of three numbers, and is slow to learn. After this training a line reads more than half of the shared factors off two of the codes, and about a third off the third; at twice the rate and with larger networks, half off each.",
  },
];

export const exceptionFor = (file: string, claim: string): Exception | undefined =>
  exceptions.find((one) => one.file === file && one.claim === claim);
