/** The periodic table as plain values: what the panel, the command line and the manual show. */
import { outsideMethods, type OutsideMethod } from "../catalogue/outside";
import type { DerivedLoss } from "../theory/loss";
import { columns, rows, type Axis } from "../theory/placement";
import type { Recognition } from "../theory/recognise";
import { placeOf, relationsOf, tableEntries, type Relation } from "../theory/table";
import { traits } from "../theory/traits";
import { lossLatex } from "./latex";
import { lossText } from "./unicode";

export interface TableMethod {
  /** Name of its file in the catalogue: what it is told apart by. */
  file: string;
  method: string;
  symbol: string;
  year?: number;
  row: string;
  column: string;
  aliases: string[];
  summary: string;
  keeps: string;
  discards: string;
  source: string;
  loss: string;
  latex: string;
  traits: string[];
  /** Its spec, to be opened. */
  text: string;
  /** What the open spec decides otherwise, against this method; absent where it is too far from it, or none is open. */
  changes?: string[];
}

export interface TableSummary {
  rows: Axis[];
  columns: Axis[];
  traits: string[];
  methods: TableMethod[];
  outside: OutsideMethod[];
  /** The open spec in its cell, and which method it is or is nearest to: in words, and by file. */
  own?: { name: string; row: string; column: string; recognised: string; nearest?: string };
}

/** A spec that can be derived. */
export interface OwnLoss {
  derived: DerivedLoss;
  recognised?: Recognition | undefined;
}

/** @param own what is open, to be shown among the methods */
export function tableSummary(own?: OwnLoss): TableSummary {
  const relations = own === undefined ? new Map<string, Relation>() : relationsOf(own.derived);
  const methods = tableEntries().map(
    ({ entry, derived, symbol, year, row, column, traits: held }): TableMethod => {
      const relation = relations.get(entry.file);
      return {
        file: entry.file,
        method: entry.method,
        symbol,
        ...(year === undefined ? {} : { year }),
        row,
        column,
        aliases: entry.aliases,
        summary: entry.summary,
        keeps: entry.keeps,
        discards: entry.discards,
        source: entry.source,
        loss: lossText(derived),
        latex: lossLatex(derived),
        traits: held,
        text: entry.text,
        ...(relation === undefined ? {} : { changes: relation.changes }),
      };
    },
  );
  const place = own && placeOf(own.derived);
  /** Rows and columns where nothing stands are not shown. */
  const occupied = (key: "row" | "column", axes: readonly Axis[]): Axis[] =>
    axes.filter(({ id }) => place?.[key] === id || methods.some((method) => method[key] === id));
  return {
    rows: occupied("row", rows),
    columns: occupied("column", columns),
    traits: traits.filter((trait) => methods.some((method) => method.traits.includes(trait))),
    methods,
    outside: [...outsideMethods],
    ...(own && place ? { own: { ...ownSummary(own, methods), ...place } } : {}),
  };
}

function ownSummary(
  { derived, recognised }: OwnLoss,
  methods: readonly TableMethod[],
): Pick<NonNullable<TableSummary["own"]>, "name" | "recognised" | "nearest"> {
  const nearest = methods.find(({ method }) => method === recognised?.method)?.file;
  return {
    name: derived.spec.name,
    recognised: recognised?.text ?? "",
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** Methods that the open spec is, or is one change from; and the nearest, however far. */
export const neighboursOf = ({ methods, own }: TableSummary): (TableMethod & { changes: string[] })[] =>
  methods
    .filter(
      (method): method is TableMethod & { changes: string[] } =>
        method.changes !== undefined && (method.changes.length <= 1 || method.file === own?.nearest),
    )
    .sort((a, b) => Number(b.file === own?.nearest) - Number(a.file === own?.nearest));
