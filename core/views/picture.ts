/** A picture of a study as values: the panel draws it with its charts, and a file gets it as SVG. */

interface Axis {
  title: string;
  log: boolean;
  /** In place of numbers: the names of the places 0, 1 and so on, the first at the top. Of y alone. */
  names?: string[];
}

interface PicturePoint {
  x: number;
  y: number;
  /** The values of knobs that a click sets. */
  knobs?: Record<string, number>;
}

export interface Series {
  name: string;
  /** Points joined in this order, points alone, a line of theory without points, or pairs of points, each joined. */
  style: "line" | "points" | "theory" | "intervals";
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
