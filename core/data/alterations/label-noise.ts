import { RandomStream } from "../../random";
import type { AlterationKind } from "./alteration";
import { numericNamed, seenRows, streamNamed, there, valuesOf, withNumbers, withStream } from "./parts";

/** Wrong labels in what is learned from; what is judged keeps its own. */
export const labelNoise: AlterationKind = {
  id: "label-noise",
  doc: "Gives a share `rate` of the training and validation rows a wrong value of `stream`: another class by lot, or the number of another row. Test rows keep theirs.",
  example: { id: "label-noise", stream: "label", rate: 0.3, seed: 1 },
  alter(data, options) {
    const stream = streamNamed(data, options.text("stream"));
    const rate = options.number("rate", { whole: false, least: 0, most: 1, fallback: 0.3 });
    const draws = new RandomStream(options.integer("seed", 0, 1), `alteration label-noise ${stream.name}`, 0);
    const rows = there(seenRows(data), stream);
    const wrong = rows.filter(() => draws.uniform() < rate);
    if (stream.kind.name === "label") {
      const values = Int32Array.from(stream.values);
      const classes = stream.classes!;
      for (const row of wrong)
        values[row] = (values[row]! + 1 + draws.integer(Math.max(1, classes - 1))) % classes;
      return withStream(data, { ...stream, values });
    }
    const { numbers, width } = valuesOf(numericNamed(data, stream.name), data);
    const before = numbers.slice();
    for (const row of wrong) {
      const other = rows[draws.integer(rows.length)]!;
      numbers.set(before.subarray(other * width, (other + 1) * width), row * width);
    }
    return withNumbers(data, stream, numbers);
  },
};
