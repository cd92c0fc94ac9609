/** The data that a new spec may start from: what its samples contain, as a spec declares it. */
import type { MadeField } from "../../core/data/generator";
import type { KnownFile } from "../../core/data/refusals";
import { quote } from "../../core/language/scanner";

/** A field of the data. */
export interface SpecField extends MadeField {
  /** As the data names it, where that is not a name of the language. */
  field?: string;
}

export interface SpecData {
  /** As `data "..."` names it; absent where there is no data yet. */
  source?: string;
  /** A few words for a list. */
  title: string;
  /** What is in it, in one sentence. */
  doc: string;
  fields: readonly SpecField[];
  /** Rows of a file. */
  samples?: number;
  /** Field that a stream of a name reads where no field has that name. */
  bindings?: Readonly<Record<string, string>>;
  /** Of a file: what streams are held against. */
  known?: KnownFile;
}

/** The line that declares a field. */
export const declaration = (
  role: "modality" | "target" | "observe",
  { name, kind, field }: Pick<SpecField, "name" | "kind" | "field">,
): string => `${role} ${name} : ${kind}${field === undefined ? "" : ` = ${quote(field)}`}`;

/** Two streams and a label to be renamed, where the data does not exist yet. */
export const noData: SpecData = {
  title: "None yet",
  doc: "Two streams and a label, to be changed when there is data.",
  fields: [
    { name: "X", kind: "vector(64)", role: "stream", doc: "the first stream" },
    { name: "Y", kind: "vector(64)", role: "stream", doc: "the second stream" },
    { name: "label", kind: "label(10)", role: "factor", doc: "a label" },
  ],
};
