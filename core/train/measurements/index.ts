import { accuracy } from "./accuracy";
import { accuracyOfMean } from "./accuracy-of-mean";
import { balancedAccuracy } from "./balanced-accuracy";
import { coordinate } from "./coordinate";
import { information } from "./information";
import { informationDiscarded } from "./information-discarded";
import { informationLost } from "./information-lost";
import { informationOfAll } from "./information-of-all";
import { informationOfStreams } from "./information-of-streams";
import { leakage } from "./leakage";
import type { AnyMeasurement } from "./measurement";
import { r2 } from "./r2";
import { r2OfMean } from "./r2-of-mean";
import { ranking } from "./ranking";
import { rate } from "./rate";
import { recalibrated } from "./recalibrated";
import { recall } from "./recall";
import { sharedAtMost } from "./shared-at-most";
import { temperature } from "./temperature";

/** Everything that is measured of a run, in the order of its tables' rows. */
export const measurements: readonly AnyMeasurement[] = [
  recalibrated,
  temperature,
  rate,
  information,
  informationLost,
  informationOfAll,
  informationOfStreams,
  informationDiscarded,
  leakage,
  sharedAtMost,
  accuracy,
  accuracyOfMean,
  r2,
  r2OfMean,
  coordinate,
  balancedAccuracy,
  recall,
  ranking,
];

/** What information in nats is measured from: classifiers of codes and their densities, which take long. */
const slow: readonly AnyMeasurement["needs"][] = ["informed", "together", "told", "apart"];

/** What is measured where no information in nats is asked for. */
export const lightMeasurements = measurements.filter(({ needs }) => !slow.includes(needs));
