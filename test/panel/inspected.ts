/** What a host would answer to a page that shows the codes: two factors, three clusters. */
import type { Across, CodeMap, Inspected, OpenedSample, Traversal } from "../../core/train/inspect/messages";
import type { FromHost } from "../../core/train/protocol";

const ROWS = 90;
export const rows = Array.from({ length: ROWS }, (_, i) => 8000 + i);
const digit = rows.map((_, i) => i % 3);
const angle = rows.map((_, i) => Math.sin(i));

const scattered = (i: number, by: number): number => Math.sin(12.9 * (i + 1) * by) * 0.7;

export const codeMap = (code: string, step = 620): CodeMap => ({
  kind: "map",
  step,
  code,
  rows,
  x: rows.map((_, i) => [-3, 0, 3][i % 3]! + scattered(i, 1.7)),
  y: rows.map((_, i) => [0, 2, -1][i % 3]! + scattered(i, 2.3)),
  shares: [0.62, 0.214],
  factors: [
    { factor: "digit", classes: 10, values: digit },
    { factor: "angle", values: angle },
  ],
});

const ring = (count: number): Uint8Array =>
  Uint8Array.from({ length: count * 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor((i % 784) / 28)];
    return Math.max(0, 255 - 60 * Math.abs(Math.hypot(x - 13.5, y - 13.5) - 8));
  });
const pictures = (stream: string, count: number) => ({
  kind: "pictures" as const,
  stream,
  count,
  height: 28,
  width: 28,
  channels: 1 as const,
  original: ring(count),
});

export const openedSample = (code: string, row: number, step = 620): OpenedSample => {
  const at = rows.indexOf(row);
  const near = rows.filter((other) => other !== row && (other - row) % 3 === 0).slice(0, 6);
  const values = [0.8, -1.2, 0.3, 0, 2.1, -0.4, 0.05, 0];
  return {
    kind: "sample",
    step,
    code,
    row,
    samples: [{ ...pictures("X", 1), reconstruction: ring(1) }, pictures("Y", 1)],
    codes: ["Zx", "Zy"].map((name) => ({
      code: name,
      mean: values,
      draw: values.map((value) => value + 0.1),
    })),
    neighbours: {
      rows: near,
      distances: near.map((_, i) => 0.2 + i / 10),
      samples: [pictures("X", near.length), pictures("Y", near.length)],
    },
    factors: [
      {
        factor: "digit",
        classes: 10,
        truth: digit[at]!,
        neighbours: near.map((other) => digit[rows.indexOf(other)]!),
        predictions: [
          { code: "Zx", value: digit[at]! },
          { code: "Zy", value: 7 },
        ],
      },
      {
        factor: "angle",
        truth: angle[at]!,
        neighbours: near.map((other) => angle[rows.indexOf(other)]!),
        predictions: [
          { code: "Zx", value: 0.12 },
          { code: "Zy", value: -0.03 },
        ],
      },
    ],
    readAt: 600,
  };
};

export const traversal = (code: string, step = 620): Traversal => ({
  kind: "traversal",
  step,
  code,
  row: rows[0]!,
  coordinates: [0, 1, 2, 3].map((coordinate) => ({
    coordinate,
    values: Array.from({ length: 9 }, (_, i) => -2 + i / 2),
    samples: [
      pictures("X", 9),
      { kind: "texts" as const, stream: "caption", original: digits(9, coordinate) },
    ],
    moves: [
      { stream: "X", by: [0.1, 0.3, 0.02, 0][coordinate]! },
      { stream: "caption", by: 0.05 },
    ],
  })),
});

const digits = (count: number, from: number): string[] =>
  Array.from({ length: count }, (_, i) => `word ${from}-${i}`);

export const across = (step = 620): Across => ({
  kind: "across",
  step,
  rows: rows.slice(0, 6),
  pairs: [
    {
      from: "X",
      to: "Y",
      codes: [
        { code: "Zx", by: "stream" },
        { code: "Wy", by: "prior" },
      ],
      given: [pictures("X", 6)],
      truth: [pictures("Y", 6)],
      draws: [pictures("Y", 6), pictures("Y", 6)],
    },
    {
      from: "X",
      to: "digit",
      codes: [{ code: "Zx", by: "stream" }],
      given: [pictures("X", 6)],
      truth: [{ kind: "texts", stream: "digit", original: ["3", "1", "4", "1", "5", "9"] }],
      draws: [
        {
          kind: "texts",
          stream: "digit",
          original: ["3 (0.97)", "1 (0.88)", "9 (0.51)", "1 (1.00)", "5 (0.76)", "4 (0.44)"],
        },
      ],
    },
  ],
  priors: [{ stream: "X", codes: ["Zx", "Wx"], samples: pictures("X", 8) }],
  without: [{ stream: "Y", codes: ["Wy"] }],
});

export const answered = (found: Inspected): FromHost => ({
  kind: "inspected",
  generation: 1,
  found,
});
