/** What the methods of an exported class are made from. */
import type { Expr } from "../../program/expression";
import type { DerivedLoss, Objective } from "../../theory/derivation/loss";
import { presenceOf, presenceText } from "../../theory/missing/presence";
import type { Stream } from "../../theory/spec";
import type { BoundFunctions } from "./bounds";
import { inputsOf, type Absent, type Inputs } from "./method";
import { pythonString, type Names } from "./names";
import type { Packages } from "./packages";

export interface ModuleSource {
  derived: DerivedLoss;
  objective: Objective;
  functions: BoundFunctions;
  packages: Packages;
  /** Only the loss: codes come from encoders of the caller's own. */
  lossOnly: boolean;
  /** The model of a project, which also reads codes and scores. */
  project: boolean;
}

/** A loss with its expressions. */
type Known = Pick<ModuleSource, "derived" | "objective">;

export const indent = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === "" ? "" : `    ${line}`));

export const method = (signature: string, body: readonly string[]): string[] => [
  `def ${signature}:`,
  ...indent(body),
];

/** All expressions that bounds are applied to. */
export const argumentsOf = ({ applications }: Objective): Expr[] =>
  Object.values(applications).flatMap((args) => Object.values(args));

/** The parameters of each code's distribution, by its name; of a code without noise its value. */
export const codesOf = ({ objective }: Known): [string, Expr[]][] =>
  Object.entries(objective.codes).map(([name, distribution]) => [name, Object.values(distribution)]);

export const encodedBy = (source: Known): Expr[] => codesOf(source).flatMap(([, values]) => values);

/** Streams that may be absent, and the parts of the batch that terms read. */
export const absentOf = ({ derived, objective }: Known): Absent => ({
  with: (name) => presenceOf(derived.spec, { name }).flat(),
  parts: new Map(objective.parts.map((presence) => [presenceText(presence), presence])),
});

export const streamsOf = ({ derived }: ModuleSource): ReadonlyMap<string, Stream> =>
  new Map(derived.spec.streams.map((stream) => [stream.name, stream]));

/** Variables for the codes, and the lines that fill them. */
export function unpacked(
  codes: [string, Expr[]][],
  names: Names,
): { known: Map<Expr, string>; lines: string[] } {
  const known = new Map<Expr, string>();
  const lines = codes.map(([name, values]) => {
    const variables = values.map((e) => {
      const variable = names.fresh(e.label ?? name);
      known.set(e, variable);
      return variable;
    });
    return `${variables.join(", ")} = codes[${pythonString(name)}]`;
  });
  return { known, lines };
}

/** All that the methods of a project's model read from the batch: the loss, its scores, means and draws of codes. */
export function projectInputs(source: Known): Inputs {
  const { shaped, means, draws, contrasts } = source.objective;
  const parts = [shaped, means, draws].flatMap((part) => Object.values(part));
  return inputsOf(
    [...argumentsOf(source.objective), ...parts, ...Object.values(contrasts).flat(), ...encodedBy(source)],
    absentOf(source),
  );
}
