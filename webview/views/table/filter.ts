/** What of the table is looked for. */
import type { TableMethod, TableSummary } from "../../../core/views/table-summary";

export interface Filter {
  /** Words that must all be found, anywhere in what is told of a method. */
  search: string;
  /** Traits that a method must all have. */
  traits: readonly string[];
}

/** The files of the methods that pass. */
export function found({ methods, rows, columns }: TableSummary, { search, traits }: Filter): Set<string> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const title = (axes: TableSummary["rows"], id: string): string =>
    axes.find((axis) => axis.id === id)?.title ?? "";
  const told = (method: TableMethod): string =>
    [
      method.method,
      method.symbol,
      method.year ?? "",
      ...method.aliases,
      method.summary,
      method.keeps,
      method.discards,
      method.source,
      method.loss,
      title(rows, method.row),
      title(columns, method.column),
    ]
      .join("\n")
      .toLowerCase();
  const passes = (method: TableMethod): boolean => {
    const text = told(method);
    return (
      traits.every((trait) => method.traits.includes(trait)) && words.every((word) => text.includes(word))
    );
  };
  return new Set(methods.filter(passes).map(({ file }) => file));
}
