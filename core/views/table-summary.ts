/** The periodic table as plain values: what the panel, the command line and the manual show. Knows no method by itself. */
import type { OutsideMethod } from "../catalogue/outside";
import type { Axis } from "../theory/recognition/placement";

export interface TableMethod {
  /** Name of its file in the catalogue: what distinguishes it. */
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
  /** Its spec as it is opened: with data that it trains on. */
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

/** Methods that the open spec is, or is one change from; and the nearest, however far. */
export const neighboursOf = ({ methods, own }: TableSummary): (TableMethod & { changes: string[] })[] =>
  methods
    .filter(
      (method): method is TableMethod & { changes: string[] } =>
        method.changes !== undefined && (method.changes.length <= 1 || method.file === own?.nearest),
    )
    .sort((a, b) => Number(b.file === own?.nearest) - Number(a.file === own?.nearest));
