/**
 * Every method of the catalogue that a spec can say, trained on planted factors, and what probes of its codes say of its
 * own wants. Gives the body of docs/catalogue.md.
 */
import { catalogue, type CatalogueEntry } from "../../core/catalogue/index";

import { probeStreams, type ProbeResult } from "../trainer/train";
import { exceptions } from "./catalogue/exceptions";
import { keptProbes } from "./catalogue/kept";
import { methodSection, pageHead } from "./catalogue/page";
import { classOf, plantedText, plantingOf, specOf, type Planting } from "./catalogue/planted";
import { thresholdOf, type Measurement } from "./catalogue/threshold";
import { claimsOf, shareOf } from "./catalogue/wants";

export const page = "docs/catalogue.md";

/** Seeds from which the threshold is set, and seeds on which verdicts are given. */
const SET = [1, 2];
const TOLD = [3, 4];

/** Probes of a trained method, each factor by the name of its field. */
async function probesOf(entry: CatalogueEntry, planting: Planting, seed: number): Promise<ProbeResult[]> {
  const targets = specOf(entry).streams.filter(({ role }) => role === "target");
  const fields = new Map(targets.map((target) => [target.name, classOf(target, planting)]));
  const probes = await keptProbes(plantedText(entry), seed);
  return probes.map((probe) => ({ ...probe, factor: fields.get(probe.factor) ?? probe.factor }));
}

/** The page without its mark. @param only files of methods to measure, for a look at some */
export async function write(only?: readonly string[]): Promise<string> {
  const entries = catalogue().filter(({ file }) => only === undefined || only.includes(file));
  const raw = new Map<Planting, ProbeResult[]>();
  const measured: Measurement[] = [];
  for (const entry of entries) {
    const planting = plantingOf(entry, specOf(entry));
    if (!raw.has(planting))
      raw.set(planting, planting.raw ? await probeStreams(planting.raw.text, planting.raw.streams) : []);
    const claims = claimsOf(plantedText(entry), planting);
    const runs: Measurement["runs"] = [];
    for (const seed of [...SET, ...TOLD]) {
      const probes = await probesOf(entry, planting, seed);
      const shares = claims.map((claim) => shareOf(claim, probes, raw.get(planting)!));
      runs.push({ seed, told: TOLD.includes(seed), probes, shares });
    }
    measured.push({ entry, planting, claims, runs });
  }
  const threshold = thresholdOf(measured, exceptions);
  return [
    pageHead(measured, threshold, { set: SET, told: TOLD }),
    ...measured.map((one) => methodSection(one, threshold)),
  ].join("\n");
}
