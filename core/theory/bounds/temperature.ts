/** The temperature by which the scores of a critic are divided. */
import { exp, labelled, type Expr } from "../../program/expression";
import { bounded } from "../laws/bounded";
import type { Model } from "../model-interface";

/** Scores are multiplied by 100 at most, as in CLIP: Radford et al. 2021, section 2.5. */
const LEAST_TEMPERATURE = 0.01;
const LARGEST_TEMPERATURE = 100;

/** What the name of the parameter ends with; it is the logarithm. */
const LOG_TEMPERATURE = ".logTemperature";

/** @param start the temperature before the first step */
export function learnedTemperature(model: Model, pair: string, start: number): Expr {
  const log = model.parameter(`critic.${pair}${LOG_TEMPERATURE}`, [], Math.log(start));
  return labelled(
    "temperature",
    exp(bounded(log, Math.log(LEAST_TEMPERATURE), Math.log(LARGEST_TEMPERATURE))),
  );
}
