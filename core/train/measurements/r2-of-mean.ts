import { r2Of } from "../probes/index";
import { measurement, ofReadings } from "./measurement";

export const r2OfMean = measurement({
  id: "r2-of-mean",
  title: "R² of the mean",
  doc: "The same for the code's noiseless mean. It can explain a number that the draws hide.",
  unit: "R2",
  when: "round",
  needs: "read-means",
  place: { table: "kept", row: "mean" },
  measure: (readings) => ofReadings(readings, "scalar", (reading) => [r2Of(reading)]),
});
