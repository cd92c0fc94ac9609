/** Lays out the periodic table. */
import type { CatalogueEntry } from "../catalogue/index";
import { outsideMethods } from "../catalogue/outside";
import { withFittingData } from "../data/fitting";
import type { DerivedLoss } from "../theory/derivation/loss";
import { columns, rows, type Axis } from "../theory/recognition/placement";
import type { Recognition } from "../theory/recognition/recognise";
import { placeOf, relationsOf, tableEntries, type Relation } from "../theory/recognition/table";
import { traits } from "../theory/recognition/traits";
import { lossLatex } from "./latex";
import type { TableMethod, TableSummary } from "./table-summary";
import { lossText } from "./unicode";

/** A spec that can be derived. */
interface OwnLoss {
  derived: DerivedLoss;
  recognised?: Recognition | undefined;
}

const openedTexts = new Map<string, string>();

/** A method's spec as it is opened: with data, so that its preview trains. */
function openedText({ file, text }: CatalogueEntry): string {
  const opened = openedTexts.get(file) ?? withFittingData(text);
  openedTexts.set(file, opened);
  return opened;
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
        text: openedText(entry),
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
