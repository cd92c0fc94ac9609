import { RandomStream } from "../../random";
import type { AlterationKind } from "./alteration";
import { numericStreams, seenRows, valuesOf, withNumbers } from "./parts";

export const outliers: AlterationKind = {
  id: "outliers",
  doc: "Adds noise of `size` standard deviations to every value of a share `rate` of the training and validation rows of `streams`. Test rows stay.",
  example: { id: "outliers", streams: ["X"], rate: 0.02, size: 10, seed: 1 },
  alter(data, options, settings) {
    const rate = options.number("rate", { whole: false, least: 0, most: 1, fallback: 0.02 });
    const size = options.number("size", { whole: false, least: 0, most: 1e6, fallback: 10 });
    const seed = options.integer("seed", 0, 1);
    return numericStreams(data, settings).reduce((before, stream) => {
      const { numbers, width, deviations } = valuesOf(stream, before);
      const draws = new RandomStream(seed, `alteration outliers ${stream.name}`, 0);
      for (const row of seenRows(before)) {
        draws.rewind(row);
        if (draws.uniform() >= rate) continue;
        for (let at = 0; at < width; at++)
          numbers[row * width + at]! += size * deviations[at]! * draws.normal();
      }
      return withNumbers(before, stream, numbers);
    }, data);
  },
};
