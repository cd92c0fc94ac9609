import { perceptron } from "../../program/expression";
import type { Network } from "./network";

export const linear: Network = {
  name: "linear",
  refuses: () => undefined,
  layers: (_, { input, output }) => perceptron([input, output]),
};

/** A multilayer perceptron; of a text it reads how often each word occurs. */
export const mlp: Network = {
  name: "mlp",
  refuses: () => undefined,
  layers: ({ sizes }, { input, output }) => perceptron([input, ...sizes, output]),
};
