/** What is measured of a run beside its terms. One file a measurement in this folder, and a line in the list. */
import { LARGEST_TEMPERATURE, LEAST_TEMPERATURE } from "../../theory/bounds/temperature";
import type { Spec } from "../../theory/spec";
import type { MeasuredValue } from "../protocol";
import type { PairReading, Subjects } from "./subjects";

/** Where tables show a measurement of a code and a factor, or of a code alone. */
interface Place {
  table: TableId;
  /** What a row says after the code's name: nothing for what the code itself carries. */
  row: string;
}

/**
 * The tables of measurements, in their order: what their rows are of, and whether they are details, which the report
 * leaves out.
 */
export const tables = {
  contrasts: {
    title: "Contrastive terms",
    note: "with one temperature fitted on validation samples, in nats with 95 % intervals; the raw values are above",
    of: "term",
    detail: false,
  },
  temperatures: {
    title: "Learned temperatures",
    note: `scores are divided by them; they are kept between ${LEAST_TEMPERATURE} and ${LARGEST_TEMPERATURE}`,
    of: "term",
    detail: false,
  },
  rates: {
    title: "Rates",
    note: "the most that each code can carry, in nats with 95 % intervals",
    of: "code",
    detail: false,
  },
  kept: {
    title: "Kept and discarded",
    note: "what a linear probe reads of each code on held-out samples, with 95 % intervals",
    of: "code",
    detail: false,
  },
  information: {
    title: "Information about factors",
    note: "in nats, at least and at most, from draws of each code",
    of: "code",
    detail: false,
  },
  leakage: {
    title: "Leakage of private codes",
    note: "at least how much of a view that it does not read a code predicts by a linear map, with 95 % intervals; that nothing leaks, only an upper limit of what two codes share can show",
    of: "code",
    detail: false,
  },
  apart: {
    title: "Shared by two codes",
    note: "at most, in nats, by the chain rule; the lower end is not known, and is shown as 0",
    of: "code",
    detail: false,
  },
  coordinates: {
    title: "Coordinates",
    note: "how much of each coordinate a factor explains, with 95 % intervals; coordinates count from 0",
    of: "code",
    detail: true,
  },
  classes: {
    title: "Classes",
    note: "how well each class is read, with 95 % intervals",
    of: "code",
    detail: true,
  },
} as const;
export type TableId = keyof typeof tables;

/** A measurement without its name; `code`, `factor`, `term` and `class` say what it is of. */
type Value = Omit<MeasuredValue, "id" | "unit">;

export interface Measurement<N extends keyof Subjects = keyof Subjects> {
  /** Kebab-case and stable: reports, the panel and `--json` name it so. */
  id: string;
  title: string;
  /** What it says, how it is made and what not to read into it. */
  doc: string;
  unit: MeasuredValue["unit"];
  /**
   * `look`: at every look at the held-out rows, and at the one after a turned knob. `round`: as often as a share of the
   * training's time allows, after a turned knob, and at the end.
   */
  when: "look" | "round";
  /** What `measure` is given. */
  needs: N;
  measure(subject: Subjects[N], spec: Spec): Value[];
  place: Place;
  /** What tables say beside a value; nothing where there is nothing to add. */
  remark?(value: MeasuredValue): string | undefined;
  /** A sentence after those on what codes keep; nothing where it has none. */
  sentence?(values: readonly MeasuredValue[]): string;
}

/** A measurement of any need. */
export type AnyMeasurement = { [N in keyof Subjects]: Measurement<N> }[keyof Subjects];

/** Lets the compiler see that a measurement reads what it says it needs. */
export const measurement = <N extends keyof Subjects>(one: Measurement<N>): Measurement<N> => one;

/** The values of one score of every reading of a label, or of a number. */
export function ofReadings<K extends PairReading["reading"]["kind"]>(
  readings: readonly PairReading[],
  kind: K,
  score: (reading: Extract<PairReading["reading"], { kind: K }>) => Omit<Value, "code" | "factor">[],
): Value[] {
  return readings.flatMap(({ code, factor, reading }) =>
    reading.kind === kind
      ? score(reading as Extract<PairReading["reading"], { kind: K }>).map((value) => ({
          code,
          factor,
          ...value,
        }))
      : [],
  );
}
