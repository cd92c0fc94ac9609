/**
 * Trainings that are well: methods of the catalogue on planted factors, at their beta, half and twice it, where their codes
 * keep and drop what they are for.
 */
import { catalogue, type CatalogueEntry } from "../../../core/catalogue/index";
import { analyse } from "../../../core/theory/analyse";
import { BETA } from "../../../core/theory/terms/scalar";
import { probeStreams, type ProbeResult } from "../../trainer/train";
import { exceptions } from "../catalogue/exceptions";
import { classOf, plantedText, plantingOf, specOf, type Planting } from "../catalogue/planted";
import { claimsOf, shareOf } from "../catalogue/wants";
import { keptRun, type Run } from "./runs";

export interface Healthy {
  entry: CatalogueEntry;
  /** What beta is multiplied by. */
  times: number;
  text: string;
}

/** As in docs/catalogue.md. */
const KEPT = 0.35;
/** Claims that do not hold there say nothing of a training here. */
const excepted = (file: string): boolean => exceptions.some((one) => one.file === file);

/** Every such training; a method without beta is there once. */
export function healthy(): Healthy[] {
  return catalogue()
    .filter(({ file }) => !excepted(file))
    .flatMap((entry) => {
      const text = plantedText(entry);
      const turned = (times: number): string =>
        text.replace(
          /(knob beta = )([\d.e+-]+)/,
          (_, start: string, value: string) => start + String(Number(value) * times),
        );
      const hasBeta = specOf(entry).knobs.some(({ name }) => name === BETA);
      return (hasBeta ? [1, 0.5, 2] : [1]).flatMap((times) => {
        const written = turned(times);
        const errors = analyse(written).diagnostics.filter(({ severity }) => severity === "error");
        return errors.length > 0 ? [] : [{ entry, times, text: written }];
      });
    });
}

const raw = new Map<Planting, Promise<ProbeResult[]>>();

/** The training of a seed, where what the method wants holds of it; undefined where it does not. */
export async function healthyRun({ entry, text }: Healthy, seed: number): Promise<Run | undefined> {
  const spec = specOf(entry);
  const planting = plantingOf(entry, spec);
  const run = await keptRun(text, seed);
  const rawOf = planting.raw;
  if (!raw.has(planting))
    raw.set(planting, rawOf ? probeStreams(rawOf.text, rawOf.streams) : Promise.resolve([]));
  const told = await raw.get(planting)!;
  const fields = new Map(
    spec.streams
      .filter(({ role }) => role === "target")
      .map((target) => [target.name, classOf(target, planting)]),
  );
  const probes = run.probes.map((probe) => ({ ...probe, factor: fields.get(probe.factor) ?? probe.factor }));
  const holds = claimsOf(text, planting).every((claim) => {
    const share = shareOf(claim, probes, told);
    return claim.expects === "kept" ? share >= KEPT : share < KEPT;
  });
  return !run.failed && holds ? run : undefined;
}
