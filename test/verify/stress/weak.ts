/**
 * Ten designs with one weakness each. Networks are linear, so that what a training can find has a closed form: a direction of
 * variance v is kept by a code with a Gaussian decoder where beta times v is above 1, with R² = 1 - 1 / (beta v) of draws.
 */
import type { Weak } from "./task";

const rows = { train: 1600, validation: 400, test: 800 };
const usual = { rows, steps: 300, rate: 1e-2, labels: [] as string[] };
const linear = (...names: string[]): string =>
  names.map((name) => `network encoder ${name} = linear\nnetwork decoder ${name} = linear`).join("\n");

export const weak: readonly Weak[] = [
  {
    ...usual,
    name: "one stream is read by a network that cannot read it",
    weakness: "drop-Y",
    factor: "label",
    truth:
      "X has the label as the product of two signs: it is certain from X, and no linear function of X correlates with it.",
    labels: ["label"],
    draw(draws) {
      const [a, b] = [draws.sign(), draws.sign()];
      const label = (1 + a * b) / 2;
      const [x, y] = [draws.noise(6, 0.3), draws.noise(4, 0.3)];
      x[0]! += a;
      x[1]! += b;
      y[0]! += 2 * label - 1;
      return { X: x, Y: y, label };
    },
    lines: `modality X : vector(6)
      modality Y : vector(4)
      target label : label(2)
      latent Z : gaussian(2) from X, Y
      knob beta = 64 in 0.1 .. 1024 log
      compress I(X, Y; Z)
      keep I(label; Z)
      network encoder Z = linear
      network decoder label = linear`,
  },
  {
    ...usual,
    name: "a code exactly as wide as what it has to keep",
    weakness: "shrink",
    factor: "f4",
    truth:
      "Four factors of different variance and a code of four: with two, the two of least variance are lost (principal components).",
    draw(draws) {
      const factors = [2, 1.8, 1.6, 1.4].map((size) => draws.normal(size));
      const x = draws.noise(6, 0.3);
      factors.forEach((factor, i) => (x[i]! += factor));
      return { X: x, f1: factors[0]!, f2: factors[1]!, f3: factors[2]!, f4: factors[3]! };
    },
    lines: `modality X : vector(6)
      observe f1 : scalar
      observe f2 : scalar
      observe f3 : scalar
      observe f4 : scalar
      latent Z : gaussian(4) from X
      knob beta = 64 in 0.1 .. 1024 log
      compress I(X; Z)
      keep I(X; Z)
      ${linear("X")}`,
  },
  {
    ...usual,
    name: "as many cases as the data just cover",
    weakness: "fewer",
    factor: "label",
    truth:
      "Every sample shows one of 200 cases, whose labels follow no rule: 800 samples show 98 % of the cases, 200 show 63 %, 100 show 39 %.",
    rows: { ...rows, train: 800 },
    rate: 3e-2,
    labels: ["label"],
    draw(draws) {
      const one = draws.integer(200);
      const x: number[] = Array.from({ length: 200 }, (_, i) => (i === one ? 4 : 0));
      // A label for each case, without any order: the parity of bits of a product.
      let bits = (one + 1) * 2654435761;
      bits = (bits ^ (bits >>> 15)) >>> 0;
      return { X: x, label: (bits >>> 3) % 4 };
    },
    lines: `modality X : vector(200)
      target label : label(4)
      latent Z : gaussian(4) from X
      knob beta = 64 in 0.1 .. 1024 log
      compress I(X; Z)
      keep I(label; Z)
      network encoder X = linear
      network decoder label = linear`,
  },
  {
    ...usual,
    name: "a beta that clean labels just allow",
    weakness: "label-noise",
    factor: "label",
    truth:
      "The code turns on where beta is above 1 / (1 - 2 e)² at a share e of wrong labels: 1 with clean labels, 6.25 at 0.3; beta is 4.",
    labels: ["label"],
    draw(draws) {
      const label = draws.integer(2);
      const x = draws.noise(6, 0.3);
      x[0]! += 2 * (2 * label - 1);
      x[1]! += 2 * (2 * label - 1);
      return { X: x, label };
    },
    lines: `modality X : vector(6)
      target label : label(2)
      latent Z : gaussian(2) from X
      knob beta = 4 in 0.1 .. 1024 log
      compress I(X; Z)
      keep I(label; Z)
      network encoder X = linear
      network decoder label = linear`,
  },
  {
    ...usual,
    name: "a beta that true pairs just allow",
    weakness: "mismatch",
    factor: "f",
    truth:
      "What X predicts of Y has variance 1.03; a share m of wrong pairs leaves (1 - m)² of it, and beta is 3: 3.1 becomes 0.77 at one half, below the 1 at which the code turns on.",
    draw(draws) {
      const f = draws.normal();
      const [x, y] = [draws.noise(6, 0.3), draws.noise(6, 0.3)];
      x[0]! += 2 * f;
      y[0]! += 1.02 * f;
      return { X: x, Y: y, f };
    },
    lines: `modality X : vector(6)
      modality Y : vector(6)
      observe f : scalar
      latent Z : gaussian(3) from X
      knob beta = 3 in 0.1 .. 1024 log
      compress I(X; Z)
      keep I(Y; Z)
      network encoder X = linear
      network decoder Y = linear`,
  },
  {
    ...usual,
    name: "a code of one coordinate, and a nuisance that is almost as strong",
    weakness: "nuisance",
    factor: "f",
    truth:
      "A code of one coordinate keeps the direction of most variance: f with 2² beside 1.5²; a nuisance twice as strong has 3².",
    draw(draws) {
      const [f, s] = [draws.normal(), draws.normal()];
      const x = draws.noise(6, 0.3);
      x[0]! += 2 * f;
      x[1]! += 1.5 * s;
      return { X: x, f, s };
    },
    lines: `modality X : vector(6)
      observe f : scalar
      observe s : scalar
      latent Z : gaussian(1) from X
      knob beta = 64 in 0.1 .. 1024 log
      compress I(X; Z)
      keep I(X; Z)
      ${linear("X")}`,
  },
  {
    ...usual,
    name: "a nuisance that moves the only value with the target",
    weakness: "shift",
    factor: "f",
    truth:
      "The only value that predicts f is f + s / 2, so a move of s by two standard deviations moves every prediction by 0.8: R² of 0.8 becomes 0.16.",
    draw(draws) {
      const [f, s] = [draws.normal(), draws.normal()];
      const x = draws.noise(6, 0.1);
      x[0]! += f + 0.5 * s;
      return { X: x, f, s };
    },
    lines: `modality X : vector(6)
      target f : scalar
      observe s : scalar
      latent Z : gaussian(2) from X
      knob beta = 64 in 0.1 .. 1024 log
      compress I(X; Z)
      keep I(f; Z)
      network encoder X = linear
      network decoder f = linear`,
  },
  {
    ...usual,
    name: "a code of one coordinate that predicts another stream",
    weakness: "spurious",
    factor: "f",
    truth:
      "A code of one coordinate keeps the direction in which X predicts most variance of Y (reduced-rank regression): f has 1 or less; another factor that is as large as all the rest of a stream together has 3.",
    draw(draws) {
      const f = draws.normal();
      const [x, y] = [draws.noise(6, 0.57), draws.noise(6, 0.57)];
      x[0]! += 2 * f;
      y[0]! += f;
      return { X: x, Y: y, f };
    },
    lines: `modality X : vector(6)
      modality Y : vector(6)
      observe f : scalar
      latent Z : gaussian(1) from X
      knob beta = 256 in 0.1 .. 8192 log
      compress I(X; Z)
      keep I(Y; Z)
      network encoder X = linear
      network decoder Y = linear`,
  },
  {
    ...usual,
    name: "the code that predicts the label does not read every stream",
    weakness: "rare",
    factor: "label",
    truth:
      "A mark in X decides the label of some samples, and the code that predicts the label reads Y alone.",
    labels: ["label"],
    draw(draws) {
      const label = draws.integer(4);
      const [x, y] = [draws.noise(6, 0.3), draws.noise(6, 0.3)];
      for (const view of [x, y]) {
        view[0]! += 2 * (2 * (label % 2) - 1);
        view[1]! += 2 * (2 * Math.floor(label / 2) - 1);
      }
      return { X: x, Y: y, label };
    },
    lines: `modality X : vector(6)
      modality Y : vector(6)
      target label : label(4)
      latent Zx : gaussian(3) from X
      latent Zy : gaussian(3) from Y
      knob beta = 64 in 0.1 .. 1024 log
      compress I(X; Zx)
      compress I(Y; Zy)
      keep I(Zx; Zy) by infonce(critic = bilinear)
      keep I(label; Zy)
      network encoder X = linear
      network encoder Y = linear
      network decoder label = linear`,
  },
  {
    ...usual,
    name: "the label is in small differences of a stream with large ones",
    weakness: "quantise",
    factor: "label",
    truth:
      "The label moves one value by 0.25 to either side, while the values of the stream have a standard deviation of 1.7: steps of half a standard deviation are 0.85 wide, and none of that value is left.",
    labels: ["label"],
    draw(draws) {
      const label = draws.integer(2);
      const s = draws.normal();
      const x = draws.noise(6, 0.5);
      x[0] = 4 * s;
      x[1] = 0.25 * (2 * label - 1) + draws.normal(0.05);
      return { X: x, label, s };
    },
    lines: `modality X : vector(6)
      target label : label(2)
      observe s : scalar
      latent Z : gaussian(2) from X
      knob beta = 64 in 0.1 .. 1024 log
      compress I(X; Z)
      keep I(label; Z)
      network encoder X = linear
      network decoder label = linear`,
  },
];
