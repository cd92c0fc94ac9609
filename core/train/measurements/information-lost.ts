import { moreGained } from "../probes/index";
import { measurement } from "./measurement";

export const informationLost = measurement({
  id: "information-lost",
  title: "Information lost without a code",
  doc: "How much worse a factor is predicted from all codes but this one than from all codes, on the same held-out rows, with a paired interval: an estimate of the information that only this code carries given the others. It is the difference of two lower bounds, so it bounds nothing itself. It does not add up with the information of the code alone: what two codes both carry is lost with neither, and what only both together carry is lost with each.",
  unit: "nats",
  when: "round",
  needs: "together",
  place: { table: "information", row: "lost without it" },
  measure: (factors) =>
    factors.flatMap(({ factor, all, without }) =>
      without.map(({ code, gains }) => ({ code, factor, ...moreGained(all.gains, gains) })),
    ),
});
