/** Fixes that declare an unknown name, as each thing that would do in its place. */
import type { Fix, Range } from "../../language/diagnostic";
import { insertLines } from "../../language/insert-lines";
import type { Name, SpecTree } from "../../language/tree";
import type { NameKind } from "../faults/unknown-name";
import type { Stream } from "../spec";

/** The spec in whose text a place is, where that can be edited. */
export type DeclarationPlaces = (range: Range) => SpecTree | undefined;

/** Coordinates of a code that is declared by a fix. */
const WIDTH = 8;

const words: Record<NameKind, readonly string[]> = {
  stream: ["modality", "target"],
  latent: ["latent"],
  "stream or latent": ["latent", "modality", "target"],
  knob: ["knob"],
};

/** @param streams those declared, one of which a code is inferred from */
export function declarationFixes(
  name: Name,
  kind: NameKind,
  streams: readonly Stream[],
  places: DeclarationPlaces,
): Fix[] {
  const tree = places(name.range);
  if (tree === undefined) return [];
  const source = streams.find(({ role }) => role === "modality");
  const declarations: Record<string, string | undefined> = {
    modality: `modality ${name.text} : vector(8)`,
    target: `target ${name.text} : label(10)`,
    latent: source && `latent ${name.text} : gaussian(${Math.min(WIDTH, source.size)}) from ${source.name}`,
    knob: `knob ${name.text} = 1 in 0.1 .. 10 log`,
  };
  return words[kind].flatMap((word) => {
    const line = declarations[word];
    if (line === undefined) return [];
    return [{ title: `Declare \`${name.text}\` as \`${word}\``, edits: insertLines(tree, [line]) }];
  });
}
