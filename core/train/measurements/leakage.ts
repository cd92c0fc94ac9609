import { measurement } from "./measurement";

export const leakage = measurement({
  id: "leakage",
  title: "Leakage",
  doc: "How much of a view that a private code does not read a linear map of its draws predicts: R² over all values of the view, on held-out rows, each half predicted by the map of the other. The two views share what it predicts, so at least this much shared content is in the private code. It says only what leaks at least: a leak that no line follows is not seen. That nothing leaks is shown by a term `by chain` alone, whose value bounds the information between two codes from above.",
  unit: "R2",
  when: "round",
  needs: "leaks",
  place: { table: "leakage", row: "" },
  measure: (leaks) =>
    leaks.map(({ code, view, r2, low, high }) => ({ code, factor: view, value: r2, low, high, chance: 0 })),
});
