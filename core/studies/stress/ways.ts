/**
 * What the terms of a design can ask its codes to keep, by data processing: a link asks for what the streams of both its sides
 * carry, a reconstruction for what the stream and the inputs of its codes carry, a prediction for what the inputs carry.
 */
import type { DerivedLoss } from "../../theory/derivation/loss";
import type { Spec, Variable } from "../../theory/spec";
import { ancestors, streamOf } from "../../theory/terms/roles";

/** Sets of streams: a factor can be asked for where each of them carries it. */
type Way = readonly (readonly string[])[];

/** One way for each kept term that can ask for a factor; none where no term can. */
export function waysOf({ spec, terms }: DerivedLoss, factor: string): Way[] {
  const sides = (...all: readonly (readonly Variable[])[]): Way[] => {
    const read = all.map((variables) => modalitiesBehind(spec, variables));
    return read.every((side) => side.length > 0) ? [unique(read)] : [];
  };
  return terms.flatMap(({ term, role }): Way[] => {
    if (term.side !== "keep") return [];
    switch (role.kind) {
      case "decoding": {
        if (role.streams.some(({ name }) => name === factor)) return sides(role.read);
        return sides(role.streams, role.read);
      }
      case "link":
        return sides(role.first, role.second);
      case "functional":
        return sides(...role.of.map((code) => [code]));
      default:
        return [];
    }
  });
}

/** The modalities among variables, and those that their codes are inferred from. */
function modalitiesBehind(spec: Spec, variables: readonly Variable[]): string[] {
  const names = new Set(variables.flatMap(({ name }) => [name, ...ancestors(spec, name)]));
  return [...names].filter((name) => streamOf(spec, { name })?.role === "modality").sort();
}

const unique = (sides: readonly string[][]): string[][] => [
  ...new Map(sides.map((side) => [side.join(" "), side])).values(),
];
