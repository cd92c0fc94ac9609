/** `modality X : image(28, 28)`, `target L : label(10)`, `observe angle : scalar`. */
import type { Name, StreamStatement, StringValue } from "../../language/tree";
import { wrongArguments } from "../faults/wrong-arguments";
import type { Stream, StreamKind, StreamKindName } from "../spec";
import { sizes } from "./values";
import type { Scope } from "./scope";
import { resolveTransforms } from "./transforms";

/** Sizes of each kind, in the order written. */
const streamKinds: Record<StreamKindName, readonly string[]> = {
  vector: ["dimensions"],
  image: ["height", "width", "channels?"],
  audio: ["frames", "bands"],
  text: ["length", "vocabulary"],
  video: ["frames", "height", "width", "channels?"],
  signal: ["length", "channels"],
  counts: ["dimensions"],
  label: ["classes"],
  scalar: [],
};

const isKind = (word: string): word is StreamKindName => Object.hasOwn(streamKinds, word);

export function resolveStream(scope: Scope, statement: StreamStatement): Stream | undefined {
  const name = statement.name.text;
  const type = statement.type;
  if (type === undefined) return undefined;
  const word = type.name.text;
  if (!isKind(word)) return scope.unknownWord(type.name, "kind of stream", Object.keys(streamKinds));
  const kind = sizes(scope, type, streamKinds[word]);
  if (kind === undefined) return undefined;
  if (word === "label" && kind[0]! < 2) {
    return scope.report(wrongArguments.labelClasses(type.range));
  }
  if (word === "text" && kind[1]! < 2) {
    return scope.report(wrongArguments.textWords(type.range));
  }
  const transforms = resolveTransforms(scope, statement, word);
  if (transforms === undefined) return undefined;
  const { field, fieldTo } = statement;
  return {
    name,
    role: statement.role,
    kind: { name: word, sizes: kind },
    ...lengths({ name: word, sizes: kind }),
    ...(field ? { field: textOf(field) } : {}),
    ...(fieldTo ? { fieldTo: textOf(fieldTo) } : {}),
    ...transforms,
    ...(statement.doc !== undefined ? { doc: statement.doc } : {}),
    range: statement.range,
  };
}

const textOf = (field: Name | StringValue): string => (field.kind === "name" ? field.text : field.value);

/** Values of a sample, and the width of a network that reads or writes it. */
export function lengths(kind: StreamKind): { size: number; width: number } {
  if (kind.name === "label") return { size: 1, width: kind.sizes[0]! };
  if (kind.name === "text") return { size: kind.sizes[0]!, width: kind.sizes[1]! };
  const size = kind.sizes.reduce((product, length) => product * length, 1);
  return { size, width: size };
}
