/** What a drawing of the flow consists of, in pixels, and its fixed measures. */

export interface Box {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Index of the code whose accent it wears. */
  code?: number;
  title: string;
  detail: string;
  /** One sentence on what the detail means, for a hover. */
  meaning?: string;
}

export interface Ribbon {
  key: string;
  /** Index of the code whose accent it wears; absent for what joins several. */
  code?: number;
  from: { x: number; y: number; height: number };
  to: { x: number; y: number; height: number };
  /** Carries no number: drawn as a line. */
  unknown: boolean;
  title: string;
  /** Term behind it, to show in the text. */
  term?: string;
}

export interface FlowDrawing {
  width: number;
  height: number;
  modalities: Box[];
  codes: (Box & { coordinates: { y: number; height: number }[] })[];
  served: Box[];
  ribbons: Ribbon[];
}

/** What the drawing shows, in nats: eased by the view, so it is apart from the summary. */
export interface FlowNumbers {
  /** Rates of each coordinate by latent. */
  rates: Record<string, number[]>;
  /** Held-out or last value of each term by id. */
  terms: Record<string, number>;
}

/** A code, with one segment for each of its coordinates. */
export type CodeBox = FlowDrawing["codes"][number];

export const TALLEST = 150;
export const SMALLEST = 26;
export const GAP = 30;
export const LINE = 2;
export const TOP = 26;
