import { informationOf } from "../probes/index";
import { measurement } from "./measurement";

export const informationOfAll = measurement({
  id: "information-of-all",
  title: "Information of all codes",
  doc: "The same for all codes side by side, in the last round of a spec with several codes. Codes can carry the same information, so it is not the sum of theirs. The rates of all codes add up to its limit; their joint density bounds it where each code has one and none reads another.",
  unit: "nats",
  when: "round",
  needs: "together",
  place: { table: "information", row: "all codes" },
  measure: (factors) => factors.map(({ factor, all }) => ({ factor, ...informationOf(all) })),
});
