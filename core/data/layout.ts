import { sizeOf } from "../program/program";
import type { StreamKind } from "../theory/spec";

/** How a stored sample becomes a stream's: the shape it gets and, where axes move, where each value comes from. */
export interface Arrangement {
  shape: number[];
  /** Value `i` of the stream is value `order[i]` of the stored sample; absent where nothing moves. */
  order?: Int32Array;
  /** Where the channels could come first or last: that they are read as declared, in words. */
  asDeclared?: string;
}

/**
 * The arrangement of samples of shape `stored` for a stream of this kind, or undefined when they do not fit. An axis of
 * length 1 may be left out or added. Where both orders of the channels fit, the declared one is taken: channels last.
 */
export function arrange(kind: StreamKind, stored: readonly number[]): Arrangement | undefined {
  const sizes = kind.sizes;
  const [a = 1, b = 1, c = 1, d = 1] = sizes;
  switch (kind.name) {
    case "label":
    case "scalar":
      return fits(stored, []) ? { shape: [] } : undefined;
    case "text":
      return fits(stored, [a]) ? { shape: [a] } : undefined;
    case "vector":
    case "counts":
      return fits(stored, [a]) ? { shape: [a] } : undefined;
    case "audio":
      return fits(stored, [a, b]) ? { shape: [a, b] } : undefined;
    case "image":
      return channelsFirst(stored, [], c, [a, b]);
    case "video":
      return channelsFirst(stored, [a], d, [b, c]);
    case "signal":
      return channelsFirst(stored, [], b, [a]);
  }
}

/** [...before, channels, ...after], from samples stored so or as [...before, ...after, channels]. */
function channelsFirst(
  stored: readonly number[],
  before: number[],
  channels: number,
  after: number[],
): Arrangement | undefined {
  const shape = [...before, channels, ...after];
  const last = fits(stored, [...before, ...after, channels]);
  // With one channel both orders are the same values in the same order.
  if (fits(stored, shape) && (channels === 1 || !last)) return { shape };
  if (!last) return undefined;
  const places = sizeOf(after);
  const order = Int32Array.from({ length: sizeOf(shape) }, (_, i) => {
    const place = i % places;
    const channel = Math.floor(i / places) % channels;
    const outer = Math.floor(i / (places * channels));
    return (outer * places + place) * channels + channel;
  });
  if (!fits(stored, shape)) return { shape, order };
  const declared = [...before, ...after, channels].join(" x ");
  return { shape, order, asDeclared: `${declared}, channels last as declared; channels first would fit too` };
}

/** Whether two shapes are the same up to axes of length 1. */
function fits(stored: readonly number[], wanted: readonly number[]): boolean {
  const long = (shape: readonly number[]): number[] => shape.filter((length) => length !== 1);
  const a = long(stored);
  const b = long(wanted);
  return a.length === b.length && a.every((length, i) => length === b[i]);
}
