import { rankingsOf } from "../probes/index";
import { measurement, ofReadings } from "./measurement";

export const ranking = measurement({
  id: "ranking",
  title: "Ranking",
  doc: "How often a row of a class is ranked above a row of another, from draws of the code: the area under the ROC curve, one value a class. Chance is 0.5. It shows a rare class that a probe never names, since naming the common one is safer.",
  unit: "share",
  when: "round",
  needs: "read-draws",
  place: { table: "classes", row: "ranking" },
  measure: (readings) =>
    ofReadings(readings, "label", (reading) =>
      rankingsOf(reading).map(({ class: of, value, low, high, chance }) => ({
        class: of,
        value,
        low,
        high,
        chance,
      })),
    ),
});
