/**
 * Codes that carry nothing. A direction of variance v is worth its rate to a decoder of unit noise from beta = 1 / v on
 * (Lucas et al. 2019): here v = 4.36, so that is 0.23. A label is worth it from beta = 1 on, by the data-processing inequality.
 */
import { carries, carriesNothing, otherwise, and } from "../oracles";
import type { Planted } from "../failure";
import { text } from "../texts";

const vae = (seed: number, beta: number, latent: string, more = ""): string =>
  text({
    seed,
    body: `modality X : vector(64)
      latent Z : ${latent} from X
      ${more}
      knob beta = ${beta} in 0.001 .. 1000 log
      compress I(X; Z)
      keep I(X; Z)`,
  });

const vaes = (
  [
    ["standard", "gaussian(8)", ""],
    ["mixture", "gaussian(8)", "prior Z = mixture(10)"],
    ["vamp", "gaussian(8)", "prior Z = vamp(20)"],
    ["learned", "gaussian(8)", "prior Z = learned"],
    ["von Mises-Fisher", "vmf(8)", ""],
  ] as const
).flatMap(([name, latent, prior]): Planted[] =>
  ([0.05, 0.15] as const).map((beta) => ({
    name: `a VAE, ${name}, beta = ${beta}`,
    kind: "collapse",
    ...(beta > 0.1 ? { near: true } : {}),
    text: (seed) => vae(seed, beta, latent, prior),
    oracle: carriesNothing("Z"),
  })),
);

const labels = (["gaussian(8)", "categorical(10)"] as const).flatMap((latent): Planted[] =>
  ([0.3, 0.7] as const).map((beta) => ({
    name: `a bottleneck for a label, ${latent}, beta = ${beta}`,
    kind: "collapse",
    ...(beta > 0.5 ? { near: true } : {}),
    text: (seed) =>
      text({
        seed,
        body: `modality X : vector(64)
          target label : label(10)
          latent Z : ${latent} from X
          knob beta = ${beta} in 0.001 .. 1000 log
          compress I(X; Z)
          keep I(label; Z)`,
      }),
    oracle: carriesNothing("Z"),
  })),
);

const conditional = ([0.05, 0.15] as const).map((beta): Planted => ({
  name: `a code given the other view, beta = ${beta}`,
  kind: "collapse",
  ...(beta > 0.1 ? { near: true } : {}),
  text: (seed) =>
    text({
      seed,
      body: `modality X : vector(64)
        modality Y : vector(64)
        latent Z : gaussian(8) from X, Y
        prior Z = from Y
        knob beta = ${beta} in 0.001 .. 1000 log
        compress I(X, Y; Z | Y) by conditional(prior)
        keep I(X; Z, Y)`,
    }),
  oracle: carriesNothing("Z", ["own_X_1", "own_X_2", "group"]),
}));

const hierarchy = ([0.05, 0.15] as const).map((beta): Planted => ({
  name: `two levels of codes, beta = ${beta}`,
  kind: "collapse",
  ...(beta > 0.1 ? { near: true } : {}),
  text: (seed) =>
    text({
      seed,
      body: `modality X : vector(64)
        modality Y : vector(64)
        latent Z2 : gaussian(8) from X, Y by poe(prior)
        latent Z1 : gaussian(8) from X, Y by poe(prior) given Z2
        prior Z1 = from Z2
        knob beta = ${beta} in 0.001 .. 1000 log
        compress I(X, Y; Z2)
        compress I(X, Y; Z1 | Z2) by conditional(prior)
        keep I(X; Z1)
        keep I(Y; Z1)`,
    }),
  oracle: and(carriesNothing("Z1"), carriesNothing("Z2")),
}));

/** What a private code may keep costs this many times as much; the shared factors cost 1. */
const dear = (seed: number, cost: number): string =>
  text({
    seed,
    body: `modality X : vector(64)
      modality Y : vector(64)
      latent Z : gaussian(4) from X, Y
      latent W : gaussian(6) from X
      compress I(X, Y; Z)
      compress ${cost} * I(X; W)
      keep I(X; W)
      keep I(Y; Z)`,
  });
const oneOfTwo = ([20, 7] as const).map((cost): Planted => ({
  name: `one of two codes, at ${cost} times the cost`,
  kind: "collapse",
  ...(cost < 8 ? { near: true } : {}),
  text: (seed) => dear(seed, cost),
  oracle: and(
    carriesNothing("W"),
    otherwise((seed) => dear(seed, 1), carries("W", ["own_X_1", "own_X_2"])),
  ),
}));

export const collapsed: readonly Planted[] = [...vaes, ...labels, ...conditional, ...hierarchy, ...oneOfTwo];
