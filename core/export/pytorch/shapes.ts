/** The shapes that samples of a stream may have where a batch is handed over. */
import type { Stream, StreamKind } from "../../theory/spec";
import { pythonString } from "./names";

/** The shape of a sample of several channels, as data are laid out; undefined for any other. */
function channelsFirst({ name, sizes }: StreamKind): number[] | undefined {
  const [a = 1, b = 1, c = 1, d = 1] = sizes;
  if (name === "image" && c > 1) return [c, a, b];
  if (name === "signal" && b > 1) return [b, a];
  return name === "video" && d > 1 ? [a, d, b, c] : undefined;
}

/** As data are laid out, and flat: the same for many. Of a label, one class number or a one-hot row. */
function shapesOf({ kind, size, width }: Stream): number[][] {
  if (kind.name === "label") return [[], [width]];
  if (kind.name === "text") return [[size]];
  const laidOut = channelsFirst(kind) ?? kind.sizes.filter((length) => length > 1);
  return laidOut.length === 1 ? [laidOut] : [laidOut, [width]];
}

/** What is handed over of a stream, for people. */
export function shapeText(stream: Stream): string {
  const { name, kind, width } = stream;
  const [first, flat] = shapesOf(stream).map((shape) => `[${["N", ...shape].join(", ")}]`);
  if (kind.name === "label") return `${name}: class numbers ${first}, or rows ${flat}`;
  if (kind.name === "text") return `${name}: word numbers ${first}, ${width} where no word stands`;
  const channels = channelsFirst(kind) ? ", channels first," : "";
  return `${name}: ${first}${flat === undefined ? "" : `${channels} or ${flat}`}`;
}

/** How Python takes a stream from the batch: any other shape is an error there. */
export const checkedText = (stream: Stream): string => {
  const shapes = shapesOf(stream).map((shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`);
  return `checked(streams, ${[pythonString(stream.name), ...shapes].join(", ")})`;
};
