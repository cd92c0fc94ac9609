/** A sweep as a table, pictures and a sentence. */
import { hundredths, number } from "../../language/number-text";
import { count } from "../../language/text";
import { knobText } from "../../language/knob-text";
import type { Picture, Series } from "../../views/picture";
import type { StudyTable } from "../study";
import type { SweepAnswer } from "./answer";
import { keptOf, LEAST, rateOf, type SweepPoint } from "./branches";

/** One row for each value of the knobs and direction: the mean over seeds of every term. */
export function sweepTable({ knobs, terms, points }: SweepAnswer): StudyTable {
  const groups = new Map<string, SweepPoint[]>();
  for (const point of points.filter(({ stuck }) => stuck === undefined)) {
    const key = JSON.stringify([point.knobs, point.direction]);
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  const factors = factorsOf(points);
  const mean = (group: readonly SweepPoint[], of: (point: SweepPoint) => number | undefined): string => {
    const values = group.flatMap((point) => of(point) ?? []);
    return values.length === 0 ? "" : hundredths(values.reduce((sum, each) => sum + each, 0) / values.length);
  };
  return {
    columns: [
      ...knobs.map(({ name }) => ({ name, title: name, doc: "Value of the knob." })),
      {
        name: "direction",
        title: "turned",
        doc: "Whether the knob was turned upward or downward to this value, the weights carried on.",
      },
      ...terms.map(({ id, text, bound }) => ({
        name: id,
        title: text,
        doc: `Value on test samples in nats by ${bound}, mean over seeds.`,
      })),
      ...factors.map(({ code, factor }) => ({
        name: `${code} ${factor}`,
        title: `${factor} in ${code}`,
        doc: "Estimated information of the code about the factor in nats, mean over seeds.",
      })),
    ],
    rows: [...groups.values()].map((group) => [
      ...knobs.map(({ name }) => knobText(group[0]!.knobs[name]!)),
      group[0]!.direction,
      ...terms.map(({ id }) => mean(group, (point) => point.terms[id])),
      ...factors.map((factor) => mean(group, (point) => informationOf(point, factor))),
    ]),
  };
}

interface Factor {
  code: string;
  factor: string;
}

/** Every pair of a code and a factor whose information is measured. */
function factorsOf(points: readonly SweepPoint[]): Factor[] {
  const pairs = points.flatMap(({ measurements }) =>
    measurements.flatMap(({ id, code, factor }) =>
      id === "information" && code !== undefined && factor !== undefined ? [{ code, factor }] : [],
    ),
  );
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
}

const informationOf = ({ measurements }: SweepPoint, { code, factor }: Factor): number | undefined =>
  measurements.find((each) => each.id === "information" && each.code === code && each.factor === factor)
    ?.value;

export function sweepPictures(answer: SweepAnswer): Picture[] {
  const { knobs, terms, points, theory, jumps, elbow, onsets } = answer;
  const [{ name, log }] = knobs as [SweepAnswer["knobs"][number]];
  const x = { title: name, log };
  const marks: Picture["marks"] = [
    ...(theory?.thresholds ?? []).map(({ at, text }) => ({ x: at, text, from: "theory" as const })),
    ...jumps.map(({ at, direction }) => ({ x: at, text: `jump ${direction}`, from: "measured" as const })),
    ...onsets
      .filter(({ at }) => Number.isFinite(at))
      .map(({ at }, i) => ({ x: at, text: `onset ${i + 1}`, from: "measured" as const })),
    ...(elbow ? [{ x: elbow.knobs[name]!, text: "elbow", from: "measured" as const }] : []),
  ];
  const along = (title: string, of: (point: SweepPoint) => number | undefined): Series[] =>
    seriesOf(answer, title, (point) => ({ x: point.knobs[name]!, y: of(point) }));
  const exact = (of: "rate" | "kept"): Series[] =>
    theory
      ? [
          {
            name: theory.source,
            style: "theory",
            points: theory.curve.map((at) => ({ x: at.at, y: at[of] })),
          },
        ]
      : [];
  const factors = factorsOf(points);
  return [
    {
      ...{ id: "plane", title: "Information plane" },
      x: { title: "nats compressed (rate)", log: false },
      y: { title: "nats kept, as the kept terms report them", log: false },
      series: [
        ...seriesOf(answer, "", (point) => ({ x: rateOf(point, terms), y: keptOf(point, terms) })),
        ...(theory
          ? [
              {
                name: theory.source,
                style: "theory" as const,
                points: theory.curve.map(({ rate, kept }) => ({ x: rate, y: kept })),
              },
            ]
          : []),
      ],
      marks: [],
    },
    {
      ...{ id: "rate", title: `Nats compressed against ${name}`, x, marks },
      y: { title: "nats", log: false },
      series: [...along("", (point) => rateOf(point, terms)), ...exact("rate")],
    },
    {
      ...{ id: "kept", title: `Nats kept against ${name}`, x, marks },
      y: { title: "nats", log: false },
      series: [...along("", (point) => keptOf(point, terms)), ...exact("kept")],
    },
    ...(factors.length === 0
      ? []
      : [
          {
            ...{ id: "factors", title: `Information about each factor against ${name}`, x, marks: [] },
            y: { title: "nats, estimated", log: false },
            series: factors.flatMap((factor) =>
              along(`${factor.factor} in ${factor.code}`, (point) => informationOf(point, factor)),
            ),
          },
        ]),
  ];
}

/** A line for each direction, and each value of a second knob: means over seeds, in the order of the first knob. */
function seriesOf(
  { knobs, points }: SweepAnswer,
  title: string,
  of: (point: SweepPoint) => { x: number; y: number | undefined },
): Series[] {
  const [first, second] = knobs;
  return (second?.values ?? [undefined]).flatMap((value) =>
    (["up", "down"] as const).map((direction): Series => {
      const beside = second && value !== undefined ? ` at ${second.name} ${knobText(value)}` : "";
      return {
        name: `${title === "" ? "" : `${title}, `}turned ${direction}${beside}`,
        style: "line",
        points: first!.values.flatMap((at) => {
          const here = points.filter(
            (point) =>
              point.direction === direction &&
              point.stuck === undefined &&
              point.knobs[first!.name] === at &&
              (second === undefined || point.knobs[second.name] === value),
          );
          const found = here.map(of).filter((each): each is { x: number; y: number } => each.y !== undefined);
          if (found.length === 0) return [];
          const mean = (part: "x" | "y"): number =>
            found.reduce((sum, each) => sum + each[part], 0) / found.length;
          return [{ x: mean("x"), y: mean("y"), knobs: here[0]!.knobs }];
        }),
      };
    }),
  );
}

/** At most three sentences: what jumps or is not known, which value is suggested and why, what could not be done. */
export function sweepSentence(answer: SweepAnswer): string {
  const { knobs, elbow, refused, points } = answer;
  const name = knobs[0]!.name;
  const sentences = [
    ...jumpSentences(answer),
    ...emptySentence(answer),
    elbow
      ? `Suggested: ${name} = ${knobText(elbow.knobs[name]!)}${elbow.low < elbow.high ? ` (single seeds: ${knobText(elbow.low)} to ${knobText(elbow.high)})` : ""}. ${elbow.reason}`
      : `No value of ${name} stands out: what is kept has no bend over the ${points.length} trainings.`,
    ...(refused.length > 0
      ? [`${count(refused.length, "training")} could not be done: ${refused[0]!.reason}`]
      : []),
  ];
  return sentences.slice(0, 3).join(" ");
}

function jumpSentences({ knobs, jumps, hysteresis }: SweepAnswer): string[] {
  const name = knobs[0]!.name;
  if (hysteresis === undefined)
    return jumps.map(
      ({ at, direction }) => `Turned ${direction}ward, what is carried jumps at ${name} = ${number(at)}.`,
    );
  const { from, to, equal, higher, lower } = hysteresis;
  const turns = jumps.map(
    ({ direction, at, before, after }) =>
      `turned ${direction}ward it ${after < before ? "collapses" : "starts to carry"} at ${number(at)}`,
  );
  const [end, side] = higher === "down" ? ["high", "from"] : ["low", "up to"];
  // Where neither branch has the lower loss throughout, both are worth it on their side of the crossing.
  const advice =
    equal !== undefined
      ? `; carrying information is worth it ${side} ${number(equal)}${higher === "down" ? " on" : ""}, so start from a ${end} ${name}`
      : lower === higher
        ? `, and carrying information is worth it, so start from a ${end} ${name}`
        : ", and carrying information costs more than it earns";
  return [
    `Between ${name} ${knobText(from)} and ${knobText(to)} the result depends on where training starts${turns.length > 0 ? `: ${turns.join(", ")}` : ""}${advice}.`,
  ];
}

/** Of branches without codes that carry anything from any start. */
function emptySentence({ knobs, restarted, points, theory }: SweepAnswer): string[] {
  const [{ name, values }] = knobs as [SweepAnswer["knobs"][number]];
  const empty = restarted.filter(({ by }) => by === undefined);
  if (empty.length === 0) return [];
  const { direction, starts } = empty[0]!;
  const at = direction === "down" ? values.at(-1)! : values[0]!;
  const of = new Set(points.map(({ seed }) => seed)).size;
  const seeds = new Set(empty.map(({ seed }) => seed)).size;
  const found = `At ${name} = ${knobText(at)} the codes carry nothing with ${seeds === of ? (of === 1 ? "the one seed" : `all ${of} seeds`) : `${seeds} of ${of} seeds`}, from ${count(starts, "start")} each`;
  if (seeds < of) return [`${found}; these seeds are left out.`];
  const edge = theory?.curve.find((one) => one.at === at) ?? theory?.curve.at(direction === "down" ? -1 : 0);
  const way = direction === "down" ? "a larger" : "a smaller";
  return edge !== undefined && edge.rate < LEAST
    ? [`${found}, as theory predicts: sweep to ${way} ${name}.`]
    : [`${found}: whether they jump is not known. Sweep to ${way} ${name}, or train longer with --steps.`];
}
