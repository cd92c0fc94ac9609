/**
 * Whether a preview predicts the run: probes of codes after a preview, beside those of an exported project with networks as wide
 * as a real run has. Gives the body of docs/prediction.md. Trainings are kept by their content.
 */
import { predictionPage, type Reading } from "./prediction/page";
import { pairs, type Pair } from "./prediction/pairs";
import { previewScores, projectScores } from "./prediction/run";

export const page = "docs/prediction.md";

async function readingsOf(pair: Pair): Promise<Reading[]> {
  const { scores, unsettled } = await previewScores(pair);
  const [first, second] = projectScores(pair);
  return [...scores].map(([key, preview]) => {
    const [code, factor] = key.split(" ") as [string, string];
    return {
      pair,
      code,
      factor: pair.names[factor] ?? factor,
      preview,
      unsettled: unsettled.includes(code),
      project: [first!.get(key)!, second!.get(key)!],
    };
  });
}

/** The page without its mark. */
export async function write(): Promise<string> {
  const readings: Reading[] = [];
  for (const pair of pairs()) readings.push(...(await readingsOf(pair)));
  return predictionPage(readings);
}
