/** The periodic table of losses: every method of the catalogue in its cell, and how a loss stands to each. */
import type { CatalogueEntry } from "../../catalogue/index";
import { symbolsOf, yearOf } from "../../catalogue/elements";
import { canonicalForm } from "./canonical";
import { changesOf } from "./changes";
import type { DerivedLoss } from "../derivation/loss";
import { compare, distanceRange, type Comparison } from "./match";
import { cellOf, columns, rows, type Cell } from "./placement";
import { methods, TOO_FAR } from "./recognise";
import { traitsOf } from "./traits";

interface TableEntry extends Cell {
  entry: CatalogueEntry;
  derived: DerivedLoss;
  /** Two letters, now and then three; every method has its own. */
  symbol: string;
  year?: number;
  /** What it can be looked for by: `one view`, `private codes`. */
  traits: string[];
}

/** How a loss stands to a method. */
export interface Relation {
  /** What was decided otherwise, in words, against the method; none where they are the same. */
  changes: string[];
}

let entries: readonly TableEntry[] | undefined;

/** All methods: row by row, within a cell from the oldest. */
export const tableEntries = (): readonly TableEntry[] => (entries ??= inOrder(methods().map(placed)));

function placed(method: ReturnType<typeof methods>[number]): TableEntry {
  const { entry, derived, form } = method;
  const year = yearOf(entry.source);
  return {
    entry,
    derived,
    ...cellOf(form),
    symbol: symbols().get(entry.method)!,
    ...(year === undefined ? {} : { year }),
    traits: traitsOf(form, derived),
  };
}

let symbolTable: ReadonlyMap<string, string> | undefined;

const symbols = (): ReadonlyMap<string, string> =>
  (symbolTable ??= symbolsOf(
    methods().map(({ entry }) => ({ name: entry.method, year: yearOf(entry.source) })),
  ));

function inOrder(all: readonly TableEntry[]): TableEntry[] {
  const at = ({ row, column }: Cell): number =>
    rows.findIndex(({ id }) => id === row) * columns.length + columns.findIndex(({ id }) => id === column);
  return all.toSorted((a, b) => at(a) - at(b) || (a.year ?? 0) - (b.year ?? 0));
}

/** The cell of a loss. */
export const placeOf = (derived: DerivedLoss): Cell => cellOf(canonicalForm(derived));

/** A loss compared with a method. */
interface Compared {
  method: ReturnType<typeof methods>[number];
  comparison: Comparison;
}

/** A loss compared with each method that is not too far from it. */
export function comparisonsOf(derived: DerivedLoss): Compared[] {
  const own = canonicalForm(derived);
  return methods().flatMap((method) => {
    if (distanceRange(own, method.form).least >= TOO_FAR) return [];
    const comparison = compare(own, method.form, TOO_FAR);
    return comparison && comparison.agreed.length > 0 ? [{ method, comparison }] : [];
  });
}

/** How a loss differs from each method that is not too far from it, by the method's file. */
export const relationsOf = (derived: DerivedLoss): Map<string, Relation> =>
  new Map(
    comparisonsOf(derived).map(({ method, comparison }) => [
      method.entry.file,
      { changes: changesOf(comparison.differences) },
    ]),
  );
