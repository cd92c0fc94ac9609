import type { BoundStream } from "../../../data/bind";
import type { Maker } from "../../../data/made";
import type { Finding } from "../../protocol";
import { lookAt } from "./columns";
import { constantColumns } from "./constant-columns";
import { miscountedSamples } from "./miscounted-samples";
import { mergedValues } from "./merged-values";
import { outliers } from "./outliers";
import { pictureRange } from "./picture-range";
import { repeatedRows } from "./repeated-rows";
import type { BoundData, DataRule } from "./rule";
import { unlikeUnits } from "./unlike-units";

/** Every rule on data. */
export const dataRules: readonly DataRule[] = [
  constantColumns,
  unlikeUnits,
  outliers,
  pictureRange,
  mergedValues,
  repeatedRows,
  miscountedSamples,
];

/**
 * The streams as rules look at them. Those that are made as batches are drawn are left out: nobody saved their values.
 * @param streams as they were bound
 */
export function boundData(
  streams: Iterable<BoundStream & { make?: Maker }>,
  { splits, ...loss }: Omit<BoundData, "streams">,
): BoundData {
  const rows = Int32Array.from([...splits.train, ...splits.validation, ...splits.test]).sort();
  const read = [...streams].filter(({ make, makeRows }) => make === undefined && makeRows === undefined);
  return { streams: read.map((stream) => lookAt(stream, rows)), splits, ...loss };
}

/** Everything there is to say about these data. */
export const dataFindings = (data: BoundData): Finding[] =>
  dataRules.flatMap(({ code, severity, find }) => find(data).map((seen) => ({ code, severity, ...seen })));
