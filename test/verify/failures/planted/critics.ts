/** Links between codes: at chance, at their ceiling, unsteady, impossible. */
import { byConstruction, termOf } from "../oracles";
import type { Planted } from "../failure";
import { unpaired } from "../changes";
import { text, type Words } from "../texts";

interface Link extends Omit<Words, "body"> {
  bound: string;
  latent?: string;
  beta?: number;
  reconstruction?: number;
}

export const link = ({
  bound,
  latent = "gaussian(4)",
  beta = 16,
  reconstruction = 0.02,
  ...words
}: Link): string =>
  text({
    ...words,
    body: `modality X : vector(64)
      modality Y : vector(64)
      latent Zx : ${latent} from X
      latent Zy : ${latent} from Y
      knob beta = ${beta} in 0.001 .. 1000 log
      compress I(X; Zx)
      compress I(Y; Zy)
      keep I(Zx; Zy) by ${bound}
      ${reconstruction > 0 ? `keep ${reconstruction} * I(X; Zx)` : ""}
      ${reconstruction > 0 ? `keep ${reconstruction} * I(Y; Zy)` : ""}`,
  });

/** What the views share: -log(1 - r^2) nats for two directions. */
const sharedNats = (noise: number): number => -Math.log(1 - 1 / (1 + noise ** 2 / 4) ** 2);

const unrelated = ["infonce", "mine", "nwj", "smile", "flo", "js"].map((bound): Planted => ({
  name: `views of unrelated samples, ${bound}`,
  kind: "critic at chance",
  text: (seed) => link({ seed, bound }),
  change: unpaired,
  // The pairs were drawn by lot: there is nothing to find.
  oracle: byConstruction,
}));

const faint = ([3, 4] as const).map((noise): Planted => ({
  name: `views under noise of ${noise}`,
  kind: "critic at chance",
  near: true,
  text: (seed) => link({ seed, bound: "infonce", data: { noise } }),
  // At most 0.1 nats are shared, which 4,000 samples in 64 dimensions do not show.
  oracle: ({ test }) => sharedNats(noise) < 0.11 && termOf(test, "keep I(Zx; Zy)") < sharedNats(noise) / 2,
}));

/** Codes without noise of views that share 5.3 nats. */
const ceilings = ([16, 32, 40, 48] as const).map((batch): Planted => ({
  name: `infonce of ${batch} rows`,
  kind: "ceiling",
  ...(batch > 32 ? { near: true } : {}),
  text: (seed) =>
    text({
      seed,
      batch,
      data: { noise: 0.1 },
      body: `modality X : vector(64)
        modality Y : vector(64)
        latent Zx : deterministic(8) from X
        latent Zy : deterministic(8) from Y
        keep I(Zx; Zy) by infonce(critic = cosine, temperature = learned)`,
    }),
  // What 48 rows can show at most is 3.9 nats.
  oracle: ({ test }) =>
    sharedNats(0.1) > Math.log(batch) && termOf(test, "keep I(Zx; Zy)") > 0.85 * Math.log(batch),
}));

/** Estimates of single batches of test rows differ by as much as half of what they read on average. */
const unsteady = (
  [
    ["nwj", 0.05, 24],
    ["nwj", 0.1, 16],
    ["mine", 0.05, 24],
    ["mine", 0.05, 16],
  ] as const
).map(([bound, noise, batch]): Planted => ({
  name: `${bound} of ${batch} rows on views that share ${sharedNats(noise).toFixed(1)} nats`,
  kind: "critic varies",
  ...(noise > 0.05 ? { near: true } : {}),
  text: (seed) =>
    text({
      seed,
      batch,
      rate: 3e-3,
      data: { noise },
      body: `modality X : vector(64)
        modality Y : vector(64)
        latent Zx : deterministic(8) from X
        latent Zy : deterministic(8) from Y
        keep I(Zx; Zy) by ${bound}`,
    }),
  oracle: ({ batches }) => {
    const values = batches["keep I(Zx; Zy)"]!;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return Math.sqrt(squares / (values.length - 1)) > 0.5 * Math.abs(mean);
  },
}));

/** What codes share cannot exceed what either carries: correlations over few rows are mostly chance. */
const above = ([40, 64] as const).map((batch): Planted => ({
  name: `canonical correlations of 16 and 16 coordinates over ${batch} rows, above the rate`,
  kind: "impossible value",
  ...(batch > 40 ? { near: true } : {}),
  text: (seed) =>
    link({ seed, bound: "canonical", latent: "gaussian(16)", batch, beta: 2, reconstruction: 0 }),
  oracle: ({ test, train }) =>
    [test, train].every(({ terms }) => {
      const rate = Math.min(terms["compress I(X; Zx)"]!, terms["compress I(Y; Zy)"]!);
      return terms["keep I(Zx; Zy)"]! > 1.1 * rate;
    }),
}));

/** A total correlation is never below 0: an estimate that is has the wrong number of samples. */
const negative = ([150, 1000] as const).map((samples): Planted => ({
  name: `a divergence by mws for ${samples} samples`,
  kind: "impossible value",
  text: (seed) =>
    text({
      seed,
      body: `modality X : vector(64)
        latent Z : gaussian(8) from X
        compress I(X; Z) by mws(samples = ${samples})
        compress 6 * TC(Z) by mws(samples = ${samples})
        compress gap(Z, each) by mws(samples = ${samples})
        keep I(X; Z)`,
    }),
  oracle: ({ test, train }) =>
    [test, train].every(({ terms }) =>
      Object.entries(terms).some(([id, value]) => !id.startsWith("keep") && value < -0.5),
    ),
}));

/** Below beta = 4.1 empty codes are the best there are (scalars of this correlation, two directions alike). */
const symmetric = ([1, 2.5] as const).map((beta): Planted => ({
  name: `a symmetric bottleneck at beta = ${beta}`,
  kind: "critic at chance",
  ...(beta > 2 ? { near: true } : {}),
  text: (seed) => link({ seed, bound: "infonce", beta, reconstruction: 0 }),
  oracle: ({ test }) => termOf(test, "keep I(Zx; Zy)") < 0.05,
}));

export const critics: readonly Planted[] = [
  ...unrelated,
  ...faint,
  ...symmetric,
  ...ceilings,
  ...unsteady,
  ...above,
  ...negative,
];
