import type { BoundStream } from "../../../data/bind";
import type { Dataset } from "../../../data/dataset";
import type { Maker } from "../../../data/made";
import { asText } from "../../as-text";
import type { Finding } from "../../protocol";
import { lookAt } from "./columns";
import { eitherOrder } from "./either-order";
import { splitGroups } from "./split-groups";
import { constantColumns } from "./constant-columns";
import { miscountedSamples } from "./miscounted-samples";
import { mergedValues } from "./merged-values";
import { outliers } from "./outliers";
import { pictureRange } from "./picture-range";
import { repeatedNegatives } from "./repeated-negatives";
import { repeatedRows } from "./repeated-rows";
import { usedRows, type BoundData, type DataRule } from "./rule";
import { sampledRows } from "./sampled-rows";
import { undeclaredAbsence } from "./undeclared-absence";
import { undrawnSamples } from "./undrawn-samples";
import { unknownValues } from "./unknown-values";
import { unlikeUnits } from "./unlike-units";

/** Every rule on data. */
export const dataRules: readonly DataRule[] = [
  constantColumns,
  unlikeUnits,
  outliers,
  pictureRange,
  mergedValues,
  repeatedRows,
  repeatedNegatives,
  miscountedSamples,
  sampledRows,
  undeclaredAbsence,
  undrawnSamples,
  unknownValues,
  splitGroups,
  eitherOrder,
];

/**
 * The streams as rules look at them. Those that are made as batches are drawn are left out: nobody saved their values.
 * @param streams as they were bound
 */
export function boundData(
  streams: Iterable<BoundStream & { make?: Maker }>,
  { splits, ...loss }: Omit<BoundData, "streams">,
): BoundData {
  const rows = usedRows(splits);
  const read = [...streams].filter(({ make, makeRows }) => make === undefined && makeRows === undefined);
  return {
    streams: read.map((stream) => {
      const { absent } = stream;
      return lookAt(stream, absent ? rows.filter((row) => !absent[row]) : rows);
    }),
    splits,
    ...loss,
  };
}

/** Everything there is to say about these data. */
export const dataFindings = (data: BoundData): Finding[] =>
  dataRules.flatMap(({ code, severity, find }) => find(data).map((seen) => ({ code, severity, ...seen })));

const known = new WeakMap<Dataset, { asked: string; findings: Finding[] }>();

/** The findings of these data. An edit that reads them as the text before did, to the same terms, looks at nothing again. */
export function findingsIn(
  dataset: Dataset,
  streams: Iterable<BoundStream & { make?: Maker }>,
  loss: Pick<BoundData, "spec" | "terms">,
): Finding[] {
  const terms = loss.terms.map(({ term, bound, role, request }) => [
    term.id,
    term.information,
    bound.id,
    role,
    request,
  ]);
  const { streams: declared, latents, training, missing } = loss.spec;
  const asked = asText([declared, latents, training.batch, missing, terms]);
  const before = known.get(dataset);
  if (before?.asked === asked) return before.findings;
  const findings = dataFindings(
    boundData(streams, {
      splits: dataset.splits,
      sampled: dataset.sampled,
      ...(dataset.grouped && { grouped: dataset.grouped }),
      ...loss,
    }),
  );
  known.set(dataset, { asked, findings });
  return findings;
}
