/**
 * The alterations of data. To add one, write its file beside this one and add it to the list.
 */
import { DataError } from "../dataset";
import { Options } from "../options";
import type { Alteration, AlterationKind, BoundData, Setting } from "./alteration";
import { absent } from "./absent";
import { labelNoise } from "./label-noise";
import { mismatch } from "./mismatch";
import { noise } from "./noise";
import { nuisance } from "./nuisance";
import { outliers } from "./outliers";
import { quantise } from "./quantise";
import { rareGroup } from "./rare";
import { rows } from "./rows";
import { shift } from "./shift";
import { spectra } from "./spectra";
import { spurious } from "./spurious";
import { twin } from "./twin";

export const alterations: readonly AlterationKind[] = [
  rows,
  labelNoise,
  mismatch,
  noise,
  nuisance,
  shift,
  spurious,
  rareGroup,
  absent,
  outliers,
  quantise,
  spectra,
  twin,
];

/**
 * The data after all these changes, one after another.
 * @throws DataError where a change does not fit the data, or there is no such change
 */
export function altered(data: BoundData, changes: readonly Alteration[]): BoundData {
  return changes.reduce((before, change) => {
    const { id, ...settings } = change;
    const kind = alterations.find((one) => one.id === id);
    if (kind === undefined) {
      const ids = alterations.map((one) => one.id).join(", ");
      throw new DataError(`there is no alteration "${id}" of data`, `The alterations are ${ids}.`, {
        kind: "source",
      });
    }
    const options = new Options({ source: id, options: plain(settings) });
    return kind.alter(before, options, change);
  }, data);
}

/** The settings that a statement could have. */
const plain = (settings: Record<string, Setting>): Record<string, number | string | boolean> =>
  Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, number | string | boolean] =>
      ["number", "string", "boolean"].includes(typeof entry[1]),
    ),
  );
