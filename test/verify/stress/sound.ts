/**
 * Twenty designs that keep what they are for under every moderate change: each factor is well above all else in every stream
 * that has it, lies apart from the nuisance, and beta is at least 40 times the value at which the code turns on.
 */
import type { Draws, Row, Task } from "./task";

const rows = { train: 1600, validation: 400, test: 800 };
const usual = { rows, steps: 300, rate: 1e-2 };
const TERMS = "knob beta = 128 in 0.01 .. 4096 log";
const networks = (hidden: string, ...names: string[]): string =>
  names.map((name) => `network encoder ${name} = ${hidden}`).join("\n");

/** A class as corners of two directions, each in two values of a stream. */
function classed(label: number, classes: number, size: number): number[] {
  const angle = (2 * Math.PI * label) / classes;
  const [a, b] = [size * Math.cos(angle), size * Math.sin(angle)];
  return [a, b, a, b];
}

/** Values, a nuisance of this size, and values of noise. */
function view(draws: Draws, values: readonly number[], nuisance: number, noise: number): number[] {
  const all = [...values, 0, 0, 0, 0];
  const plain = draws.noise(all.length, noise);
  return all.map((value, i) => value + plain[i]! + (i === values.length ? nuisance : 0));
}

/** One stream that predicts a label. */
const labelled = (classes: number, size: number, noise: number, hidden: string): Task => ({
  ...usual,
  name: `${classes} classes in one stream, ${hidden}, noise ${noise}`,
  labels: ["label"],
  draw(draws): Row {
    const label = draws.integer(classes);
    const s = draws.normal();
    return { X: view(draws, classed(label, classes, size), s, noise), label, s };
  },
  lines: `modality X : vector(8)
    target label : label(${classes})
    observe s : scalar
    latent Z : gaussian(4) from X
    ${TERMS}
    compress I(X; Z)
    keep I(label; Z)
    ${networks(hidden, "X")}
    network decoder label = linear`,
});

/** Two streams that both predict a label. */
const joint = (classes: number, fusion: string, hidden: string): Task => ({
  ...usual,
  name: `${classes} classes in each of two streams, ${fusion || "concat"}, ${hidden}`,
  labels: ["label"],
  draw(draws): Row {
    const label = draws.integer(classes);
    const s = draws.normal();
    const values = classed(label, classes, 2);
    return { X: view(draws, values, s, 0.4), Y: view(draws, values, 0, 0.4), label, s };
  },
  lines: `modality X : vector(8)
    modality Y : vector(8)
    target label : label(${classes})
    observe s : scalar
    latent Z : gaussian(4) from X, Y${fusion}
    ${TERMS}
    compress I(X, Y; Z)
    keep I(label; Z)
    ${fusion === "" ? networks(hidden, "Z") : networks(hidden, "X", "Y")}
    network decoder label = linear`,
});

/** Two streams that share two factors, each with room to spare. */
const linked = (noise: number, hidden: string, rebuilt: boolean): Task => ({
  ...usual,
  name: `two linked streams, ${hidden}, noise ${noise}${rebuilt ? ", reconstructed too" : ""}`,
  labels: [],
  draw(draws): Row {
    const [f, g, s] = [draws.normal(), draws.normal(), draws.normal()];
    const values = [1.5 * f, 1.5 * g, 1.5 * f, 1.5 * g];
    return { X: view(draws, values, s, noise), Y: view(draws, values, draws.normal(), noise), f, g, s };
  },
  lines: `modality X : vector(8)
    modality Y : vector(8)
    observe f : scalar
    observe g : scalar
    observe s : scalar
    latent Zx : gaussian(6) from X
    latent Zy : gaussian(6) from Y
    ${TERMS}
    compress I(X; Zx)
    compress I(Y; Zy)
    keep I(Zx; Zy) by infonce(critic = bilinear)
    ${rebuilt ? "keep 0.5 * I(X; Zx)\nkeep 0.5 * I(Y; Zy)" : ""}
    ${networks(hidden, "X", "Y")}`,
});

/** One stream that is reconstructed by a wide code. */
const rebuilt = (factors: number, hidden: string): Task => ({
  ...usual,
  name: `a stream of ${factors} factors, reconstructed, ${hidden}`,
  labels: [],
  draw(draws): Row {
    const values = Array.from({ length: factors }, () => draws.normal(2));
    const s = draws.normal();
    const named = Object.fromEntries(values.map((value, i) => [`f${i + 1}`, value]));
    return { X: view(draws, [...values, ...values], s, 0.4), ...named, s };
  },
  lines: `modality X : vector(${2 * factors + 4})
    ${Array.from({ length: factors }, (_, i) => `observe f${i + 1} : scalar`).join("\n")}
    observe s : scalar
    latent Z : gaussian(8) from X
    ${TERMS}
    compress I(X; Z)
    keep I(X; Z)
    ${networks(hidden, "X")}
    network decoder X = linear`,
});

/** One stream that predicts another, and a number that one predicts. */
const predicted = (hidden: string): Task => ({
  ...usual,
  name: `a stream that predicts another, ${hidden}`,
  labels: [],
  draw(draws): Row {
    const [f, g, s] = [draws.normal(2), draws.normal(2), draws.normal()];
    return { X: view(draws, [f, g, f, g], s, 0.4), Y: view(draws, [f, g, f, g], 0, 0.4), f, g, s };
  },
  lines: `modality X : vector(8)
    modality Y : vector(8)
    observe f : scalar
    observe g : scalar
    observe s : scalar
    latent Z : gaussian(6) from X
    ${TERMS}
    compress I(X; Z)
    keep I(Y; Z)
    ${networks(hidden, "X")}
    network decoder Y = linear`,
});
const number = (size: number, hidden: string): Task => ({
  ...usual,
  name: `a number of size ${size} that a stream predicts, ${hidden}`,
  labels: [],
  draw(draws): Row {
    const [f, s] = [draws.normal(size), draws.normal()];
    return { X: view(draws, [f, f, f, f], s, 0.4), f, s };
  },
  lines: `modality X : vector(8)
    target f : scalar
    observe s : scalar
    latent Z : gaussian(4) from X
    ${TERMS}
    compress I(X; Z)
    keep I(f; Z)
    ${networks(hidden, "X")}
    network decoder f = linear`,
});

export const sound: readonly Task[] = [
  labelled(2, 2, 0.3, "linear"),
  labelled(2, 2, 0.5, "mlp(16)"),
  labelled(4, 2, 0.3, "linear"),
  labelled(4, 2, 0.4, "mlp(16)"),
  joint(2, "", "linear"),
  joint(4, "", "mlp(16)"),
  joint(2, " by poe(prior)", "linear"),
  joint(4, " by poe(prior)", "mlp(16)"),
  linked(0.3, "linear", false),
  linked(0.3, "mlp(16)", false),
  linked(0.4, "linear", false),
  linked(0.3, "linear", true),
  linked(0.4, "mlp(16)", true),
  rebuilt(2, "linear"),
  rebuilt(3, "linear"),
  rebuilt(2, "mlp(16)"),
  predicted("linear"),
  predicted("mlp(16)"),
  number(2, "linear"),
  number(3, "mlp(16)"),
];
