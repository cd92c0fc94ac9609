import { RandomStream } from "../../random";
import type { AlterationKind } from "./alteration";
import { directionOf } from "./direction";
import { numericStreams, sizeOfRows, usedRows, valuesOf, withNumbers } from "./parts";

export const spurious: AlterationKind = {
  id: "spurious",
  doc: "Adds one more factor to all of `streams`, in all rows: a normal number for each row, along a random direction of each stream, `size` times as large as a whole row's standard deviation. The streams then share it, and nothing else depends on it.",
  example: { id: "spurious", streams: ["X", "Y"], size: 1, seed: 1 },
  alter(data, options, settings) {
    const size = options.number("size", { whole: false, least: 0, most: 1000, fallback: 1 });
    const seed = options.integer("seed", 0, 1);
    const draws = new RandomStream(seed, "alteration spurious", 0);
    return numericStreams(data, settings).reduce((before, stream) => {
      const values = valuesOf(stream, before);
      const { numbers, width } = values;
      const direction = directionOf(
        width,
        size * sizeOfRows(values),
        seed,
        `alteration spurious ${stream.name}`,
      );
      for (const row of usedRows(before)) {
        draws.rewind(row);
        const factor = draws.normal();
        for (let at = 0; at < width; at++) numbers[row * width + at]! += factor * direction[at]!;
      }
      return withNumbers(before, stream, numbers);
    }, data);
  },
};
