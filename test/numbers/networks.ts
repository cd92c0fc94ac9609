/** Networks that read pictures and words, as specs and as what the reference is asked. */
import type { Case } from "./case";
import { critic, declared, gaussian, keep, knobs, pay, X } from "./words";

const T = { kind: "text", shape: [4, 7] };
const text = "modality T : text(4, 7)";

/** A code of a text, kept by a decoder of its words. */
const words = (id: string, network: string, networks: object): Case => ({
  id,
  spec: `${text}\n${knobs}
    latent Z : gaussian(3) from T
    ${network}
    network decoder T = mlp(6)
    compress I(T; Z)
    keep w * I(T; Z)`,
  reference: {
    loss: "terms",
    settings: { beta: 3, streams: { T }, latents: { Z: gaussian(["T"]) }, networks },
    terms: [pay("kl", ["T", "Z"]), keep("categorical", ["T", "Z"], { weight: 0.4 })],
  },
});

const texts: Case[] = [
  words("a bag of words", "network encoder T = bag(5)", { "encoder.Z": { kind: "bag" } }),
  words("a bag of words, layers after it", "network encoder T = bag(5, 8, 6)", {
    "encoder.Z": { kind: "bag" },
  }),
  words("a bag of words, by default", "", { "encoder.Z": { kind: "bag" } }),
  words("counts of words in a perceptron", "network encoder T = mlp(8)", {}),
  {
    id: "experts of a vector and of a text, and a score of words",
    spec: `${declared.X}\n${text}\n${knobs}
      latent Z : gaussian(3) from X, T by poe
      network encoder T = bag(5, 6)
      network decoder T = linear
      network critic T, Z = mlp(6)
      compress I(X, T; Z)
      keep I(X; Z)
      keep w * I(T; Z[X])
      keep I(T; Z) by infonce(critic = separable)`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: { X, T },
        latents: { Z: gaussian(["X", "T"], 3, { fusion: "poe" }) },
        networks: { "encoder.Z-T": { kind: "bag" } },
      },
      terms: [
        pay("kl", [["X", "T"], "Z"]),
        keep("gaussian", ["X", "Z"]),
        keep("categorical", ["T", "Z[X]"], { weight: 0.4 }),
        keep("infonce", ["T", "Z"], critic("separable")),
      ],
    },
  },
  {
    id: "a vector and a text in one perceptron",
    spec: `${declared.X}\n${text}\n${knobs}
      latent Z : gaussian(3) from X, T
      network encoder Z = mlp(6)
      compress I(X, T; Z)
      keep I(X; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, T }, latents: { Z: gaussian(["X", "T"]) } },
      terms: [pay("kl", [["X", "T"], "Z"]), keep("gaussian", ["X", "Z"])],
    },
  },
];

export const networkCases: readonly Case[] = [...texts];
