import { sizeOf } from "../../program/program";
import { RandomStream } from "../../random";
import type { AlterationKind } from "./alteration";
import { numericNamed, streamNamed, usedRows, valuesOf, withNumbers, withStream } from "./parts";

export const absent: AlterationKind = {
  id: "absent",
  doc: "Takes `stream` away from a share `rate` of all rows, test rows among them: they get the mean of the training rows, or a text without words.",
  example: { id: "absent", stream: "Y", rate: 0.5, seed: 1 },
  alter(data, options) {
    const stream = streamNamed(data, options.text("stream"));
    const rate = options.number("rate", { whole: false, least: 0, most: 1, fallback: 0.5 });
    const draws = new RandomStream(options.integer("seed", 0, 1), `alteration absent ${stream.name}`, 0);
    const rows = usedRows(data).filter((row) => {
      draws.rewind(row);
      return draws.uniform() < rate;
    });
    if (stream.kind.name === "text") {
      stream.makeRows?.();
      const width = sizeOf(stream.shape);
      const words = Int32Array.from(stream.values);
      // The number after the last word stands where there is none.
      for (const row of rows) words.fill(stream.classes!, row * width, (row + 1) * width);
      return withStream(data, { ...stream, values: words });
    }
    const { numbers, width, means } = valuesOf(numericNamed(data, stream.name), data);
    for (const row of rows) numbers.set(means, row * width);
    return withNumbers(data, stream, numbers);
  },
};
