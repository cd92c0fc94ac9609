/** What a kept term is without any code, and what it can be at most: the scale on which its value is read. */
import { copyRows } from "../../data/rows";
import type { DerivedTerm } from "../../theory/derivation/loss";
import type { DataStream, Preparation } from "../prepare";
import { evenly } from "./data/columns";
import type { Level } from "./rule";

/** Values of a stream that are read for it, of training and of validation rows. */
const MOST_VALUES = 4_000_000;
/** A class, a word or a value that no training row has gets this much. */
const LEAST = 1e-6;

/** The levels of the kept terms that have some, by their ids. */
export function levelsOf({
  derived,
  spec,
  data,
}: Pick<Preparation, "derived" | "spec" | "data">): Record<string, Level> {
  const found: Record<string, Level> = {};
  for (const one of derived.terms) {
    if (one.term.side !== "keep") continue;
    const { role, bound } = one;
    if (bound.chance !== undefined) found[one.term.id] = { nothing: bound.chance };
    if (role.kind !== "decoding" || role.streams.length !== 1) continue;
    // A decoder that reads a stream too knows something without any code.
    const readsStream = role.read.some(({ name }) => spec.streams.some((stream) => stream.name === name));
    const { name, width } = role.streams[0]!;
    const stream = data.streams.get(name);
    const level =
      readsStream || stream === undefined || stream.make !== undefined || stream.makeRows !== undefined
        ? undefined
        : levelOf(one, stream, width, data.splits);
    if (level !== undefined) found[one.term.id] = level;
  }
  return found;
}

function levelOf(
  { bound, request }: DerivedTerm,
  stream: DataStream,
  width: number,
  { train, validation }: Preparation["data"]["splits"],
): Level | undefined {
  if (bound.logDensity === undefined) return undefined;
  const most = Math.max(1, Math.floor(MOST_VALUES / width));
  const { means, variance } = momentsOf(stream, width, evenly(train, most));
  const total = means.reduce((sum, mean) => sum + mean, 0);
  const density = bound.logDensity(request, { variance, total });
  if (density === undefined) return undefined;
  const learned = request?.arguments[0] === "learned";
  const within = (mean: number): number => {
    if (bound.support) return Math.min(bound.support.high - LEAST, Math.max(bound.support.low + LEAST, mean));
    return stream.kind.name === "label" || stream.kind.name === "text" || stream.kind.name === "counts"
      ? Math.max(LEAST, mean)
      : mean;
  };
  const sum = { nothing: 0, all: 0 };
  const rows = evenly(validation, most);
  eachRow(stream, width, rows, (values) => {
    for (let d = 0; d < width; d++) {
      const x = values[d]!;
      sum.nothing += density(x, within(means[d]!)) / rows.length;
      sum.all += density(x, x) / rows.length;
    }
  });
  // A learned scale makes a perfect reconstruction infinitely likely; the words of a text are drawn, not known.
  return learned || stream.kind.name === "text" ? { nothing: sum.nothing } : sum;
}

function momentsOf(
  stream: DataStream,
  width: number,
  rows: Int32Array,
): { means: Float64Array; variance: number } {
  const means = new Float64Array(width);
  let squares = 0;
  eachRow(stream, width, rows, (values) => {
    for (let d = 0; d < width; d++) {
      means[d]! += values[d]! / rows.length;
      squares += values[d]! ** 2 / rows.length;
    }
  });
  const variance = (squares - means.reduce((sum, mean) => sum + mean ** 2, 0)) / width;
  return { means, variance };
}

function eachRow(
  stream: DataStream,
  width: number,
  rows: Int32Array,
  read: (values: Float32Array) => void,
): void {
  const values = new Float32Array(width);
  for (const row of rows) {
    copyRows(stream, [row], values);
    read(values);
  }
}
