/** What each part of a design takes, and what it takes with narrower codes. */
import type { Picture, Series } from "../../views/picture";
import type { DesignCost } from "./design";
import type { Widths } from "./codes";
import type { CostAnswer } from "./words";

const COUNTS = [
  { id: "parameters", title: "Parameters by part" },
  { id: "multiplyAdds", title: "Multiply-adds a step by part" },
] as const;

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
  return COUNTS.flatMap(({ id, title }): Picture[] => {
    const names = design.parts.filter((part) => part[id] > 0).map(({ part }) => part);
    if (names.length === 0) return [];
    return [
      {
        ...{ id, title, marks: [] },
        x: { title: id === "parameters" ? "parameters" : "multiply-adds a step", log: false },
        y: { title: "part", log: false, names },
        series: designs.map(({ name, cost }, i) => ({
          ...{ name, style: "intervals" as const },
          points: barsOf(cost, id, names, designs.length === 1 ? 0 : i === 0 ? -APART : APART),
        })),
      },
    ];
  });
}

/** From 0 to what each part takes. */
const barsOf = (
  { parts }: DesignCost,
  id: (typeof COUNTS)[number]["id"],
  names: readonly string[],
  aside: number,
): Series["points"] =>
  names.flatMap((name, i) =>
    [0, parts.find(({ part }) => part === name)?.[id] ?? 0].map((x) => ({ x, y: i + aside })),
  );

/** `Zx 8 and Zy 4 wide`. */
const widthsText = (widths: Widths): string =>
  `${Object.entries(widths)
    .map(([name, width]) => `${name} ${width}`)
    .join(" and ")} wide`;
