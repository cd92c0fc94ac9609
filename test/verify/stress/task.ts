/**
 * Designs whose weaknesses are known from the way their data are drawn. They say nothing of how a weakness is to be found.
 */
import { RandomStream } from "../../../core/random";
import { npy, npz } from "../../data/files";

/** One row of data: a number or several for each field. Whole numbers of a field named in `labels` are classes. */
export type Row = Readonly<Record<string, number | readonly number[]>>;

export interface Task {
  /** Stable, in words. */
  name: string;
  /** Rows of each split. */
  rows: { train: number; validation: number; test: number };
  /** One row: a function of what is drawn. */
  draw(draws: Draws): Row;
  labels: readonly string[];
  /** The spec without its `data` and `train` statements. */
  lines: string;
  steps: number;
  /** Learning rate. */
  rate: number;
}

/** A design with one weakness. */
export interface Weak extends Task {
  /** The test that must name it, by its id. */
  weakness: string;
  /** The factor that is lost. */
  factor: string;
  /** Why it is lost, from the data and the theory. */
  truth: string;
}

/** Draws of one row. */
export class Draws {
  constructor(private readonly stream: RandomStream) {}
  normal = (deviation = 1): number => deviation * this.stream.normal();
  /** `count` values of noise. */
  noise = (count: number, deviation: number): number[] =>
    Array.from({ length: count }, () => this.normal(deviation));
  integer = (count: number): number => this.stream.integer(count);
  /** 1 or -1. */
  sign = (): number => 2 * this.stream.integer(2) - 1;
}

export const FILE = "rows.npz";

/** The data of a task as a file. Seeds draw other rows. */
export function fileOf({ name, rows, draw, labels }: Task, seed: number): Uint8Array {
  const count = rows.train + rows.validation + rows.test;
  const stream = new RandomStream(seed, `bank of stress: ${name}`, 0);
  const drawn = Array.from({ length: count }, (_, i) => {
    stream.rewind(i);
    return draw(new Draws(stream));
  });
  const fields = Object.entries(drawn[0]!).map(([field, first]): [string, Uint8Array] => {
    const width = typeof first === "number" ? [] : [first.length];
    const values = drawn.flatMap((row) => row[field]!);
    return [field, npy(labels.includes(field) ? "u1" : "f4", [count, ...width], values)];
  });
  return npz(Object.fromEntries(fields), 0);
}

/** The spec of a task; its training has the seed too. */
export function textOf({ rows, lines, steps, rate }: Task, seed: number): string {
  const sizes = `samples = ${rows.train}, validation = ${rows.validation}, test = ${rows.test}`;
  const body = lines
    .trim()
    .split("\n")
    .map((line) => `  ${line.trim()}`);
  return [
    "spec Bank {",
    `  data "${FILE}" { ${sizes}, seed = ${seed} }`,
    ...body,
    `  train { steps = ${steps}, batch = 64, optimizer = adam(${rate}), seed = ${seed} }`,
    "}",
    "",
  ].join("\n");
}

/** The seeds on which the method was set, and those on which figures are given. */
export const TUNING = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20];
export const TOLD = TUNING.map((seed) => seed - 1);
