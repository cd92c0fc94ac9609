import type { Generator } from "../dataset";
import { noisyDigits } from "./noisy-digits";

/** Every built-in generator, by the name that `data "..."` uses. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  "noisy-digits": noisyDigits,
};
