import { informationOf } from "../probes/index";
import { measurement } from "./measurement";
import type { Told } from "./subjects";

export const informationDiscarded = measurement({
  id: "information-discarded",
  title: "Information discarded",
  doc: "The information about a factor that the streams carry and all codes together do not, in nats, between two limits. At least: the lower end of the streams' less the upper end of the codes'; 0 until the streams' is known, after the training has ended. At most: the entropy of the label less the lower end of the codes'; nothing bounds it for a number. Each limit holds at 95 %. The value is the difference of the two estimates, within the limits.",
  unit: "nats",
  when: "round",
  needs: "told",
  place: { table: "information", row: "discarded" },
  measure: ({ codes, streams }) =>
    codes.map(({ factor, evidence }) => ({
      factor,
      ...discarded(evidence, streams.find((one) => one.factor === factor)?.evidence),
    })),
});

type Evidence = Told["evidence"];

function discarded(
  codes: Evidence,
  streams: Evidence | undefined,
): { value: number; low: number; high: number | null } {
  const { gains, counts } = codes;
  const carried = informationOf(codes);
  // Of the label alone, whatever limits the codes.
  const { high: entropy } = informationOf({ gains, ...(counts && { counts }) });
  const there = streams && informationOf(streams);
  const high = entropy === null ? null : Math.max(0, entropy - carried.low);
  const least = Math.max(0, (there?.low ?? 0) - (carried.high ?? Infinity));
  const low = high === null ? least : Math.min(least, high);
  const value = (there?.value ?? entropy ?? carried.value) - carried.value;
  return { value: Math.max(low, Math.min(value, high ?? value)), low, high };
}
