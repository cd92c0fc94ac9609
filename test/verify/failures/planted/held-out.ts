/** What is kept on training rows and not on others; steps that are too long; trainings that end too early. */
import { unlabelled, unpaired } from "../changes";
import { byConstruction, termOf, type Oracle } from "../oracles";
import type { Planted } from "../failure";
import { text } from "../texts";

const label = (seed: number, samples: number, beta: number, epochs: number, rate = 1e-3): string =>
  text({
    seed,
    epochs,
    rate,
    batch: Math.min(64, samples),
    data: { samples },
    body: `modality X : vector(64)
      target label : label(10)
      latent Z : gaussian(8) from X
      knob beta = ${beta} in 0.001 .. 1000 log
      compress I(X; Z)
      keep I(label; Z)`,
  });

const view = (seed: number, samples: number, beta: number, epochs: number): string =>
  text({
    seed,
    epochs,
    batch: 64,
    data: { samples },
    body: `modality X : vector(64)
      modality Y : vector(64)
      latent Z : gaussian(8) from X
      knob beta = ${beta} in 0.001 .. 1000 log
      compress I(X; Z)
      keep I(Y; Z)`,
  });

const LABEL = "keep I(label; Z)";
/** Held-out log-likelihood of ten equal classes, less than which knowing nothing gives. */
const worseThanChance: Oracle = ({ test }) => termOf(test, LABEL) < -Math.log(10) - 0.1;

const nothing: Planted[] = [
  {
    name: "labels by lot, 300 samples",
    kind: "less than nothing held out",
    text: (seed) => label(seed, 300, 100, 120),
    change: unlabelled,
    oracle: worseThanChance,
  },
  {
    name: "labels by lot, 600 samples",
    kind: "less than nothing held out",
    text: (seed) => label(seed, 600, 100, 60),
    change: unlabelled,
    oracle: worseThanChance,
  },
  {
    name: "labels by lot, 1,000 samples",
    kind: "less than nothing held out",
    near: true,
    text: (seed) => label(seed, 1000, 30, 40),
    change: unlabelled,
    oracle: worseThanChance,
  },
  {
    name: "another view by lot, 300 samples",
    kind: "less than nothing held out",
    text: (seed) => view(seed, 300, 30, 120),
    change: unpaired,
    // Unit noise around the means, the best constant: 5 directions of variance 4.36 and 59 of 0.36.
    oracle: ({ test }) =>
      termOf(test, "keep I(Y; Z)") < -32 * Math.log(2 * Math.PI) - (4 * 4.36 + 60 * 0.36) / 2 - 0.5,
  },
  {
    name: "labels by lot, many samples and little weight",
    kind: "nothing kept",
    near: true,
    text: (seed) => label(seed, 4000, 4, 24),
    change: unlabelled,
    oracle: byConstruction,
  },
];

/** At least half of what is kept on training rows, above chance, is not kept on test rows. */
const apart: Oracle = ({ train, test }) => {
  const chance = -Math.log(10);
  const [seen, heldOut] = [termOf(train, LABEL) - chance, termOf(test, LABEL) - chance];
  return seen > 0.5 && heldOut < seen / 2;
};
const overfit = (
  [
    [300, 30, 120],
    [250, 100, 60],
    [500, 100, 80],
    [800, 100, 60],
  ] as const
).map(([samples, beta, epochs]): Planted => ({
  name: `${samples} samples of a label, ${epochs} epochs`,
  kind: "train and validation apart",
  ...(samples > 400 ? { near: true } : {}),
  text: (seed) => label(seed, samples, beta, epochs),
  oracle: apart,
}));

const vae = (seed: number, rate: number, epochs = 24, beta = 4): string =>
  text({
    seed,
    rate,
    epochs,
    body: `modality X : vector(64)
      latent Z : gaussian(8) from X
      knob beta = ${beta} in 0.001 .. 100000 log
      compress I(X; Z)
      keep I(X; Z)`,
  });

const loss = ({ total }: { total: number }): number => total;

/** The loss on test rows is above that of the first weights, or the training was given up. */
const diverged: Oracle = ({ failed, test, untrained }) =>
  failed || !Number.isFinite(loss(test)) || loss(test) > loss(untrained) + 1;
const divergence = ([0.1, 0.3, 1, 3] as const).map((rate): Planted => ({
  name: `a VAE at a learning rate of ${rate}`,
  kind: "divergence",
  ...(rate < 0.2 ? { near: true } : {}),
  text: (seed) => vae(seed, rate),
  oracle: diverged,
}));
const divergingLinks = (["mine", "nwj"] as const).map((bound): Planted => ({
  name: `${bound} at a learning rate of 0.1`,
  kind: "divergence",
  text: (seed) =>
    text({
      seed,
      rate: 0.1,
      body: `modality X : vector(64)
        modality Y : vector(64)
        latent Zx : gaussian(4) from X
        latent Zy : gaussian(4) from Y
        knob beta = 16 in 0.001 .. 1000 log
        compress I(X; Zx)
        compress I(Y; Zy)
        keep I(Zx; Zy) by ${bound}
        keep I(X; Zx)
        keep I(Y; Zy)`,
    }),
  oracle: diverged,
}));

/** Four times as many epochs lower the loss on test rows by at least a tenth of what these have. */
const early =
  (long: (seed: number) => string): Oracle =>
  async ({ untrained, test }, other) => {
    const gained = loss(untrained) - loss(test);
    return loss(test) - loss((await other(long)).test) > 0.1 * gained;
  };
const stopped = (
  [
    [1e-3, 2],
    [1e-3, 3],
    [1e-4, 24],
    [5e-5, 24],
  ] as const
).map(([rate, epochs]): Planted => ({
  name: `a VAE of ${epochs} epochs at a learning rate of ${rate}`,
  kind: "stopped too early",
  ...(epochs === 3 || rate === 1e-4 ? { near: true } : {}),
  text: (seed) => vae(seed, rate, epochs),
  oracle: early((seed) => vae(seed, rate, 4 * epochs)),
}));

export const heldOut: readonly Planted[] = [
  ...nothing,
  ...overfit,
  ...divergence,
  ...divergingLinks,
  ...stopped,
];
