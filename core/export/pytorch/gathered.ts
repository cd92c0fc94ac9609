/** Terms of a project that compare rows: they are given the rows of all processes that share a batch. */
import type { Expr } from "../../program/expression";
import { children, topological } from "../../program/traverse";
import { comparesRows } from "./compares-rows";
import { draws, type DrawKind } from "./draws";
import type { Inputs } from "./method";
import { pythonString, type Names } from "./names";
import { codesOf, type ModuleSource } from "./source";

/** What a project's `parallel.py` has for it. */
export const ALL_ROWS = "all_rows";

/** Draws of each row; others are of the whole batch already. */
const ofRows: readonly DrawKind[] = ["noise", "component", "present"];

/** The terms whose value of a batch is not the mean of their values of its parts. */
export const comparing = ({ objective }: ModuleSource): ReadonlySet<string> =>
  new Set(
    Object.entries(objective.terms)
      .filter(([id, value]) => objective.shaped[id] !== undefined || comparesRows(value))
      .map(([id]) => id),
  );

/** Variables for the codes of all rows that these terms read, and the lines that fill them. */
export function gatheredCodes(
  { derived, objective }: ModuleSource,
  terms: ReadonlySet<string>,
  names: Names,
): { known: Map<Expr, string>; lines: string[] } {
  const codes = codesOf({ derived, objective });
  const roots = [...terms].flatMap((id) => Object.values(objective.applications[id]!));
  const inside = topological(roots, new Set(codes.flatMap(([, values]) => values)));
  const read = new Set([...roots, ...inside.flatMap(children)]);
  const known = new Map<Expr, string>();
  const lines = codes
    .filter(([, values]) => values.some((e) => read.has(e)))
    .map(([name, values]) => {
      const variables = values.map((e) => {
        const variable = names.fresh(`all ${e.label ?? name}`);
        known.set(e, variable);
        return variable;
      });
      return `${variables.join(", ")} = ${ALL_ROWS}(codes[${pythonString(name)}])`;
    });
  return { known, lines };
}

/** Lines that gather what else these terms read of each row. */
export function gatherLines({ streams, drawn }: Inputs): string[] {
  const read = [...new Set([...streams.values()].map(({ of }) => pythonString(of)))];
  return [
    "# These terms compare rows: they read those of all processes.",
    ...(read.length > 0
      ? [`streams = {name: ${ALL_ROWS}(streams[name]) for name in (${read.join(", ")},)}`]
      : []),
    ...ofRows
      .filter((kind) => drawn[kind].size > 0)
      .map((kind) => `${draws[kind].argument} = ${ALL_ROWS}(${draws[kind].argument})`),
  ];
}
