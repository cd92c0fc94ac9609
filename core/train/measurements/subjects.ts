/** What measurements are given: codes of rows, and what probes read of them. */
import { temperatureOf } from "../../theory/bounds/temperature";
import { componentsOf } from "../../theory/fusions/mixture";
import { variableText } from "../../theory/terms/print";
import { doesWithout } from "../../theory/missing/presence";
import { ancestors } from "../../theory/terms/roles";
import type { Spec } from "../../theory/spec";
import type { Holes } from "../holes";
import type { Slices } from "../clock";
import type { Evaluator } from "../evaluation";
import type { Session } from "../executor";
import type { Recalibrated } from "../recalibration";
import type { Leak } from "../findings/rule";
import type { DataStream, Preparation } from "../prepare";
import { only, type CodedRows } from "./coded-rows";
import { readLabel, readScalar, type Evidence, type Reading } from "../probes/index";

/** What a probe predicts of one factor from one code. */
export interface PairReading {
  code: string;
  factor: string;
  reading: Reading;
  /** The judged rows, where they are not all that could be: some lack the code or the factor. */
  rows?: Int32Array;
}

/** A code and a factor, with what bounds the information between them. */
export interface InformedPair {
  code: string;
  factor: string;
  evidence: Evidence;
  /** Nats of the factor's classes among the judged rows, of a number those that it is cut into: what perfect reading gains. */
  entropy: number;
}

/** A factor, what bounds the information of all codes together about it, and what probes gain from all but one of them. */
export interface Together {
  factor: string;
  all: Evidence;
  entropy: InformedPair["entropy"];
  without: { code: string; gains: Evidence["gains"] }[];
}

/** A factor, and what bounds the information about it. */
export interface Told {
  factor: string;
  evidence: Evidence;
}

/** What a measurement may need. */
export interface Subjects {
  /** What draws of private codes predict of views that they do not read. */
  leaks: readonly Leak[];
  /** Two codes that are meant to be apart: what they share at most, row by row, and by the smaller of their rates. */
  apart: readonly { code: string; other: string; atMost: Float64Array; rate?: number }[];
  /** The learned temperature in force, by the id of the term whose scores it divides. */
  temperatures: Record<string, number>;
  /** Contrastive terms with one temperature fitted on held-out rows, by the ids of the terms. */
  recalibrated: Record<string, Recalibrated>;
  /** The rate of each row in nats, by latent. */
  rates: Record<string, Float32Array>;
  /** Codes of training rows and of those that are judged, and the factors. */
  codes: { seen: CodedRows; judged: CodedRows; factors: readonly DataStream[] };
  /** What probes predict from draws of codes. */
  "read-draws": readonly PairReading[];
  /** What they predict from the noiseless means. */
  "read-means": readonly PairReading[];
  /** What bounds the information of each code about each factor. */
  informed: readonly InformedPair[];
  /** The same of all codes together; of specs with several codes, in the last round. */
  together: readonly Together[];
  /** What bounds the information of all codes together, and of the raw streams once these have been read: after the training. */
  told: { codes: readonly Told[]; streams: readonly Told[] };
}

/** What of a code is collected. */
const CODES = ["mean.", "draw.", "rate."] as const;
const DENSITIES = ["statistic.", "natural.", "own.", "density."] as const;

/** The densities of each latent with noise, at one draw of each row. */
function densitiesOf(
  spec: Spec,
  all: Record<(typeof DENSITIES)[number], Record<string, Float32Array>>,
): CodedRows["densities"] {
  return Object.fromEntries(
    Object.entries(all["statistic."]).map(([name, statistic]) => {
      const components = (componentsOf(spec, { name }) ?? [{ name }]).map(variableText).map((text) => ({
        natural: all["natural."][text]!,
        own: all["own."][text]!,
        density: all["density."][text]!,
      }));
      return [name, { components, statistics: [statistic] }];
    }),
  );
}

/**
 * Codes of rows with all streams there that they have; and of each code that may do without a stream, where that is absent.
 * @param draws how many draws of each row
 * @param compared whether the densities of codes are asked for
 * @param holes rows of the data that lack streams
 */
