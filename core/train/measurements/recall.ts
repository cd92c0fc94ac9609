import { recallsOf } from "../probes/index";
import { measurement, ofReadings } from "./measurement";

export const recall = measurement({
  id: "recall",
  title: "Recall",
  doc: "How often a row of a class is named as that class, from draws of the code; one value a class. Chance is the share of the class.",
  unit: "share",
  when: "round",
  needs: "read-draws",
  place: { table: "classes", row: "recall" },
  measure: (readings) => ofReadings(readings, "label", (reading) => recallsOf(reading)),
});
