/** Laws of codes in numbers, for codes whose truth is planted: what wanders, is drawn and is summed, from textbooks. */
import type { RandomStream } from "../../core/random";

/** A centre of a class: one component of what an encoder says near it, and the density of the code around it. */
export interface Centre {
  /** The first parameter: a mean, a direction, logits. */
  at: number[];
  /** How far the encoder's own centre wanders from it from row to row, a normal deviation. */
  wander: number;
  /** The law's second parameter there: a deviation, a concentration, or nothing. */
  width: number;
}

/** One law. The encoder gives a list of numbers for a row: the first parameter, then the second. */
export interface KnownLaw {
  sizeOf(place: number): number;
  /** What an encoder says near a centre. */
  near(centre: Centre, draws: RandomStream): number[];
  draw(said: readonly number[], draws: RandomStream): number[];
  /** log q(z) of what an encoder says, up to a constant of the law; 0 for a law without noise. */
  logDensity(z: readonly number[], said: readonly number[]): number;
  /** log p(z) over all rows of a centre, up to a constant that all centres share. */
  logDensityAround(z: readonly number[], centre: Centre): number;
  /** All values of a code that has finitely many. */
  values?(place: number): number[][];
}

const normalAround = (at: readonly number[], deviation: number, draws: RandomStream): number[] =>
  at.map((value) => value + deviation * draws.normal());

const logNormal = (z: readonly number[], at: readonly number[], deviation: number): number =>
  z.reduce((sum, value, i) => sum - 0.5 * ((value - at[i]!) / deviation) ** 2 - Math.log(deviation), 0);

/** Means, then log-variances. The mean wanders, so that the code is normal with the sum of both variances. */
export const gaussianLaw: KnownLaw = {
  sizeOf: (place) => place,
  near: ({ at, wander, width }, draws) => [
    ...normalAround(at, wander, draws),
    ...at.map(() => 2 * Math.log(width)),
  ],
  draw: (said, draws) => {
    const size = said.length / 2;
    return Array.from({ length: size }, (_, i) => said[i]! + Math.exp(said[size + i]! / 2) * draws.normal());
  },
  logDensity: (z, said) =>
    z.reduce((sum, value, i) => {
      const logVariance = said[z.length + i]!;
      return sum - 0.5 * ((value - said[i]!) ** 2 / Math.exp(logVariance) + logVariance);
    }, 0),
  logDensityAround: (z, { at, wander, width }) => logNormal(z, at, Math.hypot(wander, width)),
};

/** The code itself, without noise. */
export const deterministicLaw: KnownLaw = {
  sizeOf: (place) => place,
  near: ({ at, wander }, draws) => normalAround(at, wander, draws),
  draw: (said) => [...said],
  logDensity: () => 0,
  logDensityAround: (z, { at, wander }) => logNormal(z, at, wander),
};

const unit = (x: readonly number[]): number[] => {
  const length = Math.hypot(...x);
  return x.map((value) => value / length);
};

/** Up to log 2 pi, stable at any concentration. */
function onSphere(z: readonly number[], mu: readonly number[], kappa: number): number {
  const inner = z.reduce((sum, value, i) => sum + value * mu[i]!, 0);
  return kappa * (inner - 1) + Math.log(kappa) - Math.log(1 - Math.exp(-2 * kappa));
}

/**
 * On the sphere of three dimensions, where the density is kappa / (4 pi sinh kappa) exp(kappa mu . z) and the cosine has a
 * closed inverse (Fisher 1953, "Dispersion on a sphere"). A direction, then a concentration.
 */
export const sphereLaw: KnownLaw = {
  sizeOf: (place) => place,
  near: ({ at, width }) => [...unit(at), width],
  draw: (said, draws) => {
    const [mu, kappa] = [said.slice(0, 3), said[3]!];
    const u = draws.uniform();
    const cosine = 1 + Math.log(u + (1 - u) * Math.exp(-2 * kappa)) / kappa;
    const free = [draws.normal(), draws.normal(), draws.normal()];
    const along = free.reduce((sum, value, i) => sum + value * mu[i]!, 0);
    const across = unit(free.map((value, i) => value - along * mu[i]!));
    return mu.map((value, i) => cosine * value + Math.sqrt(1 - cosine ** 2) * across[i]!);
  },
  logDensity: (z, said) => onSphere(z, said.slice(0, 3), said[3]!),
  logDensityAround: (z, { at, width }) => onSphere(z, unit(at), width),
};

const softmax = (logits: readonly number[]): number[] => {
  const most = Math.max(...logits);
  const raw = logits.map((logit) => Math.exp(logit - most));
  const sum = raw.reduce((total, each) => total + each, 0);
  return raw.map((each) => each / sum);
};

/** One-hot rows. Logits. */
export const categoricalLaw: KnownLaw = {
  sizeOf: (place) => place,
  near: ({ at }) => [...at],
  draw: (said, draws) => {
    const shares = softmax(said);
    let left = draws.uniform();
    const found = shares.findIndex((share) => (left -= share) < 0);
    return shares.map((_, i) => (i === (found < 0 ? shares.length - 1 : found) ? 1 : 0));
  },
  logDensity: (z, said) => Math.log(softmax(said)[z.indexOf(1)]!),
  logDensityAround: (z, { at }) => Math.log(softmax(at)[z.indexOf(1)]!),
  values: (place) =>
    Array.from({ length: place }, (_, k) => Array.from({ length: place }, (__, i) => (i === k ? 1 : 0))),
};
