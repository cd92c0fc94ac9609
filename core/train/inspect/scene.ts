/** What pictures of the codes are made from: the weights of now, and held-out rows. */
import { Evaluator } from "../evaluation";
import { wholeFirst } from "../holes";
import { Inputs } from "../inputs";
import { isFactor, type PairReading } from "../measurements/subjects";
import type { DataStream } from "../prepare";
import { latentNamed } from "../../theory/terms/roles";
import type { Latent } from "../../theory/spec";
import { Decoders } from "./decoders";
import type { FactorValues } from "./messages";
import type { Stage } from "./stage";

/** Most rows of a picture. */
const ROWS = 500;

/** What the probes of a round have predicted. */
export interface Read {
  step: number;
  /** The rows that were judged. */
  rows: Int32Array;
  readings: readonly PairReading[];
}

export class Scene {
  private readonly encoder: Evaluator;
  private readonly evaluator: Evaluator;
  readonly decoders: Decoders;
  /** Those that the last round has judged, where there was one. */
  readonly rows: Int32Array;

  constructor(
    private readonly stage: Stage,
    private readonly knobs: Record<string, number>,
    readonly read: Read | undefined,
  ) {
    this.encoder = evaluatorOf(stage, "encode");
    this.evaluator = evaluatorOf(stage, "evaluate");
    this.decoders = new Decoders(stage, knobs);
    const { data, absent } = stage.preparation;
    this.rows = wholeFirst(read?.rows ?? data.splits.validation, absent.holes).slice(0, ROWS);
  }

  get codes(): string[] {
    return this.stage.preparation.spec.latents.map(({ name }) => name);
  }

  latent(name: string): Latent {
    return latentNamed(this.stage.preparation.spec, name);
  }

  stream(name: string): DataStream {
    return this.stage.preparation.data.streams.get(name)!;
  }

  private get streams(): DataStream[] {
    return [...this.stage.preparation.data.streams.values()];
  }

  get modalities(): DataStream[] {
    return this.streams.filter(({ role }) => role === "modality");
  }

  factorsOf(rows: Int32Array): FactorValues[] {
    return this.streams.filter(isFactor).map(({ name, kind, classes, values }) => ({
      factor: name,
      ...(kind.name === "label" && { classes: classes! }),
      values: Array.from(rows, (row) => values[row]!),
    }));
  }

  encode<P extends "mean." | "draw.">(
    parts: readonly P[],
    rows: Int32Array,
  ): Promise<Record<P, Record<string, Float32Array>>> {
    return this.encoder.collect(parts, rows, this.knobs);
  }

  /** Reconstructions [rows, width], by stream. */
  async reconstruct(rows: Int32Array): Promise<Record<string, Float32Array>> {
    return (await this.evaluator.collect(["reconstruction."], rows, this.knobs))["reconstruction."];
  }
}

function evaluatorOf(
  { preparation: { programs, batch, data, absent }, session, seed, slices }: Stage,
  name: "encode" | "evaluate",
): Evaluator {
  const inputs = new Inputs(name, programs[name], data.streams, seed, absent);
  return new Evaluator(session, name, programs[name], batch[name], inputs, slices);
}
