import { accuracyOf } from "../probes/index";
import { measurement, ofReadings } from "./measurement";

export const accuracyOfMean = measurement({
  id: "accuracy-of-mean",
  title: "Accuracy of the mean",
  doc: "The same for the code's noiseless mean, which papers report and people ship. It can name a class that the draws hide: a rate of 0.01 nats allows almost nothing to be read off draws, while the mean may still predict the class. Whoever relies on a code to have forgotten something has to look at both.",
  unit: "share",
  when: "round",
  needs: "read-means",
  place: { table: "kept", row: "mean" },
  measure: (readings) => ofReadings(readings, "label", (reading) => [accuracyOf(reading)]),
});
