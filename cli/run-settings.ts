/** What a training was asked for, in words: what a person needs to repeat it. */
import { basename } from "node:path";
import { lengthOf } from "../core/theory/terms/schedule";
import { count } from "../core/language/text";
import { rounded } from "../core/language/number-text";
import type { Overrides } from "../core/train/protocol";
import type { Settings } from "../core/report/html";
import { specsNamed, type Source } from "./source";

/** @param weights the file of the weights that were judged, where nothing was trained */
export function runSettings(
  source: Source,
  { spec: name, overrides }: { spec?: string; overrides?: Overrides },
  weights: string | undefined,
): Settings {
  const settings: Settings = [["Spec", basename(source.file)]];
  if (weights !== undefined) settings.push(["Weights", `${basename(weights)}; nothing was trained`]);
  const spec = specsNamed(source.analysis, name)[0]?.spec;
  if (spec === undefined) return settings;
  const { training, data, knobs } = spec;
  const { epochs, steps, seed = training.seed } = overrides ?? {};
  const written = lengthOf(training);
  const length =
    steps !== undefined
      ? count(steps, "step")
      : epochs !== undefined
        ? count(epochs, "epoch")
        : `${rounded(written.value)} ${written.unit}`;
  settings.push(
    ["Seed", String(seed)],
    ["Length", length],
    ["Batch", String(training.batch)],
    ["Optimiser", `${training.optimizer.name}, learning rate ${training.optimizer.rate}`],
  );
  if (data)
    settings.push(["Data", [data.source, ...Object.entries(data.options).map(optionText)].join(", ")]);
  for (const { name: knob, value } of knobs)
    settings.push([`Knob ${knob}`, rounded(overrides?.knobs?.[knob] ?? value)]);
  return settings;
}

const optionText = ([name, value]: [string, unknown]): string =>
  `${name} = ${Array.isArray(value) ? value.join(" ") : String(value)}`;
