/** The temperature by which the scores of a critic are divided. */
import { exp, labelled, type Expr } from "../../program/expression";
import { topological } from "../../program/traverse";
import { bounded } from "../laws/bounded";
import type { Model } from "../model-interface";

/** Scores are multiplied by 100 at most, as in CLIP: Radford et al. 2021, section 2.5. */
export const LEAST_TEMPERATURE = 0.01;
export const LARGEST_TEMPERATURE = 100;

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

/** A temperature that a term learns. */
export interface LearnedTemperature {
  /** The parameter; it is the logarithm. */
  parameter: string;
  /** Before the first step. */
  start: number;
}

/** The temperature that the value of a term learns; undefined where it learns none. */
export function learnedTemperatureIn(value: Expr): LearnedTemperature | undefined {
  for (const e of topological([value]))
    if (e.op === "parameter" && e.name.endsWith(LOG_TEMPERATURE) && e.initial.kind === "constant")
      return { parameter: e.name, start: Number(Math.exp(e.initial.value).toPrecision(7)) };
  return undefined;
}

/** The temperature in force, which is kept within its limits. */
export const temperatureOf = (log: number): number =>
  Math.min(LARGEST_TEMPERATURE, Math.max(LEAST_TEMPERATURE, Math.exp(log)));
