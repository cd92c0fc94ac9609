/** Decoders and priors over codes that are made here, and codes that know one stream alone. */
import { copyRows } from "../../data/rows";
import { doesWithout } from "../../theory/missing/presence";
import { ancestors } from "../../theory/terms/roles";
import { Evaluator } from "../evaluation";
import { Inputs } from "../inputs";
import type { DataStream, Preparation } from "../prepare";
import type { Stage } from "./stage";

/** Codes [rows, size], by latent. */
type Codes = Readonly<Record<string, Float32Array>>;

export class Decoders {
  constructor(
    private readonly stage: Stage,
    private readonly knobs: Record<string, number>,
  ) {}

  /** What the decoder of each stream reads, by stream. */
  get decoded(): Preparation["generation"]["decoded"] {
    return this.stage.preparation.generation.decoded;
  }

  /** What the prior of each code reads that the loss holds to it, by code: draws from there look like codes. */
  get priors(): Preparation["generation"]["priors"] {
    return this.stage.preparation.generation.priors;
  }

  /**
   * What each decoder gives, [rows, width], by stream; codes that are not given are zeros.
   * @param rows of the data, from which decoders take the streams that they read beside codes
   */
  async decode(codes: Codes, rows: Int32Array): Promise<Codes> {
    return (await this.run(["decoded."], codes, rows, 0))["decoded."];
  }

  /**
   * The given codes, and one draw from the prior of each other code that these names need; undefined where the loss holds one
   * of them to no prior.
   */
  async withPriors(
    names: readonly string[],
    codes: Codes,
    rows: Int32Array,
    draw: number,
  ): Promise<Codes | undefined> {
    const { priors } = this;
    let known = codes;
    const wanted = (name: string): string[] =>
      Object.hasOwn(known, name) ? [] : [...(priors[name]?.codes ?? []).flatMap(wanted), name];
    for (;;) {
      const next = names.flatMap(wanted)[0];
      if (next === undefined) return known;
      if (!Object.hasOwn(priors, next)) return undefined;
      // One level of a hierarchy after another.
      known = { ...known, [next]: (await this.run(["prior."], known, rows, draw))["prior."][next]! };
    }
  }

  /** Draws of the codes that can be inferred from one stream alone, by latent. */
  async inferredFrom(stream: string, rows: Int32Array, draw: number): Promise<Codes> {
    const { spec, generation, data } = this.stage.preparation;
    const isStream = (name: string): boolean => data.streams.has(name);
    const found: Record<string, Float32Array> = {};
    for (const { name } of spec.latents) {
      const others = [...ancestors(spec, name)].filter((other) => isStream(other) && other !== stream);
      const part = `${name}[${stream}]`;
      if (!ancestors(spec, name).has(stream)) continue;
      if (others.every((other) => doesWithout(spec, name, other)))
        found[name] = (
          await this.evaluator("encode").collect(["draw."], rows, this.knobs, { draw, absent: others })
        )["draw."][name]!;
      else if (Object.hasOwn(generation.parts, part))
        found[name] = (await this.evaluator("parts").collect(["part."], rows, this.knobs, { draw }))["part."][
          part
        ]!;
    }
    return found;
  }

  private async run<P extends "decoded." | "prior.">(
    parts: readonly P[],
    codes: Codes,
    rows: Int32Array,
    draw: number,
  ): Promise<Record<P, Record<string, Float32Array>>> {
    if (this.stage.preparation.programs.decode === undefined)
      return Object.fromEntries(parts.map((part) => [part, {}])) as never;
    const places = Int32Array.from(rows, (_, i) => i);
    return this.evaluator("decode", this.handedOver(codes, rows)).collect(parts, places, this.knobs, {
      draw,
    });
  }

  /** Codes, and the rows of streams that are read beside them, as streams of their own. */
  private handedOver(codes: Codes, rows: Int32Array): ReadonlyMap<string, DataStream> {
    const { spec, data, programs } = this.stage.preparation;
    const own = new Map<string, DataStream>();
    for (const { input, shape } of programs.decode!.buffers) {
      if (input?.kind !== "stream") continue;
      const width = shape.at(-1)!;
      const values = new Float32Array(rows.length * width);
      const stream = data.streams.get(input.of);
      if (stream !== undefined) copyRows(stream, rows, values);
      else if (Object.hasOwn(codes, input.of)) values.set(codes[input.of]!);
      own.set(input.of, {
        name: input.of,
        field: input.of,
        kind: { name: "vector", sizes: [width] },
        shape: [width],
        values,
        role: "modality",
        absentWith: [],
      });
    }
    // Other inputs are no rows of the data: knobs, noise, shares of classes.
    for (const { name } of spec.streams) if (!own.has(name)) own.set(name, data.streams.get(name)!);
    return own;
  }

  private evaluator(
    name: "encode" | "decode" | "parts",
    streams: ReadonlyMap<string, DataStream> = this.stage.preparation.data.streams,
  ): Evaluator {
    const { preparation, session, seed, slices } = this.stage;
    const { programs, batch, absent } = preparation;
    const inputs = new Inputs(name, programs[name]!, streams, seed, absent);
    return new Evaluator(session, name, programs[name]!, batch[name], inputs, slices);
  }
}
