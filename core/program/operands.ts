/** What each kind of operation reads and writes: the one place that the compiler, the memory plan and the executors ask. */
import type { BufferId, Operation } from "./program";

interface Operands {
  reads: BufferId[];
  writes: BufferId[];
}

/** The buffers that an operation reads and writes. Adam reads what it writes too. */
export function operandsOf(operation: Operation): Operands {
  switch (operation.kind) {
    case "matmul": {
      const { a, b, bias, out } = operation;
      return { reads: bias === undefined ? [a, b] : [a, b, bias], writes: [out] };
    }
    case "map":
      return { reads: operation.inputs.map((input) => input.buffer), writes: [operation.out] };
    case "reduce":
    case "copy":
    case "unfold":
    case "fold":
    case "triangular":
      return { reads: [operation.input], writes: [operation.out] };
    case "gather":
    case "scatterAdd":
      return { reads: [operation.source, operation.index], writes: [operation.out] };
    case "foreign": {
      const { input, parameters, out } = operation;
      return { reads: [input, ...parameters], writes: [out] };
    }
    case "foreignGradient": {
      const { of, input, gradient, parameters, out } = operation;
      return { reads: [of, input, gradient, ...parameters], writes: [out] };
    }
    case "adam": {
      const { parameter, gradient, m, v, rate, step } = operation;
      return { reads: [gradient, rate, step], writes: [parameter, m, v] };
    }
  }
}
