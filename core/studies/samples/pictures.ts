/** Learning curves as pictures, with what the answer reads off them. */
import type { Picture, Series } from "../../views/picture";
import type { CurvePoint, SamplesAnswer } from "./answer";

const NAMES: Record<CurvePoint["from"], string> = { data: "the data", twin: "their Gaussian twin" };
const AXIS = { title: "training samples", log: true };

/** The learning curves, or the needs at several correlations; none where nothing was trained or computed. */
export function samplesPictures({ curve, byCorrelation, of, level, ...answer }: SamplesAnswer): Picture[] {
  if (byCorrelation.length > 0)
    return [
      {
        ...{ id: "correlations", title: "Samples that a linear design needs", marks: [] },
        x: { title: "correlation of each shared direction", log: false },
        y: AXIS,
        series: [
          lineOf(
            "needed",
            byCorrelation.map(({ rho, need }) => ({ x: rho, y: need })),
          ),
          lineOf(
            "detectable from",
            byCorrelation.map(({ rho, detectable }) => ({ x: rho, y: detectable })),
          ),
        ],
      },
    ];
  if (curve.length < 2) return [];
  const sources = (["data", "twin"] as const).filter((from) => curve.some((point) => point.from === from));
  return [
    {
      ...{ id: "curve", title: `Learning curve of ${of}`, x: AXIS, y: { title: of, log: false } },
      series: [
        ...sources.flatMap((source) => seriesOf(curve, source)),
        levelOf(curve, sources.at(-1)!, level),
      ],
      marks: marksOf(answer),
    },
  ];
}

const lineOf = (name: string, points: Series["points"]): Series => ({ name, style: "line", points });

/** The middle of the seeds, and their ends. */
function seriesOf(curve: readonly CurvePoint[], source: CurvePoint["from"]): Series[] {
  const own = curve.filter(({ from }) => from === source);
  const name = NAMES[source];
  return [
    lineOf(
      name,
      own.map(({ rows, score }) => ({ x: rows, y: score })),
    ),
    {
      ...{ name: `${name}, ends of the seeds`, style: "points" },
      points: own.flatMap(({ rows, low, high }) => [low, high].map((y) => ({ x: rows, y }))),
    },
  ];
}

/** The score that is asked for: of a pilot's own curve, which has no end yet, nothing is. */
function levelOf(curve: readonly CurvePoint[], source: CurvePoint["from"], level: number): Series {
  const own = curve.filter(({ from }) => from === source);
  const end = own.at(-1)!;
  return {
    ...{ name: `${Math.round(100 * level)} % of the end on ${NAMES[source]}`, style: "theory" },
    points: [own[0]!, end].map(({ rows }) => ({ x: rows, y: level * end.score })),
  };
}

/** The need and the ends of its interval, as numbers of samples. */
function marksOf({
  answer,
  need,
  low,
  high,
}: Pick<SamplesAnswer, "answer" | "need" | "low" | "high">): Picture["marks"] {
  const from = answer === "measured" || answer === "at most" ? ("measured" as const) : ("predicted" as const);
  const texts = { need: "need", low: answer === "at least" ? "at least" : "lower end", high: "upper end" };
  const places = { need, low, high: high === need ? null : high };
  return (["need", "low", "high"] as const).flatMap((name) => {
    const x = places[name];
    return x === null ? [] : [{ x, text: texts[name], from }];
  });
}
