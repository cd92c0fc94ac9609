import { RandomStream } from "../../random";
import type { Generator } from "../generator";
import { poisson } from "../poisson";
import { drawnRare, drawRare, rareFields, rareOption } from "../rare";

const ANALYTES = 12;
const CELLS = 8;
const SITES = 5;
/** How often each illness is: known, so that a code without information is right in 0.4 of all cases. */
const RATES = [0.4, 0.25, 0.2, 0.15];
const ILLNESSES = ["healthy", "anaemia", "infection", "liver"] as const;

/** Mean shift of each analyte by illness at full severity, in standard deviations of the healthy. */
const chemistry: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [-1.2, 0.3, 0, 0, -1, 0, 0, 0.2, 0, 0, 0.4, 0],
  [0, 0, 1.4, 0.4, 0.3, 0, 1, 0, -0.4, 0, 0, 0],
  [0.2, 1.3, 0.3, 1.1, 0, 0.9, 0, 0, -0.8, 0, 0, 0],
];
/** Counts in a field of the microscope in health, and their logarithmic shift by illness at full severity. */
const healthyCells = [9, 6, 4, 12, 3, 7, 2, 5];
const cells: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0, 0, 0, 0],
  [-0.7, 0, 0, 0, 0.5, 0, 0, -0.3],
  [0, 0.8, 0.6, 0, 0, 0.3, 0, 0],
  [0, 0, 0, -0.5, 0, 0, 0.6, -0.3],
];

/** The rare feature: two analytes that no illness changes, both raised by as many standard deviations. */
const SIGN = [9, 11];
const RAISED = 6;
const SIGN_DOC = `analytes ${SIGN.map((k) => k + 1).join(" and ")}, which no illness changes, are both raised`;
/** The outcome of a patient with it. */
const SIGNED = 3;

/** Two laboratory panels of a patient: float32 [12] and whole numbers [8]. */
export const bloodPanels: Generator = {
  name: "blood-panels",
  doc: `Two tables of a patient's blood: ${ANALYTES} analytes of chemistry, in standard deviations of the healthy, and counts of ${CELLS} kinds of cells. The illness changes both in proportion to its severity; ${RATES.map((rate, i) => `${ILLNESSES[i]} ${rate}`).join(", ")} of the patients have it. The site where the blood was taken shifts every analyte by its calibration and dilutes the cells, and age changes both slightly; neither depends on the illness. The patients are synthetic.`,
  fields: [
    { name: "chemistry", kind: `vector(${ANALYTES})`, role: "stream", doc: "analytes" },
    { name: "cells", kind: `counts(${CELLS})`, role: "stream", doc: "cells of each kind" },
    {
      name: "illness",
      kind: `label(${RATES.length})`,
      role: "factor",
      doc: ILLNESSES.join(", "),
    },
    {
      name: "severity",
      kind: "scalar",
      role: "factor",
      doc: "severity of the illness; 0 for healthy patients",
    },
    { name: "site", kind: `label(${SITES})`, role: "factor", doc: "where the blood was taken" },
    { name: "age", kind: "scalar", role: "factor", doc: "in years, 20 to 90" },
    ...rareFields(
      SIGN_DOC,
      { classes: RATES.length, doc: `the illness; with the rare feature always ${ILLNESSES[SIGNED]}` },
      "chemistry",
    ),
  ],
  options: [rareOption(SIGN_DOC)],
  draw({ seed, samples, options }) {
    const analytes = new Float32Array(samples * ANALYTES);
    const counts = new Int32Array(samples * CELLS);
    const illnesses = new Uint8Array(samples);
    const severities = new Float32Array(samples);
    const sites = new Uint8Array(samples);
    const ages = new Float32Array(samples);
    const rare = drawRare(seed, samples, options["rare"]!);
    const { shifts, dilutions } = calibrations(seed);
    const draws = new RandomStream(seed, "data.patients", 0);
    for (let i = 0; i < samples; i++) {
      draws.rewind(i);
      const illness = (illnesses[i] = drawFrom(RATES, draws));
      const severity = (severities[i] = illness === 0 ? 0 : draws.uniform(0.6, 1.8));
      const site = (sites[i] = draws.integer(SITES));
      const age = (ages[i] = draws.uniform(20, 90));
      const old = (age - 55) / 35;
      for (let k = 0; k < ANALYTES; k++) {
        const ageing = k % 3 === 0 ? 0.4 * old : 0;
        analytes[i * ANALYTES + k] =
          severity * chemistry[illness]![k]! + shifts[site * ANALYTES + k]! + ageing + 0.6 * draws.normal();
      }
      if (rare[i] === 1) for (const k of SIGN) analytes[i * ANALYTES + k]! += RAISED;
      for (let k = 0; k < CELLS; k++) {
        const logarithm = severity * cells[illness]![k]! + dilutions[site]! - (k === 3 ? 0.3 * old : 0);
        counts[i * CELLS + k] = poisson(healthyCells[k]! * Math.exp(logarithm), draws);
      }
    }
    return {
      chemistry: { shape: [ANALYTES], values: analytes },
      cells: { shape: [CELLS], values: counts },
      illness: { shape: [], values: illnesses, classes: RATES.length },
      severity: { shape: [], values: severities },
      site: { shape: [], values: sites, classes: SITES },
      age: { shape: [], values: ages },
      ...drawnRare(rare, illnesses, { classes: RATES.length, exception: SIGNED }),
    };
  },
};

/** What each site does to its samples: a shift of every analyte, and the logarithm of a dilution. */
function calibrations(seed: number): { shifts: Float64Array; dilutions: Float64Array } {
  const draws = new RandomStream(seed, "data.sites", 0);
  return {
    shifts: Float64Array.from({ length: SITES * ANALYTES }, () => 0.8 * draws.normal()),
    dilutions: Float64Array.from({ length: SITES }, () => 0.25 * draws.normal()),
  };
}

/** A class number, each as often as its rate says. */
function drawFrom(rates: readonly number[], draws: RandomStream): number {
  let rest = draws.uniform();
  for (let k = 0; k + 1 < rates.length; k++) {
    rest -= rates[k]!;
    if (rest < 0) return k;
  }
  return rates.length - 1;
}
