/** What each part of a design takes, and what it takes with narrower codes. */
import type { Picture, Series } from "../../views/picture";
import type { DesignCost } from "./design";
import type { Widths } from "./codes";
import type { CostAnswer } from "./words";

const COUNTS = [
  { id: "parameters", of: "parameters", title: "Parameters by part" },
  { id: "multiplyAdds", of: "multiply-adds a step", title: "Multiply-adds a step by part" },
] as const;

/** Units of an axis: the largest in which the longest bar is 1 or more. */
const UNITS = [
  { size: 1e9, name: "billion " },
  { size: 1e6, name: "million " },
  { size: 1e3, name: "thousand " },
  { size: 1, name: "" },
];

/** Bars of the two designs are so far from the middle of their row. */
const APART = 0.14;

/** None where the parts cannot be counted. */
export function costPictures({ design, tried }: CostAnswer): Picture[] {
  const last = tried.at(-1);
  const smaller = last?.verdict === "same" ? last : undefined;
  const designs: { name: string; cost: DesignCost }[] = [
    { name: "the design", cost: design },
    ...(smaller?.cost ? [{ name: `with ${widthsText(smaller.widths)}`, cost: smaller.cost }] : []),
  ];
  return COUNTS.flatMap(({ id, of, title }): Picture[] => {
    const counted = design.parts.filter((part) => part[id] > 0);
    if (counted.length === 0) return [];
    const names = counted.map(({ part }) => part);
    const unit = UNITS.find(({ size }) => size <= Math.max(...counted.map((part) => part[id])))!;
    return [
      {
        ...{ id, title, marks: [] },
        x: { title: `${unit.name}${of}`, log: false },
        y: { title: "part", log: false, names },
        series: designs.map(({ name, cost }, i) => ({
          ...{ name, style: "intervals" as const },
          points: barsOf(
            cost,
            { id, unit: unit.size },
            names,
            designs.length === 1 ? 0 : i === 0 ? -APART : APART,
          ),
        })),
      },
    ];
  });
}

/** From 0 to what each part takes. */
const barsOf = (
  { parts }: DesignCost,
  { id, unit }: { id: (typeof COUNTS)[number]["id"]; unit: number },
  names: readonly string[],
  aside: number,
): Series["points"] =>
  names.flatMap((name, i) =>
    [0, parts.find(({ part }) => part === name)?.[id] ?? 0].map((x) => ({ x: x / unit, y: i + aside })),
  );

/** `Zx 8 and Zy 4 wide`. */
const widthsText = (widths: Widths): string =>
  `${Object.entries(widths)
    .map(([name, width]) => `${name} ${width}`)
    .join(" and ")} wide`;
