import { perceptron } from "../../program/expression";
import type { Network } from "./network";

export const linear: Network = {
  name: "linear",
  ofValues: true,
  refuses: () => undefined,
  layers: (_, { input, output }) => perceptron([input, output]),
};

/** A multilayer perceptron; of a text it reads how often each word occurs. */
export const mlp: Network = {
  name: "mlp",
  numbers: {
    first: "width 1",
    further: "width",
    advice: "Write the widths of the hidden layers, as in `mlp(256, 256)`.",
  },
  ofValues: true,
  refuses: () => undefined,
  layers: ({ sizes }, { input, output }) => perceptron([input, ...sizes, output]),
};
