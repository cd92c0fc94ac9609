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
    file: "dmvae",
    claim: "shared(X, Y) in Z",
    because:
      "The shared code costs its rate in each of the six bounds and a private code in three of them, so what the views share is cheaper in the private codes, and draws of Z carry none of it. The mean of Z still predicts it. A larger beta does not change this (measured up to 16).",
  },
  ...["private(X) in Wx", "private(Y) in Wy"].map((claim) => ({
    file: "mmvae-plus",
    claim,
    because:
      "Half of the bounds reconstruct a view with its private code drawn from the prior, so the shared code is asked for the whole view, and at beta = 1 draws of the private codes carry little. Their means predict more, and at beta = 16 the draws do in most runs.",
  })),
];

export const exceptionFor = (file: string, claim: string): Exception | undefined =>
  exceptions.find((one) => one.file === file && one.claim === claim);
