/**
 * The word of `words` that `written` most likely was meant to be, or undefined. Case is free; one change (a letter added,
 * left out, replaced, or two swapped) is allowed in short words and two in words of more than four letters. A single
 * letter is a name, not a misspelling.
 */
export function nearest(written: string, words: Iterable<string>): string | undefined {
  if (written.length < 2) return undefined;
  const lower = written.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const word of words) {
    const allowed = word.length > 4 ? 2 : word.length > 1 ? 1 : 0;
    if (Math.abs(word.length - lower.length) > allowed) continue;
    const distance = editDistance(lower, word.toLowerCase());
    if (distance <= allowed && distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
