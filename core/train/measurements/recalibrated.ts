import { measurement } from "./measurement";

export const recalibrated = measurement({
  id: "recalibrated",
  title: "Recalibrated",
  doc: "A contrastive term (`infonce`) with the scores of its critic multiplied by one number, which is fitted on validation rows. A critic that is too sure of itself makes the raw value low, even negative, although the codes share much; this one shows how well its scores tell true pairs from others. The checkpoint is chosen by it. While training runs, the number is fitted on the rows that it is measured on; the result is of test rows, with the number of the validation rows. The interval is that of a mean over rows, which share their batches.",
  unit: "nats",
  when: "look",
  needs: "recalibrated",
  place: { table: "contrasts", row: "" },
  measure: (terms) =>
    Object.entries(terms).map(([term, { value, low, high }]) => ({ term, value, low, high })),
});
