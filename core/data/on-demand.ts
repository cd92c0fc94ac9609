/** Makes samples that are not there yet: those of these rows, or all. */
export type MakeRows = (rows?: Iterable<number>) => void;

/**
 * Samples that are made when they are first asked for, each once, so that a large data set is shown and trained on at once.
 * @param make writes a sample into the arrays that hold them; must not depend on which were made before
 */
export function onDemand(samples: number, make: (sample: number) => void): MakeRows {
  const made = new Uint8Array(samples);
  let left = samples;
  // Let go of once all are made, with what it is made from.
  let maker: typeof make | undefined = make;
  const ask = (row: number): void => {
    if (made[row] === 1) return;
    made[row] = 1;
    maker?.(row);
    if (--left === 0) maker = undefined;
  };
  return (rows) => {
    if (left === 0) return;
    if (rows !== undefined) for (const row of rows) ask(row);
    else for (let row = 0; row < samples; row++) ask(row);
  };
}
