/** Claims of methods that probes do not bear out on planted factors, with the reason. */
export interface Exception {
  /** File of the method. */
  file: string;
  /** The claim, as the page writes it. */
  claim: string;
  because: string;
}

export const exceptions: readonly Exception[] = [];

export const exceptionFor = (file: string, claim: string): Exception | undefined =>
  exceptions.find((one) => one.file === file && one.claim === claim);
