import type { AlterationKind } from "./alteration";
import { effectOf } from "./effect";
import { numericStreams, streamNamed, usedRows, valuesOf, withNumbers } from "./parts";

export const nuisance: AlterationKind = {
  id: "nuisance",
  doc: "Makes what `factor` does to `streams` stronger in all rows: its effect on average, a line for a number and a mean for each class, becomes `times` as large.",
  example: { id: "nuisance", factor: "site", streams: ["X"], times: 2 },
  alter(data, options, settings) {
    const factor = streamNamed(data, options.text("factor"));
    const times = options.number("times", { whole: false, least: 0, most: 1000, fallback: 2 });
    return numericStreams(data, settings).reduce((before, stream) => {
      const values = valuesOf(stream, before);
      const { numbers, width } = values;
      const effect = effectOf(factor, values);
      const changed = numbers.slice();
      for (const row of usedRows(before)) {
        const own = effect.of(row);
        for (let at = 0; at < width; at++) changed[row * width + at]! += (times - 1) * own[at]!;
      }
      return withNumbers(before, stream, changed);
    }, data);
  },
};
