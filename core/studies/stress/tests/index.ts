/** The stress tests. To add one, write its file beside this one and add it to the list. */
import { absent } from "./absent";
import { ablations } from "./drop";
import { beta } from "./beta";
import { fewer } from "./fewer";
import { labelNoise } from "./label-noise";
import { mismatch } from "./mismatch";
import { nuisance } from "./nuisance";
import { outliers } from "./outliers";
import { quantise } from "./quantise";
import { rare } from "./rare";
import { shift } from "./shift";
import { spurious } from "./spurious";
import type { Tests } from "./test";

export const stressTests: readonly Tests[] = [
  ablations,
  fewer,
  labelNoise,
  mismatch,
  nuisance,
  shift,
  spurious,
  rare,
  absent,
  outliers,
  quantise,
  beta,
];
