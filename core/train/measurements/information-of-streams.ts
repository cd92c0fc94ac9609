import { informationOf } from "../probes/index";
import { measurement } from "./measurement";

export const informationOfStreams = measurement({
  id: "information-of-streams",
  title: "Information of the raw streams",
  doc: "The information that the streams themselves carry about a factor, in nats: what a code could carry at most. The lower end is H(factor) less the log-loss, on held-out rows, of a supervised network with the spec's own encoders and no bottleneck, less its sampling error; the upper end is the entropy of the label. The network is trained once for the same data, after the training has ended, outside the time for measuring. A number is cut into quarters, and nothing bounds it from above. Where codes carry more than the lower end, so do the streams: codes are made from them.",
  unit: "nats",
  when: "round",
  needs: "told",
  place: { table: "information", row: "raw streams" },
  measure: ({ streams }) => streams.map(({ factor, evidence }) => ({ factor, ...informationOf(evidence) })),
});
