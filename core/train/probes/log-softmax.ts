/** Makes log-probabilities of scores, in place. */
export function logSoftmax(scores: Float64Array): void {
  let most = -Infinity;
  for (let k = 0; k < scores.length; k++) if (scores[k]! > most) most = scores[k]!;
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += Math.exp(scores[k]! - most);
  const all = most + Math.log(sum);
  for (let k = 0; k < scores.length; k++) scores[k]! -= all;
}
