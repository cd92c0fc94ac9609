/** Failures that the data have, or the text: known from how they were made. */
import { fewDifferent, repeated } from "../changes";
import { byConstruction } from "../oracles";
import type { Planted } from "../failure";
import { text } from "../texts";
import { link } from "./critics";

const vae = (seed: number, samples: number): string =>
  text({
    seed,
    data: { samples },
    batch: 32,
    body: `modality X : vector(64)
      latent Z : gaussian(8) from X
      knob beta = 1 in 0.001 .. 1000 log
      compress I(X; Z)
      keep I(X; Z)`,
  });

const few = ([60, 120, 180] as const).map((samples): Planted => ({
  name: `${samples} samples`,
  kind: "few samples",
  ...(samples >= 100 ? { near: true } : {}),
  text: (seed) => vae(seed, samples),
  oracle: byConstruction,
}));

const copies = ([0.5, 0.12] as const).map((part): Planted => ({
  name: `${part * 100} of 100 samples are copies`,
  kind: "repeated rows",
  ...(part < 0.2 ? { near: true } : {}),
  text: (seed) => vae(seed, 2000),
  change: repeated(part),
  oracle: byConstruction,
}));

const negatives = ([10, 100, 500] as const).map((different): Planted => ({
  name: `${different} different rows of a view that infonce tells apart`,
  kind: "repeated negatives",
  ...(different > 200 ? { near: true } : {}),
  text: (seed) => link({ seed, bound: "infonce" }),
  change: fewDifferent("Y", different),
  oracle: byConstruction,
}));

const narrow = (
  [
    ["barlow", 8],
    ["barlow", 24],
    ["vicreg", 8],
    ["vicreg", 24],
    ["cca", 40],
  ] as const
).map(([bound, batch]): Planted => ({
  name: `${bound} of 32 coordinates over ${batch} rows`,
  kind: "batch below the width",
  ...(batch > 16 ? { near: true } : {}),
  text: (seed) =>
    text({
      seed,
      batch,
      epochs: 1,
      body: `modality X : vector(64)
        modality Y : vector(64)
        latent Zx : deterministic(${bound === "cca" ? 16 : 32}) from X
        latent Zy : deterministic(${bound === "cca" ? 16 : 32}) from Y
        keep I(Zx; Zy) by ${bound}`,
    }),
  oracle: byConstruction,
}));

const miscounted = ([400, 2500] as const).map((samples): Planted => ({
  name: `mws for ${samples} of 4,000 samples`,
  kind: "samples of mws",
  ...(samples > 2000 ? { near: true } : {}),
  text: (seed) =>
    text({
      seed,
      epochs: 4,
      body: `modality X : vector(64)
        latent Z : gaussian(8) from X
        compress I(X; Z)
        compress 2 * TC(Z) by mws(samples = ${samples})
        keep I(X; Z)`,
    }),
  oracle: byConstruction,
}));

export const fromData: readonly Planted[] = [...few, ...copies, ...negatives, ...narrow, ...miscounted];
