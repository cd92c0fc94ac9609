import { rateGiven } from "../../theory/terms/roles";
import { measurement } from "./measurement";
import { meanOf } from "./mean";

export const rate = measurement({
  id: "rate",
  title: "Rate",
  doc: "The mean divergence of a code, given its inputs, from its prior: it bounds what the code carries about its inputs, so nothing can be read off its draws beyond it. Under a mixture or a VampPrior it is one sample of each row. Where the prior of a code reads other variables, or the one term that compresses it has a condition, its rate is what it carries beyond these: it bounds nothing about the code alone. The interval is that of a mean over the held-out rows.",
  unit: "nats",
  when: "look",
  needs: "rates",
  place: { table: "rates", row: "" },
  measure: (rates, spec) =>
    Object.entries(rates).map(([code, rows]) => {
      const given = rateGiven(spec, code);
      return { code, ...meanOf(rows), ...(given.length > 0 && { given }) };
    }),
});
