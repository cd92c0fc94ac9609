import { r2Of } from "../probes/index";
import { measurement, ofReadings } from "./measurement";

export const r2 = measurement({
  id: "r2",
  title: "R²",
  doc: "The share of a number's variance on held-out rows that a linear probe of the code's draws explains; chance is 0, and a value below 0 is worse than the mean. Each draw is scored by itself, and the scores are averaged.",
  unit: "R2",
  when: "round",
  needs: "read-draws",
  place: { table: "kept", row: "" },
  measure: (readings) => ofReadings(readings, "scalar", (reading) => [r2Of(reading)]),
});
