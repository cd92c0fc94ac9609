import { accuracyOf } from "../probes/index";
import { measurement, ofReadings } from "./measurement";

export const accuracy = measurement({
  id: "accuracy",
  title: "Accuracy",
  doc: "How often a linear probe of the code's draws names the right class of held-out rows: what a decoder of the code can use. Each draw is scored by itself, and the scores are averaged. Chance is the share of the commonest class among all rows. Fewer than 200 training rows are supplemented by repeated cross-validation over the held-out ones, and the interval is widened for it.",
  unit: "share",
  when: "round",
  needs: "read-draws",
  place: { table: "kept", row: "" },
  measure: (readings) => ofReadings(readings, "label", (reading) => [accuracyOf(reading)]),
});
