/** What each change does to each watched factor, as intervals. */
import type { Picture, Series } from "../../views/picture";
import type { StressAnswer, Tested } from "./answer";

/** A change and a factor: what is kept of it as the design is and after the change, and the interval of the latter. */
interface Row {
  name: string;
  before: number;
  after: number;
  low: number;
  high: number;
}

/** One picture, the worst change at the top, and its worst factor first; none where nothing was tested. */
export function stressPictures({ name, tests }: StressAnswer): Picture[] {
  const rows = tests.flatMap(rowsOf);
  if (rows.length === 0) return [];
  const points = (of: (row: Row) => readonly number[]): Series["points"] =>
    rows.flatMap((row, y) => of(row).map((x) => ({ x, y })));
  return [
    {
      ...{ id: "tests", title: `What each test does to ${name}, worst first`, marks: [] },
      x: { title: "accuracy or R² of a probe", log: false },
      y: { title: "test: factor", log: false, names: rows.map((row) => row.name) },
      series: [
        {
          ...{ name: "after, its interval (all together hold with 95 %)", style: "intervals" },
          points: points(({ low, high }) => [low, high]),
        },
        { name: "as the design is", style: "points", points: points(({ before }) => [before]) },
        { name: "after the change", style: "points", points: points(({ after }) => [after]) },
      ],
    },
  ];
}

function rowsOf(tested: Tested): Row[] {
  const { id, moves, factor: worst } = tested;
  const factors = moves.length > 0 ? moves : [tested];
  const fallen = ({ before, after }: { before: number; after: number }): number => Math.abs(after - before);
  return factors
    .toSorted((a, b) => Number(b.factor === worst) - Number(a.factor === worst) || fallen(b) - fallen(a))
    .map(({ factor, before, after, low, high }) => ({
      ...{ name: `${id}: ${factor}`, before, after, low: before + low, high: before + high },
    }));
}
