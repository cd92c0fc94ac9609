import type { AlterationKind } from "./alteration";
import { numericStreams, valuesOf, withNumbers } from "./parts";

export const quantise: AlterationKind = {
  id: "quantise",
  doc: "Rounds the values of `streams`, in all rows, to steps of `step` standard deviations around the mean, and cuts them off at `most` standard deviations: those of all values of the stream together, as a coarse instrument of one range has it.",
  example: { id: "quantise", streams: ["X"], step: 0.5, most: 2 },
  alter(data, options, settings) {
    const step = options.number("step", { whole: false, least: 1e-6, most: 1000, fallback: 0.5 });
    const most = options.number("most", { whole: false, least: 0, most: 1000, fallback: 2 });
    return numericStreams(data, settings).reduce((before, stream) => {
      const { numbers, means, deviations, width } = valuesOf(stream, before);
      const mean = means.reduce((sum, one) => sum + one, 0) / width;
      const variance =
        deviations.reduce((sum, one, at) => sum + one ** 2 + (means[at]! - mean) ** 2, 0) / width;
      const deviation = Math.sqrt(variance);
      if (deviation === 0) return before;
      numbers.forEach((value, i) => {
        const steps = Math.round((value - mean) / (step * deviation));
        const end = most / step;
        numbers[i] = mean + step * deviation * Math.min(end, Math.max(-end, steps));
      });
      return withNumbers(before, stream, numbers);
    }, data);
  },
};
