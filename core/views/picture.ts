/** A picture of a study as values: the panel draws it with its charts, and a file gets it as SVG. */

interface Axis {
  title: string;
  log: boolean;
}

interface PicturePoint {
  x: number;
  y: number;
  /** The values of knobs that a click sets. */
  knobs?: Record<string, number>;
}

export interface Series {
  name: string;
  /** Points joined in this order, points alone, or a line of theory without points. */
  style: "line" | "points" | "theory";
  points: PicturePoint[];
}

export interface Picture {
  /** Names the picture within its study. */
  id: string;
  title: string;
  x: Axis;
  y: Axis;
  series: Series[];
  /** Values of x that matter, with the reason in a few words. */
  marks: { x: number; text: string; from: "theory" | "predicted" | "measured" }[];
}
