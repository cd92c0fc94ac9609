/** `standardise`, `clip(-5 .. 5)`: how the values of a field are changed before they are read. */
import { plainNumber } from "../../language/plain";
import type { StreamStatement, Transform as Written } from "../../language/tree";
import { transformedKinds, transformWords, type TransformWord } from "../../language/words";
import { wrongArguments } from "../faults/wrong-arguments";
import type { Stream, StreamKindName, Transform } from "../spec";
import type { Scope } from "./scope";

/** Those whose scale `data "..." { standardise = true }` sets; pictures have one of their own. */
const standardised: readonly StreamKindName[] = ["vector", "audio", "signal", "scalar"];

/** The transforms of a stream; undefined after reporting what is wrong with one. */
export function resolveTransforms(
  scope: Scope,
  { name, transforms = [] }: StreamStatement,
  kind: StreamKindName,
): Transform[] | undefined {
  const [first] = transforms;
  if (first !== undefined && !transformedKinds.includes(kind))
    return scope.report(wrongArguments.transformOf(first.range, first.name.text, name.text, kind));
  const resolved = transforms.map((one) => resolveTransform(scope, one));
  return resolved.every((one) => one !== undefined) ? resolved : undefined;
}

function resolveTransform(scope: Scope, { name, between, range }: Written): Transform | undefined {
  const by = transformWords.find((word) => word === name.text);
  if (by === undefined) return undefined;
  if (by !== "scale" && by !== "clip")
    return between === undefined ? { by } : scope.report(wrongArguments.transformAlone(range, by));
  const [low, high] = [between?.low, between?.high].map((value) => value && plainNumber(value));
  if (low === undefined || high === undefined || !(low < high))
    return scope.report(wrongArguments.transformRange(range, by, usualRange[by]));
  return { by, between: { low, high } };
}

const usualRange: Record<Extract<TransformWord, "scale" | "clip">, string> = {
  scale: "0 .. 255",
  clip: "-5 .. 5",
};

/** Standardises each stream of numbers that says nothing else of its own, where the data statement asks for it. */
export const standardiseAll = (streams: readonly Stream[]): Stream[] =>
  streams.map((stream) =>
    stream.derived === undefined && stream.transforms === undefined && standardised.includes(stream.kind.name)
      ? { ...stream, transforms: [{ by: "standardise" }] }
      : stream,
  );
