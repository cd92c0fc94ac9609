import { hundredths } from "../../language/number-text";
import { measurement } from "./measurement";

/** Least share of a view that a sentence is worth. */
const LEAST = 0.05;

export const leakage = measurement({
  id: "leakage",
  title: "Leakage",
  doc: "How much of a view that a private code does not read a linear map of its draws predicts: R² over all values of the view, on held-out rows, each half predicted by the map of the other. The two views share what it predicts, so at least this much shared content is in the private code. It says only what leaks at least: a leak that no line follows is not seen. That nothing leaks can only be shown from above: by `shared-at-most`, or by a term `by chain` where the entropy of the streams is known.",
  unit: "R2",
  when: "round",
  needs: "leaks",
  place: { table: "leakage", row: "" },
  measure: (leaks) =>
    leaks.map(({ code, view, r2, low, high }) => ({ code, factor: view, value: r2, low, high, chance: 0 })),
  sentence: (values) =>
    values
      .filter(({ low }) => low >= LEAST)
      .map(
        ({ code, factor, low }) =>
          `${code} predicts at least ${hundredths(Math.floor(100 * low) / 100)} of ${factor}, which it does not read.`,
      )
      .join(" "),
});
