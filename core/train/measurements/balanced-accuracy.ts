import { balancedAccuracyOf } from "../probes/index";
import { measurement, ofReadings } from "./measurement";

export const balancedAccuracy = measurement({
  id: "balanced-accuracy",
  title: "Balanced accuracy",
  doc: "The mean of the recalls of all classes, from draws of the code: a rare class counts as much as a common one. Chance is one over the number of classes.",
  unit: "share",
  when: "round",
  needs: "read-draws",
  place: { table: "classes", row: "balanced accuracy" },
  measure: (readings) => ofReadings(readings, "label", (reading) => [balancedAccuracyOf(reading)]),
});
