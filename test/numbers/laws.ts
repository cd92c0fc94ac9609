/** Categorical and von Mises-Fisher codes under every prior, fusion and bound that serves them. */
import type { Case } from "./case";
import { declared, keep, knobs, L, pay, X, Y } from "./words";

type Settings = Record<string, unknown>;

const law = (name: string, from: string[], more: Settings = {}): Settings => ({
  law: name,
  size: 3,
  from,
  ...more,
});

const all = { X, Y, L };
type StreamName = keyof typeof all;

/** A loss over some of the streams X, Y and L. */
function held(id: string, names: StreamName[], spec: string, latents: Settings, terms: object[]): Case {
  return {
    id,
    spec: `${names.map((name) => declared[name]).join("\n")}\n${knobs}\n${spec}`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: Object.fromEntries(names.map((name) => [name, all[name]])),
        latents,
      },
      terms,
    },
  };
}

const half = { weight: 1 / 2 };
const rate = pay("kl", ["X", "Z"]);
const decoded = keep("gaussian", ["X", "Z"], { weight: 0.4 });

/** What both laws have, with what is learned of each. */
const both = (["categorical", "vmf"] as const).flatMap((name): Case[] => [
  held(
    `${name}, the uniform prior`,
    ["X"],
    `latent Z : ${name}(3) from X
     compress I(X; Z)
     keep w * I(X; Z)`,
    { Z: law(name, ["X"]) },
    [rate, decoded],
  ),
  held(
    `${name}, a learned prior`,
    ["X"],
    `latent Z : ${name}(3) from X
     prior Z = learned
     compress I(X; Z)
     keep w * I(X; Z)`,
    { Z: law(name, ["X"], { prior: "learned" }) },
    [rate, decoded],
  ),
  held(
    `${name}, a prior of pseudo-inputs`,
    ["X"],
    `latent Z : ${name}(3) from X
     prior Z = vamp(4)
     compress I(X; Z)
     keep w * I(X; Z)`,
    { Z: law(name, ["X"], { prior: "vamp" }) },
    [rate, decoded],
  ),
  held(
    `${name}, a prior made from an observed condition`,
    ["X", "Y"],
    `latent Z : ${name}(3) from X
     prior Z = from Y
     compress I(X; Z | Y) by conditional(prior)
     keep w * I(X; Z)`,
    { Z: law(name, ["X"], { prior: { from: ["Y"] } }) },
    [pay("conditional", ["X", "Z"], { given: "prior Z", name: "compress I(X; Z | Y)" }), decoded],
  ),
  held(
    `${name}, a rate at a sample`,
    ["X"],
    `latent Z : ${name}(3) from X
     latent V : ${name}(3) from Z
     prior Z = from V
     compress I(X; Z)
     compress I(X; V)
     keep w * I(X; Z)`,
    { Z: law(name, ["X"], { prior: { from: ["V"] }, below: true }), V: law(name, ["Z"]) },
    [rate, pay("kl", ["X", "V"]), decoded],
  ),
  held(
    `${name}, drawn from the uniform prior`,
    ["X", "Y"],
    `latent Z : ${name}(3) from X
     latent W : ${name}(3) from Y
     compress I(X; Z)
     compress I(Y; W)
     keep I(Y; Z, W)
     keep w * I(X; Z, W[])`,
    { Z: law(name, ["X"]), W: law(name, ["Y"]) },
    [
      rate,
      pay("kl", ["Y", "W"]),
      keep("gaussian", ["Y", ["Z", "W"]]),
      keep("gaussian", ["X", ["Z", "W[]"]], { weight: 0.4 }),
    ],
  ),
  held(
    `${name}, drawn from a learned prior`,
    ["X", "Y"],
    `latent Z : ${name}(3) from X
     latent W : ${name}(3) from Y
     prior W = learned
     compress I(X; Z)
     compress I(Y; W)
     keep I(Y; Z, W)
     keep w * I(X; Z, W[])`,
    { Z: law(name, ["X"]), W: law(name, ["Y"], { prior: "learned" }) },
    [
      rate,
      pay("kl", ["Y", "W"]),
      keep("gaussian", ["Y", ["Z", "W"]]),
      keep("gaussian", ["X", ["Z", "W[]"]], { weight: 0.4 }),
    ],
  ),
  ...(["poe", "poe(weights = learned)", "mean"] as const).map((how) =>
    held(
      `${name}, fused by ${how}`,
      ["X", "Y"],
      `latent Z : ${name}(3) from X, Y by ${how}
       compress I(X, Y; Z)
       keep I(Y; Z)
       keep w * I(X; Z)`,
      { Z: law(name, ["X", "Y"], { fusion: how.includes("weights") ? "poe-weighed" : how }) },
      [pay("kl", [["X", "Y"], "Z"]), keep("gaussian", ["Y", "Z"]), decoded],
    ),
  ),
  held(
    `${name}, experts with a learned prior`,
    ["X", "Y"],
    `latent Z : ${name}(3) from X, Y by poe(prior)
     prior Z = learned
     compress I(X, Y; Z)
     keep w * I(X; Z)`,
    { Z: law(name, ["X", "Y"], { fusion: "poe-prior", prior: "learned" }) },
    [pay("kl", [["X", "Y"], "Z"]), decoded],
  ),
  held(
    `${name}, a mixture of experts`,
    ["X", "Y"],
    `latent Z : ${name}(3) from X, Y by moe
     compress I(X, Y; Z)
     keep I(X; Z)
     keep w * I(Y; Z) by infonce(critic = separable)
     network critic Y, Z = mlp(6)`,
    { Z: law(name, ["X", "Y"], { fusion: "moe" }) },
    [
      pay("kl", ["X", "Z[X]"], half),
      pay("kl", ["Y", "Z[Y]"], half),
      keep("gaussian", ["X", "Z[X]"], half),
      keep("gaussian", ["X", "Z[Y]"], half),
      keep("infonce", ["Y", "Z"], { weight: 0.4, critic: { kind: "separable" } }),
    ],
  ),
  held(
    `${name}, a learned network of a label`,
    ["X", "L"],
    `latent Z : ${name}(3) from X
     network encoder Z = mlp(5)
     compress I(X; Z | L)
     keep I(L; Z)`,
    { Z: law(name, ["X"]) },
    [
      pay("conditional", ["X", "Z"], {
        given: { network: "backward.Z-L", inputs: ["L"] },
        name: "compress I(X; Z | L)",
      }),
      keep("categorical", ["L", "Z"]),
    ],
  ),
  held(
    `${name}, from another code, and both linked`,
    ["X", "Y"],
    `latent Z : ${name}(3) from X
     latent W : ${name}(3) from Y
     compress w * I(X; Z | Y) by conditional(W)
     compress I(Y; W)
     keep I(Z; W) by infonce`,
    { Z: law(name, ["X"]), W: law(name, ["Y"]) },
    [
      pay("conditional", ["X", "Z"], { weight: 0.4, given: "W", name: "compress I(X; Z | Y)" }),
      pay("kl", ["Y", "W"]),
      keep("infonce", ["Z", "W"], { critic: { kind: "dot" } }),
    ],
  ),
  held(
    `${name}, kept apart from another`,
    ["X"],
    `latent Z : ${name}(3) from X
     latent W : ${name}(3) from X
     compress I(X; Z)
     compress I(X; W)
     keep I(X; Z, W)
     separate Z, W weight w`,
    { Z: law(name, ["X"]), W: law(name, ["X"]) },
    [
      rate,
      pay("kl", ["X", "W"]),
      keep("gaussian", ["X", ["Z", "W"]]),
      pay("chain", ["Z", "W"], {
        weight: 0.4,
        codes: ["Z", "W"],
        streams: ["X"],
        likelihoods: [{ likelihood: "gaussian" }],
      }),
    ],
  ),
]);

