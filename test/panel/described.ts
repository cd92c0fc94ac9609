/** What a host would answer to a page that shows the data: pictures, a table with odd columns, a label, words, what is made. */
import type { StreamDescription } from "../../core/train/data-description";
import type { FromHost } from "../../core/train/protocol";

const plain: StreamDescription = {
  name: "X",
  role: "modality",
  kind: "image(28, 28)",
  field: "X",
  shape: [1, 28, 28],
  looked: 10000,
  missing: 0,
  least: 0,
  most: 1,
  mean: 0.1307,
  standardDeviation: 0.3081,
  histogram: [800, 40, 30, 20, 18, 16, 15, 14, 13, 12, 12, 13, 14, 15, 16, 18, 20, 25, 60, 120],
  columns: [
    { index: 0, histogram: [], least: 0, most: 1, mean: 0.1307, standardDeviation: 0.3081, median: 0 },
  ],
  constant: [],
  outlying: [],
  transforms: [],
};
const none = { least: null, most: null, mean: null, standardDeviation: null, histogram: [], columns: [] };
const tissues = ["bone", "skin", "a tissue with a name that is longer than most"];

export const described = (generation = 1): Extract<FromHost, { kind: "described" }> => ({
  kind: "described",
  generation,
  data: {
    spec: "NoisyDigits",
    source: "patients of the first two years.csv",
    samples: 12000,
    splits: { train: 8000, validation: 1000, test: 1000 },
    streams: [
      plain,
      {
        ...plain,
        name: "blood",
        kind: "vector(24)",
        field: "blood",
        shape: [24],
        absent: { train: 1200, validation: 150, test: 140 },
        missing: 17,
        least: -3.25,
        most: 90000,
        mean: 12.5,
        standardDeviation: 700,
        histogram: [239990, ...Array.from({ length: 18 }, () => 0), 10],
        columns: Array.from({ length: 24 }, (_, index) => ({
          index,
          name: `analyte_${index}`,
          histogram: [...Array.from({ length: 19 }, (_, bin) => 100 * bin), index === 7 ? 0 : 1000],
          least: -3.25,
          most: index === 7 ? 90000 : 4,
          mean: index / 10,
          standardDeviation: 1,
          median: 0.5,
        })),
        constant: [0, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13],
        outlying: [7],
        transforms: [{ by: "fill", text: "17 missing numbers filled with the column's mean" }],
      },
      {
        ...plain,
        ...none,
        name: "tissue",
        role: "observe",
        kind: "label(3)",
        field: "tissue",
        absent: { train: 7, validation: 0, test: 1 },
        shape: [],
        classes: tissues.map((name, i) => ({
          class: i,
          name,
          train: 4000 - 1900 * i,
          validation: 500 - 200 * i,
          test: 480 - 190 * i,
        })),
      },
      {
        ...plain,
        ...none,
        name: "caption",
        kind: "text(8, 40)",
        field: "caption",
        shape: [8],
        words: { least: 2, most: 8, mean: 5.25, standardDeviation: 1.5 },
      },
      {
        ...plain,
        ...none,
        name: "other",
        kind: "image(28, 28)",
        field: null,
        looked: 0,
        made: { by: "augment", of: "X" },
      },
    ],
    taken: ["Samples are windows: 59 of 64 rows, 16 rows apart."],
    skipped: [{ name: "note", reason: 'it contains 40 different texts, such as "free-text-0"' }],
  },
});
