import type { Generator } from "../generator";
import { bloodPanels } from "./blood-panels";
import { captionedShapes } from "./captioned-shapes";
import { gaussianPair } from "./gaussian-pair";
import { movingShapes } from "./moving-shapes";
import { neurons } from "./neurons";
import { noisyDigits } from "./noisy-digits";
import { plantedFactors } from "./planted-factors";
import { plantedSignals } from "./planted-signals";
import { soundingDigits } from "./sounding-digits";

/** Every built-in generator, the plainest pictures first. */
export const generators: readonly Generator[] = [
  noisyDigits,
  soundingDigits,
  captionedShapes,
  movingShapes,
  bloodPanels,
  neurons,
  plantedFactors,
  plantedSignals,
  gaussianPair,
];

export const generatorOf = (name: string): Generator | undefined =>
  generators.find((generator) => generator.name === name);