const entropies: Case[] = [
  held(
    "the deterministic information bottleneck",
    ["X", "L"],
    `latent Z : categorical(5) from X
     prior Z = learned
     compress H(Z)
     keep w * I(L; Z)`,
    { Z: law("categorical", ["X"], { size: 5, prior: "learned" }) },
    [pay("cross-entropy", ["Z"]), keep("categorical", ["L", "Z"], { weight: 0.4 })],
  ),
  held(
    "an entropy that is kept",
    ["X"],
    `latent Z : categorical(5) from X
     compress I(X; Z)
     keep I(X; Z)
     keep w * H(Z)`,
    { Z: law("categorical", ["X"], { size: 5 }) },
    [rate, keep("gaussian", ["X", "Z"]), keep("plug-in", ["Z"], { weight: 0.4 })],
  ),
  held(
    "entropies of a mixture, and of one of its experts",
    ["X", "Y"],
    `latent Z : categorical(5) from X, Y by moe
     prior Z = vamp(3)
     compress w * H(Z[X])
     compress H(Z)
     keep H(Z)
     keep I(Y; Z[X])`,
    { Z: law("categorical", ["X", "Y"], { size: 5, fusion: "moe", prior: "vamp" }) },
    [
      pay("cross-entropy", ["Z[X]"], { weight: 0.4 }),
      pay("cross-entropy", ["Z"]),
      keep("plug-in", ["Z"]),
      keep("gaussian", ["Y", "Z[X]"]),
    ],
  ),
];

const directions: Case[] = [
  held(
    "vmf, a mixture prior, drawn from too",
    ["X", "Y"],
    `latent Z : vmf(4) from X
     prior Z = mixture(3)
     compress I(X; Z)
     keep w * I(X; Z)
     keep I(Y; Z[])`,
    { Z: law("vmf", ["X"], { size: 4, prior: "mixture" }) },
    [rate, decoded, keep("gaussian", ["Y", "Z[]"])],
  ),
  held(
    "vmf on a circle",
    ["X"],
    `latent Z : vmf(2) from X
     compress I(X; Z)
     keep w * I(X; Z)`,
    { Z: law("vmf", ["X"], { size: 2 }) },
    [rate, decoded],
  ),
  held(
    "vmf against draws from its prior, and a sphere likewise",
    ["X", "Y"],
    `latent Z : vmf(5) from X
     latent W : sphere(5) from Y
     compress I(X; Z)
     compress w * gap(Z) by mmd
     compress w * gap(W) by mmd
     keep I(X; Z, W)`,
    { Z: law("vmf", ["X"], { size: 5 }), W: law("sphere", ["Y"], { size: 5 }) },
    [
      rate,
      pay("mmd", ["Z"], { weight: 0.4 }),
      pay("mmd", ["W"], { weight: 0.4 }),
      keep("gaussian", ["X", ["Z", "W"]]),
    ],
  ),
];

export const lawCases: readonly Case[] = [...both, ...entropies, ...directions];
