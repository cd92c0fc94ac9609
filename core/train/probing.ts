/** Probes of every known factor from every code. */
import { doesWithout } from "../theory/missing/presence";
import type { Spec } from "../theory/spec";
import type { Slices } from "./clock";
import type { Evaluator } from "./evaluation";
import type { DataStream } from "./prepare";
import { linearProbe, ridgeProbe } from "./probes/index";
import type { ProbeResult } from "./protocol";

/** Rows of the data with the codes' means there, [rows, size], by latent. */
export interface CodedRows {
  rows: Int32Array;
  codes: Record<string, Float32Array>;
}

/**
 * The codes' means with all streams there; and of each code that may do without a stream, its means where that is absent,
 * as `Z without X`.
 * @param encoder of a program that gives all means
 */
export async function codesOf(
  spec: Spec,
  encoder: Evaluator,
  rows: Int32Array,
  knobs: Record<string, number>,
): Promise<CodedRows> {
  const codes = (await encoder.collect(["mean."], rows, knobs))["mean."];
  for (const { stream } of spec.missing) {
    const without = await encoder.collect(["mean."], rows, knobs, { absent: [stream] });
    for (const { name } of spec.latents)
      if (doesWithout(spec, name, stream)) codes[`${name} without ${stream}`] = without["mean."][name]!;
  }
  return { rows, codes };
}

/** What is known of the samples: observed streams and targets of one class or number each. */
const isFactor = ({ role, kind }: DataStream): boolean =>
  role !== "modality" && (kind.name === "label" || kind.name === "scalar");

/**
 * How well each factor can be read off each code, fitted on `seen` and judged on `unseen`; gives way to the event loop
 * between probes.
 */
export async function runProbes(
  streams: readonly DataStream[],
  seen: CodedRows,
  unseen: CodedRows,
  slices: Slices,
): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const factor of streams.filter(isFactor)) {
    const valuesAt = (rows: Int32Array): Float32Array =>
      Float32Array.from(rows, (row) => factor.values[row]!);
    const [learned, judged] = [valuesAt(seen.rows), valuesAt(unseen.rows)];
    for (const [code, means] of Object.entries(seen.codes)) {
      const others = unseen.codes[code]!;
      const score =
        factor.kind.name === "label"
          ? linearProbe(means, learned, others, judged, factor.classes!)
          : ridgeProbe(means, learned, others, judged);
      results.push({ factor: factor.name, code, ...score });
      await slices.breathe();
    }
  }
  return results;
}
