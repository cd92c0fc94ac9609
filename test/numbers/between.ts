/** The further bounds between two codes. */
import type { Case } from "./case";
import { between, critic } from "./words";

const dot = critic("dot");

export const betweenCases: readonly Case[] = [
  between("nwj", "nwj", "nwj", dot),
  between(
    "nwj, separable, codes of two widths",
    "nwj(critic = separable)",
    "nwj",
    critic("separable"),
    [3, 2],
  ),
  between("nwj, a temperature", "nwj(temperature = 0.7)", "nwj", critic("dot", { temperature: 0.7 })),
  between("flo", "flo", "flo", dot),
  between("flo, concat", "flo(critic = concat)", "flo", critic("concat"), [3, 2]),
  between("smile, clipping little", "smile", "smile", { ...dot, clip: 5 }),
  between("smile, clipping much", "smile(0.2)", "smile", { ...dot, clip: 0.2 }),
  between("js", "js", "js", dot),
  between("js, bilinear", "js(critic = bilinear)", "js", critic("bilinear"), [3, 2]),
  between("siglip", "siglip", "siglip", critic("cosine", { temperature: 0.1 })),
  between(
    "siglip, a learned temperature",
    "siglip(temperature = learned)",
    "siglip",
    critic("cosine", { temperature: "learned" }),
  ),
  between("canonical", "canonical", "canonical", {}),
  between("canonical, the first wider", "canonical", "canonical", {}, [4, 2]),
  between("canonical, the second wider", "canonical", "canonical", {}, [2, 4]),
  between("cca", "cca", "cca", {}),
  between("cca, codes of two widths", "cca", "cca", {}, [4, 2]),
  between("barlow", "barlow", "barlow", {}),
  between("barlow, a weight", "barlow(lambda = 0.3)", "barlow", { offDiagonal: 0.3 }),
  between("vicreg", "vicreg", "vicreg", {}),
  between("vicreg, weights", "vicreg(invariance = 2, variance = 3, covariance = 4)", "vicreg", {
    invariance: 2,
    variance: 3,
    covariance: 4,
  }),
];
