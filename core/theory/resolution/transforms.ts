/** `standardise`, `clip(-5 .. 5)`: how the values of a field are changed before they are read. */
import { plainNumber } from "../../language/plain";
import type { StreamStatement, Transform as Written } from "../../language/tree";
import { changeWords, kindsOfTransform } from "../../language/words";
import { wrongArguments } from "../faults/wrong-arguments";
import type { Stream, StreamKindName, Transform } from "../spec";
import type { Scope } from "./scope";

/** Those whose scale `data "..." { standardise = true }` sets; pictures have one of their own. */
const standardised: readonly StreamKindName[] = ["vector", "audio", "signal", "scalar"];

/** The transforms of a stream, and whether its classes are renumbered; undefined after reporting what is wrong with one. */
export function resolveTransforms(
  scope: Scope,
  { name, transforms = [] }: StreamStatement,
  kind: StreamKindName,
): Pick<Stream, "transforms" | "renumber"> | undefined {
  const other = transforms.find((one) => !kindsOfTransform(one.name.text).includes(kind));
  if (other !== undefined)
    return scope.report(wrongArguments.transformOf(other.range, other.name.text, name.text, kind));
  const resolved = transforms.map((one) => resolveTransform(scope, one));
  if (!resolved.every((one) => one !== undefined)) return undefined;
  const changes = resolved.filter((one) => one !== "renumber");
  return {
    ...(changes.length > 0 && { transforms: changes }),
    ...(changes.length < resolved.length && { renumber: true }),
  };
}

function resolveTransform(
  scope: Scope,
  { name, between, range }: Written,
): Transform | "renumber" | undefined {
  const by = changeWords.find((word) => word === name.text);
  if (by === undefined) return undefined;
  if (by !== "scale" && by !== "clip")
    return between !== undefined
      ? scope.report(wrongArguments.transformAlone(range, by))
      : by === "renumber"
        ? by
        : { by };
  const [low, high] = [between?.low, between?.high].map((value) => value && plainNumber(value));
  if (low === undefined || high === undefined || !(low < high))
    return scope.report(wrongArguments.transformRange(range, by, usualRange[by]));
  return { by, between: { low, high } };
}

const usualRange: Record<"scale" | "clip", string> = {
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
