import { LARGEST_TEMPERATURE, LEAST_TEMPERATURE } from "../../theory/bounds/temperature";
import { measurement } from "./measurement";

/** `between 0.01 and 100`. */
export const withinLimits = `between ${LEAST_TEMPERATURE} and ${LARGEST_TEMPERATURE}`;

export const temperature = measurement({
  id: "temperature",
  title: "Temperature",
  doc: `The number by which the scores of a term are divided, where the term learns it. It is a weight, which is read and not estimated: its interval is the number itself. It starts at the bound's default and is kept ${withinLimits}; on a limit, training would take it further.`,
  unit: "number",
  when: "look",
  needs: "temperatures",
  place: { table: "temperatures", row: "" },
  measure: (learned) =>
    Object.entries(learned).map(([term, value]) => ({ term, value, low: value, high: value })),
});

/** Whether a temperature rests on a limit, and on which. */
export const limitAt = (value: number): "lower" | "upper" | undefined =>
  value <= LEAST_TEMPERATURE ? "lower" : value >= LARGEST_TEMPERATURE ? "upper" : undefined;
