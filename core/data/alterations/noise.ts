import { RandomStream } from "../../random";
import type { AlterationKind } from "./alteration";
import { numericStreams, usedRows, valuesOf, withNumbers } from "./parts";

export const noise: AlterationKind = {
  id: "noise",
  doc: "Adds Gaussian noise to every value of `streams`, in all rows: `size` times the value's own standard deviation.",
  example: { id: "noise", streams: ["X"], size: 0.5, seed: 1 },
  alter(data, options, settings) {
    const size = options.number("size", { whole: false, least: 0, most: 1000, fallback: 0.5 });
    const seed = options.integer("seed", 0, 1);
    return numericStreams(data, settings).reduce((before, stream) => {
      const { numbers, width, deviations } = valuesOf(stream, before);
      const draws = new RandomStream(seed, `alteration noise ${stream.name}`, 0);
      for (const row of usedRows(before)) {
        draws.rewind(row);
        for (let at = 0; at < width; at++)
          numbers[row * width + at]! += size * deviations[at]! * draws.normal();
      }
      return withNumbers(before, stream, numbers);
    }, data);
  },
};
