/** Streams that do not fit the fields of a data file, once the file has been looked into. */
import { within, type Diagnostic } from "../core/language/diagnostic";
import type { KnownFile } from "../core/data/refusals";
import type { Analysis } from "../core/theory/analyse";
import { unfitFile } from "../core/theory/diagnostics/unfit-data";
import type { Spec } from "../core/theory/spec";
import { builtIn, fileIn, type DataFileRequest } from "./declare";
import type { Document } from "./document";

/** What is known of the file that a spec reads; undefined where it reads none, or nobody has looked into it. */
export type FileOf = (spec: Spec) => KnownFile | undefined;

/** A path that is still being written: a folder to choose from. */
const isBegun = ({ source }: DataFileRequest): boolean => /(^|[\\/])\.{0,2}$/.test(source);

/** The files that the specs of a document read. */
export const filesOf = (document: Document): DataFileRequest[] =>
  document.analysis.specs.flatMap(({ tree, spec }) => {
    const file = builtIn(tree) === undefined ? fileIn(document.uri, spec) : undefined;
    return file === undefined || isBegun(file) ? [] : [file];
  });

/** What the files of an analysed text add to its findings. Where a stream cannot be read, that is all that is said of it. */
export const dataFindings = (
  { specs, diagnostics }: Pick<Analysis, "specs" | "diagnostics">,
  fileOf: FileOf,
): Diagnostic[] =>
  specs.flatMap(({ spec, tree }) => {
    const file = spec && fileOf(spec);
    if (file === undefined) return [];
    return unfitFile(spec!, tree, file).filter(
      ({ range }) => !diagnostics.some((one) => one.severity === "error" && within(one.range, range)),
    );
  });
