import type { AlterationKind } from "./alteration";
import { effectOf } from "./effect";
import { numericStreams, streamNamed, valuesOf, withNumbers } from "./parts";

/** Training never sees what the test rows are like. */
export const shift: AlterationKind = {
  id: "shift",
  doc: "Moves the test rows of `streams` as if `factor` had moved: by `by` standard deviations of a number, or `by` times as far as its class that is furthest from the mean. Training and validation rows stay.",
  example: { id: "shift", factor: "site", streams: ["X"], by: 2 },
  alter(data, options, settings) {
    const factor = streamNamed(data, options.text("factor"));
    const by = options.number("by", { whole: false, least: -1000, most: 1000, fallback: 2 });
    return numericStreams(data, settings).reduce((before, stream) => {
      const values = valuesOf(stream, before);
      const { numbers, width } = values;
      const { most } = effectOf(factor, values);
      const changed = numbers.slice();
      for (const row of before.splits.test)
        for (let at = 0; at < width; at++) changed[row * width + at]! += by * most[at]!;
      return withNumbers(before, stream, changed);
    }, data);
  },
};
