import { RandomStream } from "../../random";
import type { AlterationKind } from "./alteration";
import { directionOf } from "./direction";
import { effectOf } from "./effect";
import {
  labelNamed,
  numericNamed,
  seenRows,
  sizeOfRows,
  there,
  valuesOf,
  withNumbers,
  withStream,
} from "./parts";

/** A rare group that decides a label; all rows that are judged belong to it. */
export const rareGroup: AlterationKind = {
  id: "rare",
  doc: "Plants a rare group: a share `share` of the training and validation rows gets a mark in `stream` (a step along a random direction in which the classes of `target` do not differ on average, `size` times a whole row's standard deviation) and the class `class` of `target`, whatever else the row shows. All test rows belong to the group, so what is judged is the group alone.",
  example: { id: "rare", stream: "X", target: "label", share: 0.05, class: 0, size: 1, seed: 1 },
  alter(data, options) {
    const stream = numericNamed(data, options.text("stream"));
    const target = labelNamed(data, options.text("target"));
    const share = options.number("share", { whole: false, least: 0, most: 1, fallback: 0.05 });
    const label = options.number("class", {
      whole: true,
      least: 0,
      most: target.classes! - 1,
      fallback: 0,
    });
    const size = options.number("size", { whole: false, least: 0, most: 1000, fallback: 1 });
    const seed = options.integer("seed", 0, 1);
    const draws = new RandomStream(seed, "alteration rare", 0);
    const values = valuesOf(stream, data);
    const { numbers, width } = values;
    const mark = directionOf(width, size * sizeOfRows(values), seed, `alteration rare ${stream.name}`, [
      ...effectOf(target, values).all,
    ]);
    const labels = Int32Array.from(target.values);
    const absent = target.absent?.slice();
    const seen = there(seenRows(data), stream).filter(() => draws.uniform() < share);
    for (const row of [...seen, ...there(data.splits.test, stream)]) {
      if (absent) absent[row] = 0;
      for (let at = 0; at < width; at++) numbers[row * width + at]! += mark[at]!;
      labels[row] = label;
    }
    const changed = { ...target, values: labels, ...(absent && { absent }) };
    return withStream(withNumbers(data, stream, numbers), changed);
  },
};
