/** The networks of a project that read streams and codes, to find which rows the codes leave behind. */
import { doesWithout } from "../../theory/missing/presence";
import { derive } from "../../theory/derivation/derive";
import { buildObjective } from "../../theory/objective/objective";
import type { DerivedLoss, Objective } from "../../theory/derivation/loss";
import type { Spec } from "../../theory/spec";
import { codesReader, streamsReader } from "../../train/left-behind/reader-spec";
import { exportNetworks } from "../pytorch/index";
import { fanIn } from "./fan-in";
import { assigned } from "./python-value";

/** Classes of a number: quarters of its values. */
const QUARTERS = 4;

const DOC = `Networks that answer questions about rows without a bottleneck: \`left_behind.py\` trains them.`;

/** Targets and factors about which rows are asked: all labels and numbers but those that the codes are meant to lack. */
export function askedOf({ streams, wants, latents }: Spec): string[] {
  const forgotten = new Set(wants.flatMap(({ intent, of }) => (intent === "forget" ? of : [])));
  // Codes of targets alone leave no stream to read.
  if (!latents.some(({ from }) => from.some((name) => roleOf(streams, name) === "modality"))) return [];
  return streams
    .filter(({ role, kind }) => role !== "modality" && (kind.name === "label" || kind.name === "scalar"))
    .map(({ name }) => name)
    .filter((name) => !forgotten.has(name));
}

const roleOf = (streams: Spec["streams"], name: string): string | undefined =>
  streams.find((stream) => stream.name === name)?.role;

/** Of each code, the streams that it reads and does without where rows lack them. */
export const withoutOf = (spec: Spec): Record<string, string[]> =>
  Object.fromEntries(
    spec.latents.flatMap(({ name }) => {
      const streams = spec.missing.map(({ stream }) => stream);
      const without = streams.filter((stream) => doesWithout(spec, name, stream));
      return without.length > 0 ? [[name, without] as const] : [];
    }),
  );

/** The text of `reader_networks.py`; undefined where nothing is asked. */
export function readerNetworksText({ spec }: DerivedLoss, { means }: Objective): string | undefined {
  const asked = askedOf(spec);
  if (asked.length === 0) return undefined;
  const questions = spec.streams
    .filter(({ name }) => asked.includes(name))
    .map(({ name, kind, width }) => ({ name, classes: kind.name === "label" ? width : QUARTERS }));
  const without = withoutOf(spec);
  const width = Object.entries(means).reduce(
    (sum, [name, { shape }]) => sum + (shape[1] as number) * (1 + (without[name]?.length ?? 0)),
    0,
  );
  const readers = [
    {
      name: "StreamsReader",
      doc: "Of streams: the encoders of the spec, wide and without noise.",
      spec: streamsReader(spec, questions),
    },
    {
      name: "CodesReader",
      doc: "Of all codes side by side.",
      spec: codesReader(spec, width, questions),
    },
  ];
  return exportNetworks(
    DOC,
    readers.map(({ name, doc, spec: reader }) => {
      const derived = derive(reader);
      const inputs = fanIn(buildObjective(derived));
      return {
        name,
        doc,
        derived,
        attributes: assigned([
          ["FAN_IN", "Inputs of each weight that starts uniform within 1 / sqrt(inputs).", inputs],
        ]).flatMap((lines) => lines.split("\n")),
      };
    }),
  );
}
