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

const halved = { stride: [2, 2], padding: [1, 1] };
const filled = (down: number, across: number): object => ({ ...halved, output_padding: [down, across] });
/** Along one axis alone. */
const along = { stride: [1, 2], padding: [0, 1] };

/** A code of a stream S, kept by its likelihood, with convolutions on both sides. */
const pictures = (
  id: string,
  declaration: string,
  stream: object,
  [encoder, decoder]: [string, string],
  [reads, makes]: [object, object],
  more: { prior?: string; settings?: object } = {},
): Case => ({
  id,
  spec: `modality S : ${declaration}\n${knobs}
    latent Z : gaussian(3) from S
    ${more.prior ?? ""}
    network encoder S = cnn(${encoder})
    network decoder S = cnn(${decoder})
    compress I(S; Z)
    keep w * I(S; Z)`,
  reference: {
    loss: "terms",
    settings: {
      beta: 3,
      streams: { S: stream },
      latents: { Z: gaussian(["S"], 3, more.settings) },
      networks: {
        "encoder.Z": { kind: "convolutions", ...reads },
        "decoder.S": { kind: "transposed", ...makes },
      },
    },
    terms: [pay("kl", ["S", "Z"]), keep("gaussian", ["S", "Z"], { weight: 0.4 })],
  },
});

const convolutions: Case[] = [
  pictures(
    "convolutions of a picture of uneven size",
    "image(5, 6)",
    { kind: "image", shape: [5, 6] },
    ["3, 4", "4, 3"],
    [
      { picture: [1, 5, 6], layers: [halved, halved] },
      { picture: [4, 2, 2], layers: [filled(0, 0), filled(0, 1)] },
    ],
  ),
  pictures(
    "convolutions of colours",
    "image(4, 3, 2)",
    { kind: "image", shape: [2, 4, 3] },
    ["3", "5"],
    [
      { picture: [2, 4, 3], layers: [halved] },
      { picture: [5, 2, 2], layers: [filled(1, 0)] },
    ],
  ),
  pictures(
    "convolutions of a spectrogram",
    "audio(4, 6)",
    { kind: "image", shape: [4, 6] },
    ["2, 3", "3, 2"],
    [
      { picture: [1, 4, 6], layers: [halved, halved] },
      { picture: [3, 1, 2], layers: [filled(1, 0), filled(1, 1)] },
    ],
  ),
  pictures(
    "convolutions of a signal",
    "signal(7, 2)",
    { kind: "vector", shape: [14] },
    ["3, 4", "4, 3"],
    [
      { picture: [2, 1, 7], layers: [along, along] },
      {
        picture: [4, 1, 2],
        layers: [
          { ...along, output_padding: [0, 1] },
          { ...along, output_padding: [0, 0] },
        ],
      },
    ],
  ),
  pictures(
    "convolutions of a video, its frames as channels",
    "video(2, 3, 4, 2)",
    { kind: "image", shape: [4, 3, 4] },
    ["3", "2"],
    [
      { picture: [4, 3, 4], layers: [halved] },
      { picture: [2, 2, 2], layers: [filled(0, 1)] },
    ],
  ),
  pictures(
    "convolutions of pseudo-inputs",
    "image(4, 3)",
    { kind: "image", shape: [4, 3] },
    ["3", "2"],
    [
      { picture: [1, 4, 3], layers: [halved] },
      { picture: [2, 2, 2], layers: [filled(1, 0)] },
    ],
    { prior: "prior Z = vamp(3)", settings: { prior: "vamp" } },
  ),
  {
    id: "experts of a picture and of a text",
    spec: `modality S : image(3, 4)\n${text}\n${knobs}
      latent Z : gaussian(3) from S, T by poe
      network encoder S = cnn(2, 3)
      network encoder T = bag(5)
      compress I(S, T; Z)
      keep I(S; Z[T])
      keep w * I(T; Z[S])
      network decoder S = linear
      network decoder T = linear`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: { S: { kind: "image", shape: [3, 4] }, T },
        latents: { Z: gaussian(["S", "T"], 3, { fusion: "poe" }) },
        networks: {
          "encoder.Z-S": { kind: "convolutions", picture: [1, 3, 4], layers: [halved, halved] },
          "encoder.Z-T": { kind: "bag" },
        },
      },
      terms: [
        pay("kl", [["S", "T"], "Z"]),
        keep("gaussian", ["S", "Z[T]"]),
        keep("categorical", ["T", "Z[S]"], { weight: 0.4 }),
      ],
    },
  },
];

/** Without Python, default networks take the place of the user's; test/numbers/own_networks.py has the same. */
const own: Case = {
  id: "networks of the user's own",
  spec: `modality X : vector(6)\n${text}\n${knobs}
    latent Z : gaussian(3) from X
    latent W : gaussian(3) from T
    network encoder X = torch("own_networks.Perceptron")
    network decoder X = torch("own_networks.Perceptron")
    network encoder T = torch("own_networks.Words")
    compress I(X; Z)
    compress I(T; W)
    keep I(X; Z)
    keep w * I(Z; W)`,
  reference: {
    loss: "terms",
    settings: {
      beta: 3,
      streams: { X, T },
      latents: { Z: gaussian(["X"]), W: gaussian(["T"]) },
      networks: { "encoder.W": { kind: "bag" } },
    },
    terms: [
      pay("kl", ["X", "Z"]),
      pay("kl", ["T", "W"]),
      keep("gaussian", ["X", "Z"]),
      keep("infonce", ["Z", "W"], { ...critic("dot"), weight: 0.4 }),
    ],
  },
};

export const networkCases: readonly Case[] = [...texts, ...convolutions, own];