export async function codesOf(
  spec: Spec,
  encoder: Evaluator,
  rows: Int32Array,
  knobs: Record<string, number>,
  draws: number,
  compared = false,
  holes?: Holes,
): Promise<CodedRows> {
  const found = {
    means: {} as Record<string, Float32Array>,
    draws: [] as Record<string, Float32Array>[],
    rates: {} as CodedRows["rates"],
    densities: {} as CodedRows["densities"],
  };
  for (let draw = 0; draw < draws; draw++) {
    const parts = compared && draw === 0 ? ([...CODES, ...DENSITIES] as const) : CODES;
    const all = await encoder.collect<(typeof CODES | typeof DENSITIES)[number]>(parts, rows, knobs, {
      draw,
    });
    const codes = { ...all["draw."] };
    if (draw === 0)
      [found.means, found.rates, found.densities] = [
        { ...all["mean."] },
        all["rate."],
        compared ? densitiesOf(spec, all) : {},
      ];
    for (const { stream } of spec.missing) {
      if (!spec.latents.some(({ name }) => doesWithout(spec, name, stream))) continue;
      const without = await encoder.collect(["mean.", "draw."], rows, knobs, { draw, absent: [stream] });
      for (const { name } of spec.latents)
        if (doesWithout(spec, name, stream)) {
          codes[`${name} without ${stream}`] = without["draw."][name]!;
          if (draw === 0) found.means[`${name} without ${stream}`] = without["mean."][name]!;
        }
    }
    found.draws.push(codes);
  }
  if (holes === undefined) return { rows, ...found };
  const lacking = lackingOf(spec, Object.keys(found.means), rows, holes);
  for (const [code, lacks] of Object.entries(lacking))
    if (found.rates[code]) found.rates[code] = found.rates[code].filter((_, i) => !lacks[i]);
  return { rows, ...found, lacking };
}

/** Which rows lack a stream that a code reads; of a code without a stream, another one. */
function lackingOf(
  spec: Spec,
  codes: readonly string[],
  rows: Int32Array,
  holes: Holes,
): Record<string, Uint8Array> {
  return Object.fromEntries(
    codes.flatMap((code) => {
      const [name, without] = code.split(" without ");
      const reads = ancestors(spec, name!);
      const lacks = Uint8Array.from(rows, (row) =>
        holes.of(row).some((stream) => stream !== without && readsStream(spec, reads, stream)) ? 1 : 0,
      );
      return lacks.includes(1) ? [[code, lacks] as const] : [];
    }),
  );
}

/** Whether a stream, or one that is made from it, is among these. */
const readsStream = ({ streams }: Spec, reads: ReadonlySet<string>, stream: string): boolean =>
  reads.has(stream) || streams.some(({ name, derived }) => derived?.of === stream && reads.has(name));

/** Temperatures as they are in force, read from the weights of a session. */
export async function readTemperatures(
  learned: Preparation["temperatures"],
  session: Session,
): Promise<Subjects["temperatures"]> {
  const found: Subjects["temperatures"] = {};
  for (const [term, { parameter }] of Object.entries(learned))
    found[term] = temperatureOf((await session.read("train", parameter))[0]!);
  return found;
}

/** What is known of the samples: observed streams and targets of one class or number each. */
export const isFactor = ({ role, kind }: DataStream): boolean =>
  role !== "modality" && (kind.name === "label" || kind.name === "scalar");

/** Reads every factor from every code, by draws or by means; gives way to the event loop between two. */
export async function readPairs(
  { seen, judged, factors }: Subjects["codes"],
  from: "draws" | "means",
  slices: Slices,
): Promise<PairReading[]> {
  const codesOf = (coded: CodedRows): readonly Record<string, Float32Array>[] =>
    from === "draws" ? coded.draws : [coded.means];
  const result: PairReading[] = [];
  for (const factor of factors) {
    const valuesAt = (rows: Int32Array): Float32Array =>
      Float32Array.from(rows, (row) => factor.values[row]!);
    for (const code of Object.keys(judged.means)) {
      const [learned, read] = [only(seen, [code], factor), only(judged, [code], factor)];
      if (read.rows.length === 0) continue;
      const coded = {
        seen: codesOf(learned)[0]![code]!,
        seenTruth: valuesAt(learned.rows),
        judged: codesOf(read).map((codes) => codes[code]!),
        truth: valuesAt(read.rows),
      };
      const reading = factor.kind.name === "label" ? readLabel(coded, factor.classes!) : readScalar(coded);
      result.push({ code, factor: factor.name, reading, ...(read !== judged && { rows: read.rows }) });
      await slices.breathe();
    }
  }
  return result;
}
