/** Specs of readers: networks that learn to answer questions from streams, without any bottleneck. */
import type { BuiltNetwork, Latent, Spec, Stream, Term } from "../../theory/spec";
import { streamOf } from "../../theory/terms/roles";

/** What a reader needs to know of a question. */
interface Asked {
  name: string;
  classes: number;
}

const nowhere = { start: 0, end: 0 };
/** Width of what an encoder hands on: wide enough that it is no bottleneck. */
const WIDTH = 64;
/** What answers a question from there. */
const HEAD: BuiltNetwork = { name: "mlp", sizes: [64] };

/**
 * The spec's own encoders, without noise and without a price, with a decoder of each question: what a supervised network of
 * the same architecture reads of the streams.
 */
export function streamsReader(spec: Spec, questions: readonly Asked[]): Spec {
  const streams = spec.streams.filter(({ role }) => role === "modality");
  return readerOf(spec, streams, encodersOf(spec), questions);
}

/** The same of codes: one encoder of all of them, side by side. @param width of all codes together */
export function codesReader(spec: Spec, width: number, questions: readonly Asked[]): Spec {
  const codes: Stream = {
    name: CODES,
    role: "modality",
    kind: { name: "vector", sizes: [width] },
    size: width,
    width,
    range: nowhere,
  };
  return readerOf({ ...spec, networks: [] }, [codes], [encoder("Z", [CODES], "single")], questions);
}

/** The stream of a reader of codes. */
export const CODES = "codes";

const encoder = (name: string, from: string[], fusion: "single" | "concat"): Latent => ({
  name,
  law: { name: "deterministic", size: WIDTH },
  from,
  fusion: { name: fusion, options: [] },
  given: [],
  prior: { name: "standard", arguments: [] },
  range: nowhere,
});

/** One encoder for each set of streams that a code reads together, and one for each stream that it reads as an expert. */
function encodersOf(spec: Spec): Latent[] {
  const found = new Map<string, Latent>();
  for (const latent of spec.latents) {
    const from = latent.from.filter((name) => streamOf(spec, { name })?.role === "modality");
    const sets = latent.fusion.name === "concat" ? [from] : from.map((one) => [one]);
    for (const set of sets) {
      const key = set.toSorted().join(" ");
      if (set.length === 0 || found.has(key)) continue;
      const own = latent.from.length === set.length;
      const name = own ? latent.name : `reader_${found.size}`;
      found.set(key, encoder(name, set, set.length > 1 ? "concat" : "single"));
    }
  }
  return [...found.values()];
}

function readerOf(
  spec: Spec,
  streams: readonly Stream[],
  latents: Latent[],
  questions: readonly Asked[],
): Spec {
  const targets = questions.map(({ name, classes }): Stream => ({
    name,
    role: "target",
    kind: { name: "label", sizes: [classes] },
    size: 1,
    width: classes,
    range: nowhere,
  }));
  const read = new Set(latents.flatMap(({ from }) => from));
  return {
    ...spec,
    streams: [...streams.filter(({ name }) => read.has(name)), ...targets],
    latents,
    terms: questions.map(({ name }) => answering(name, latents)),
    networks: [
      ...spec.networks.filter(({ role }) => role === "encoder"),
      { role: "decoder", names: questions.map(({ name }) => name), network: HEAD, range: nowhere },
    ],
    knobs: [],
    wants: [],
    missing: [],
  };
}

const answering = (question: string, latents: readonly Latent[]): Term => ({
  id: question,
  side: "keep",
  weight: { kind: "number", value: 1, text: "1" },
  information: {
    kind: "information",
    left: [{ name: question }],
    right: latents.map(({ name }) => ({ name })),
    given: [],
  },
  range: nowhere,
  removal: nowhere,
});
