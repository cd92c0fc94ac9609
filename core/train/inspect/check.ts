/** Shapes of what a page asks to see of the codes, and of the answers; see `protocol-check`. */
import type { Samples } from "../shown";
import { count, list, number, object, optional, tagged, text, word, type Shape } from "../shape";
import type {
  Across,
  AllInspected,
  CodeMap,
  Inspected,
  Inspection,
  OpenedSample,
  Traversal,
} from "./messages";

export const inspection = tagged<Inspection>({
  map: { code: text },
  sample: { code: text, row: count },
  traversal: { code: text },
  across: {},
});

const factor = { factor: text, classes: optional(count) };

/** @param samples the shape of samples of one stream */
export function inspectedShapes(samples: Shape<Samples>): {
  one: Shape<Inspected>;
  all: Shape<AllInspected>;
} {
  const kinds = {
    map: {
      step: count,
      code: text,
      rows: list(count),
      x: list(number),
      y: list(number),
      shares: list(number),
      factors: list(object<CodeMap["factors"][number]>({ ...factor, values: list(number) })),
    },
    sample: {
      step: count,
      code: text,
      row: count,
      samples: list(samples),
      codes: list(
        object<OpenedSample["codes"][number]>({ code: text, mean: list(number), draw: list(number) }),
      ),
      neighbours: object<OpenedSample["neighbours"]>({
        rows: list(count),
        distances: list(number),
        samples: list(samples),
      }),
      factors: list(
        object<OpenedSample["factors"][number]>({
          ...factor,
          truth: number,
          neighbours: list(number),
          predictions: list(object({ code: text, value: number })),
        }),
      ),
      readAt: optional(count),
    },
    traversal: {
      step: count,
      code: text,
      row: count,
      coordinates: list(
        object<Traversal["coordinates"][number]>({
          coordinate: count,
          values: list(number),
          samples: list(samples),
          moves: list(object({ stream: text, by: number })),
        }),
      ),
    },
    across: {
      step: count,
      rows: list(count),
      pairs: list(
        object<Across["pairs"][number]>({
          from: text,
          to: text,
          codes: list(
            object<Across["pairs"][number]["codes"][number]>({ code: text, by: word("stream", "prior") }),
          ),
          given: list(samples),
          truth: list(samples),
          draws: list(samples),
        }),
      ),
      priors: list(object<Across["priors"][number]>({ stream: text, codes: list(text), samples })),
      without: list(object({ stream: text, codes: list(text) })),
    },
  };
  const one = tagged<Inspected>(kinds);
  return {
    one,
    all: object<AllInspected>({
      map: optional(one as Shape<CodeMap>),
      sample: optional(one as Shape<OpenedSample>),
      traversal: optional(one as Shape<Traversal>),
      across: optional(one as Shape<Across>),
    }),
  };
}
