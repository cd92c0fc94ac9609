/** What draws of a private code predict of a view that it does not read. */
import { copyRows } from "../../data/rows";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { ancestors } from "../../theory/terms/roles";
import { asksBeside, codesOf, rebuildings } from "../../theory/wants/duties";
import { only, type CodedRows } from "../measurements/coded-rows";
import type { DataStream } from "../prepare";
import { predictedShare } from "../probes/share";
import type { Leak } from "./rule";

type Pair = Pick<Leak, "code" | "shared" | "view">;

/** Codes that are decoded beside one that also serves alone, with each view that they do not read. */
export function privatePairs(loss: DerivedLoss): Pair[] {
  const { spec } = loss;
  const found = new Map<string, Pair>();
  for (const { decoding } of rebuildings(loss)) {
    const codes = codesOf(spec, decoding.read);
    for (const code of codes)
      for (const shared of codes) {
        if (code === shared || !asksBeside(loss, shared, code) || asksBeside(loss, code, shared)) continue;
        const read = ancestors(spec, code);
        for (const { name, role, derived } of spec.streams)
          if (role === "modality" && derived === undefined && !read.has(name))
            found.set(`${code} ${shared} ${name}`, { code, shared, view: name });
      }
  }
  return [...found.values()];
}

/** Each pair with what is predicted, from draws of these rows. */
export function leaksIn(
  pairs: readonly Pair[],
  coded: CodedRows,
  streams: ReadonlyMap<string, DataStream>,
): Leak[] {
  return pairs.flatMap((pair) => {
    const stream = streams.get(pair.view);
    const { rows, draws } = only(coded, [pair.code, pair.shared], stream);
    const [own, shared] = [draws[0]?.[pair.code], draws[0]?.[pair.shared]];
    if (!(stream?.values instanceof Float32Array) || stream.makeRows || !own || !shared) return [];
    const target = new Float32Array(rows.length * stream.shape.reduce((size, one) => size * one, 1));
    copyRows(stream, rows, target);
    const { value: r2, low, high } = predictedShare(own, target, rows.length);
    return [{ ...pair, r2, low, high, sharedR2: predictedShare(shared, target, rows.length).value }];
  });
}
