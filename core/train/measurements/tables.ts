/** Measured values as tables: the report and the panel show the same rows. */
import type { MeasuredValue } from "../protocol";
import { tables, type AnyMeasurement, type TableId } from "./measurement";

export interface Table {
  id: TableId;
  title: string;
  note: string;
  /** What its rows are of. */
  of: "code" | "term";
  /** Whether it is left out where there is little room. */
  detail: boolean;
  columns: Column[];
  rows: Row[];
}

/** A factor, or one class of it; a table of codes alone has one column without a name. */
interface Column {
  name: string;
  /** `accuracy`, `R²`: of the first measurement that fills it. */
  measure: string;
  chance?: number;
}

export interface Row {
  /** The code, or the id of the term; empty for all codes together. */
  code: string;
  /** What is measured of the code; nothing for what it carries itself. */
  what: string;
  title: string;
  cells: (MeasuredValue | undefined)[];
  /** What is said beside each of them. */
  remarks: (string | undefined)[];
}

/** What a rate is beyond, in words: `beyond X and Y`. */
export const beyondText = (given: readonly string[]): string => `beyond ${given.join(" and ")}`;

/** The tables that have a value, in their order; a row for each code and kind of measurement. */
export function tablesOf(list: readonly AnyMeasurement[], measured: readonly MeasuredValue[]): Table[] {
  return (Object.keys(tables) as TableId[]).flatMap((id) => {
    const own = list.filter(({ place }) => place.table === id);
    const values = own.flatMap((one) =>
      measured.filter((value) => value.id === one.id).map((value) => ({ one, value })),
    );
    if (values.length === 0) return [];
    const names = [...new Set(values.map(({ value }) => columnOf(value)))];
    const columns = names.map((name): Column => {
      const { one, value } = values.find((each) => columnOf(each.value) === name)!;
      return { name, measure: one.title, ...(value.chance === undefined ? {} : { chance: value.chance }) };
    });
    const codes = [...new Set(values.map(({ value }) => value.code ?? value.term ?? ""))];
    const rows = codes.flatMap((code) => {
      const ofCode = values.filter(({ value }) => (value.code ?? value.term ?? "") === code);
      return [...new Set(ofCode.map(rowOf))].map((what): Row => {
        const found = ofCode.filter((each) => rowOf(each) === what);
        const cells = names.map((name) => found.find(({ value }) => columnOf(value) === name));
        return {
          code,
          what,
          title: found[0]!.one.title,
          cells: cells.map((cell) => cell?.value),
          remarks: cells.map((cell) => cell?.one.remark?.(cell.value)),
        };
      });
    });
    return [{ id, ...tables[id], columns, rows }];
  });
}

const rowOf = ({ one, value }: { one: AnyMeasurement; value: MeasuredValue }): string =>
  value.coordinate !== undefined
    ? `coordinate ${value.coordinate}`
    : value.given
      ? beyondText(value.given)
      : one.place.row;

const columnOf = ({ factor = "", class: number }: MeasuredValue): string =>
  number === undefined ? factor : `${factor} ${number}`;
