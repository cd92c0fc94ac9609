/** Where the three columns of boxes are, for the room that the drawing has. */

export interface Layout {
  width: number;
  /** Left ends and widths of the boxes of each column. */
  column: Record<"modality" | "code" | "served", number>;
  box: Record<"modality" | "code" | "served", number>;
  /** Characters of a title's line that its column has room for. */
  longest: number;
}

const WIDE: Layout = {
  width: 720,
  column: { modality: 24, code: 300, served: 560 },
  box: { modality: 104, code: 96, served: 136 },
  longest: 24,
};
/** For a panel beside the text: links are short, so that texts keep their size. */
const NARROW: Layout = {
  width: 404,
  column: { modality: 4, code: 156, served: 296 },
  box: { modality: 92, code: 84, served: 104 },
  longest: 15,
};

/** The layout for so many pixels: between the narrow and the wide one, one unit of the drawing is one pixel. */
export function layoutFor(room: number): Layout {
  const share = Math.min(1, Math.max(0, (room - NARROW.width) / (WIDE.width - NARROW.width)));
  const between = (from: number, to: number): number => Math.round(from + (to - from) * share);
  const columns = (of: "column" | "box"): Layout["column"] => ({
    modality: between(NARROW[of].modality, WIDE[of].modality),
    code: between(NARROW[of].code, WIDE[of].code),
    served: between(NARROW[of].served, WIDE[of].served),
  });
  return {
    width: between(NARROW.width, WIDE.width),
    column: columns("column"),
    box: columns("box"),
    longest: between(NARROW.longest, WIDE.longest),
  };
}
