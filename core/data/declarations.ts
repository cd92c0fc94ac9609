/** How streams of a kind and fields of a shape are written in a spec, for proposals. */
import { sizeOf } from "../program/program";
import type { StreamKind, StreamKindName } from "../theory/spec";
import { arrange } from "./layout";

/** Channels that a picture has at most: grey, colours, and transparency. */
const MOST_CHANNELS = 4;

export const kindText = ({ name, sizes }: StreamKind): string =>
  sizes.length === 0 ? name : `${name}(${sizes.join(", ")})`;

/** A field as a spec names it: in quotes where it is not a plain name. */
export const writtenField = (field: string): string =>
  /^[A-Za-z_]\w*$/.test(field) ? field : JSON.stringify(field);

/** How many sizes the kinds of numbers have. */
const LENGTHS: Partial<Record<StreamKindName, readonly number[]>> = {
  vector: [1],
  counts: [1],
  audio: [2],
  signal: [2],
  image: [2, 3],
  video: [3, 4],
};

/**
 * The kinds of numbers that samples of a shape can be declared as; one of the asked name first.
 * @param like the name of the kind that was asked for
 */
export function kindsFor(shape: readonly number[], like: StreamKindName): StreamKind[] {
  const long = shape.filter((length) => length !== 1);
  const axes = long.length === 0 && shape.length > 0 ? [1] : long;
  if (axes.length === 0) return [{ name: "scalar", sizes: [] }];
  const [first] = axes;
  const turned = axes.length > 2 && first! <= MOST_CHANNELS ? [...axes.slice(1), first!] : axes;
  const names: StreamKindName[] = [like, "vector", "image", "video"];
  const found = [...new Set(names)].flatMap((name) =>
    [turned, axes]
      .filter((sizes) => LENGTHS[name]?.includes(sizes.length) === true)
      .map((sizes): StreamKind => ({ name, sizes })),
  );
  // Three long axes are frames of pictures rather than channels.
  const isLikely = ({ name, sizes }: StreamKind): boolean =>
    name !== "image" || sizes.length < 3 || sizes[2]! <= MOST_CHANNELS;
  return [...found.filter(isLikely), ...found.filter((kind) => !isLikely(kind))].filter(
    (kind) => arrange(kind, shape) !== undefined,
  );
}

/** How to declare a field of this shape, in a sentence. */
export function adviseShape(kind: StreamKind, name: string, shape: readonly number[]): string {
  const [fitting] = kindsFor(shape, kind.name);
  if (fitting !== undefined) return `Declare it as ${kindText(fitting)}, or read another field.`;
  return `Read another field, or save ${name} with at most four axes a sample, such as all ${sizeOf(shape)} numbers of a sample in one row.`;
}
