import { measurement } from "./measurement";
import { meanOf } from "./mean";

export const rate = measurement({
  id: "rate",
  title: "Rate",
  doc: "The mean divergence of a code, given its inputs, from its prior: it bounds what the code carries about its inputs, so nothing can be read off its draws beyond it. Under a mixture or a VampPrior it is one sample of each row. A code whose prior reads other variables has a conditional rate, which bounds nothing about the code alone. The interval is that of a mean over the held-out rows.",
  unit: "nats",
  when: "look",
  needs: "rates",
  place: { table: "rates", row: "" },
  measure: (rates) => Object.entries(rates).map(([code, rows]) => ({ code, ...meanOf(rows) })),
});
