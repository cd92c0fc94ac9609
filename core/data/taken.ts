/** How the samples of data were taken from the rows of a file, in sentences. */
import { whole } from "../language/number-text";
import type { Dataset } from "./dataset";

/** Which rows of a file too large for memory were read; undefined where all were, or as many as was asked for. */
export function sampledText({ sampled, splits }: Pick<Dataset, "sampled" | "splits">): string | undefined {
  if (sampled === undefined) return undefined;
  const used = splits.train.length + splits.validation.length + splits.test.length;
  return `Of ${whole(sampled.of)} rows, ${whole(used)} are read, chosen at random by the seed: all of them would need more than 2 GiB.`;
}

/** How the samples are windows; undefined where they are rows. */
export function windowsText({ windows }: Pick<Dataset, "windows">): string | undefined {
  if (windows === undefined) return undefined;
  const { length, step, made, dropped } = windows;
  const lost =
    dropped === 0
      ? ""
      : `; ${whole(dropped)} of them in no split, since they overlap a window of another split`;
  return `Samples are windows: ${whole(made)} of ${length} rows, ${step} rows apart${lost}.`;
}

/** All there is to say. */
export const takenTexts = (dataset: Dataset): string[] =>
  [...(dataset.joined ?? []), windowsText(dataset), sampledText(dataset)].filter(
    (text) => text !== undefined,
  );
