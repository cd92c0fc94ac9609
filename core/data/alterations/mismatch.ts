import { permutation, RandomStream } from "../../random";
import { sizeOf } from "../../program/program";
import type { BoundStream } from "../bind";
import type { AlterationKind } from "./alteration";
import { streamNamed, there, withStream } from "./parts";

/** Wrong pairs in what is learned from; what is judged is paired as before. */
export const mismatch: AlterationKind = {
  id: "mismatch",
  doc: "In a share `rate` of the training rows, and of the validation rows, exchanges the values of `stream` among these rows, so that they no longer belong to the other streams. Test rows stay paired.",
  example: { id: "mismatch", stream: "Y", rate: 0.5, seed: 1 },
  alter(data, options) {
    const stream = streamNamed(data, options.text("stream"));
    const rate = options.number("rate", { whole: false, least: 0, most: 1, fallback: 0.5 });
    const seed = options.integer("seed", 0, 1);
    const draws = new RandomStream(seed, `alteration mismatch ${stream.name}`, 0);
    stream.makeRows?.();
    const { values, shape } = stream;
    const width = sizeOf(shape);
    const out = values.slice() as BoundStream["values"];
    for (const [step, split] of [data.splits.train, data.splits.validation].entries()) {
      const moved = there(split, stream).filter(() => draws.uniform() < rate);
      const order = permutation(seed, `alteration mismatch order ${stream.name}`, step, moved.length);
      // In a circle of random order no row keeps its own.
      order.forEach((place, i) => {
        const from = moved[order[(i + 1) % order.length]!]!;
        out.set(values.subarray(from * width, (from + 1) * width) as never, moved[place]! * width);
      });
    }
    return withStream(data, { ...stream, values: out });
  },
};
