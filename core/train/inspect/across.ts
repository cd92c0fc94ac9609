/** One stream given, another decoded; and every stream decoded from draws of priors. */
import { decodedSamples, trueSamples } from "../samples";
import type { Samples } from "../shown";
import type { Across } from "./messages";
import type { Scene } from "./scene";

/** Rows that are given, draws of their codes, and draws from the prior. */
const [ROWS, DRAWS, PRIORS] = [6, 2, 8];

export async function acrossOf(scene: Scene): Promise<Omit<Across, "step">> {
  const { decoded, priors } = scene.decoders;
  const rows = scene.rows.slice(0, ROWS);
  const found: Omit<Across, "step"> = { kind: "across", rows: [...rows], pairs: [], priors: [], without: [] };
  for (const { name: from } of scene.modalities)
    for (const to of Object.keys(decoded)) {
      const pair = from === to ? undefined : await pairOf(scene, from, to, rows);
      if (pair !== undefined) found.pairs.push(pair);
    }
  for (const [stream, { codes }] of Object.entries(decoded)) {
    const lacking = codes.filter((code) => !Object.hasOwn(priors, code));
    const drawn = await fromPriors(scene, stream);
    if (drawn !== undefined) found.priors.push({ stream, codes: [...codes], samples: drawn });
    else if (lacking.length > 0) found.without.push({ stream, codes: lacking });
  }
  return found;
}

/** The streams that a decoder reads beside codes, and those that the priors of these codes read. */
const streamsRead = ({ decoders }: Scene, stream: string, drawn: readonly string[]): string[] => [
  ...decoders.decoded[stream]!.streams,
  ...drawn.flatMap((code) => decoders.priors[code]?.streams ?? []),
];

/** Undefined where what is decoded would know nothing of the given stream, or something of another. */
async function pairOf(
  scene: Scene,
  from: string,
  to: string,
  rows: Int32Array,
): Promise<Across["pairs"][number] | undefined> {
  const { codes: read } = scene.decoders.decoded[to]!;
  const draws: Samples[] = [];
  let inferred: readonly string[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const known = await scene.decoders.inferredFrom(from, rows, draw);
    inferred = read.filter((code) => Object.hasOwn(known, code));
    const codes = await scene.decoders.withPriors(read, known, rows, draw);
    if (codes === undefined) return undefined;
    const drawn = Object.keys(codes).filter((code) => !Object.hasOwn(known, code));
    const beside = streamsRead(scene, to, drawn);
    if (inferred.length + beside.length === 0 || beside.some((stream) => stream !== from)) return undefined;
    const decoded = (await scene.decoders.decode(codes, rows))[to]!;
    draws.push(decodedSamples(scene.stream(to), decoded, rows.length, scene.rows));
  }
  return {
    from,
    to,
    codes: read.map((code) => ({ code, by: inferred.includes(code) ? "stream" : "prior" })),
    given: trueSamples(scene.stream(from), rows),
    truth: trueSamples(scene.stream(to), rows),
    draws,
  };
}

/** Undefined where a code has no prior, or something reads a stream. */
async function fromPriors(scene: Scene, stream: string): Promise<Samples | undefined> {
  const rows = scene.rows.slice(0, PRIORS);
  const codes = await scene.decoders.withPriors(scene.decoders.decoded[stream]!.codes, {}, rows, 0);
  if (codes === undefined || streamsRead(scene, stream, Object.keys(codes)).length > 0) return undefined;
  const decoded = (await scene.decoders.decode(codes, rows))[stream]!;
  return decodedSamples(scene.stream(stream), decoded, rows.length, scene.rows);
}
