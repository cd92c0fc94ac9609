/** Every bound with its choices, and every critic, fusion, law and prior, as specs and as what the reference is asked. */
import { betweenCases } from "./between";
import type { Case } from "./case";
import { lawCases } from "./laws";
import { paidCases } from "./paid";
import { between, critic, declared, gaussian, keep, knobs, L, pay, X, Y } from "./words";

/** One view, compressed and decoded by a likelihood. */
function likelihood(id: string, by: string, kind: string, more: object = {}, stream: "X" | "Y" = "X"): Case {
  return {
    id,
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X
      compress I(X; Z)
      keep w * I(${stream}; Z) by ${by}`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Z: gaussian(["X"]) } },
      terms: [pay("kl", ["X", "Z"]), keep(kind, [stream, "Z"], { weight: 0.4, ...more })],
    },
  };
}

/** One code of two views, joined in some way. */
function fused(id: string, how: string, fusion: string): Case {
  return {
    id,
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X, Y by ${how}
      compress I(X, Y; Z)
      keep I(X; Z)
      keep w * I(Y; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Z: gaussian(["X", "Y"], 3, { fusion }) } },
      terms: [
        pay("kl", [["X", "Y"], "Z"]),
        keep("gaussian", ["X", "Z"]),
        keep("gaussian", ["Y", "Z"], { weight: 0.4 }),
      ],
    },
  };
}

/** Two noiseless codes. */
function noiseless(law: string): Case {
  return {
    id: `${law} codes`,
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Zx : ${law}(3) from X
      latent Zy : ${law}(3) from Y
      keep I(Zx; Zy) by infonce
      keep w * I(X; Zx)`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: { X, Y },
        latents: { Zx: { law, size: 3, from: ["X"] }, Zy: { law, size: 3, from: ["Y"] } },
      },
      terms: [
        keep("infonce", ["Zx", "Zy"], { critic: { kind: "dot" } }),
        keep("gaussian", ["X", "Zx"], { weight: 0.4 }),
      ],
    },
  };
}

const rates: Case[] = [
  {
    id: "kl, two codes in one term",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X
      latent W : gaussian(2) from X
      compress w * I(X; Z, W)
      keep I(X; Z, W)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Z: gaussian(["X"]), W: gaussian(["X"], 2) } },
      terms: [
        pay("kl", ["X", "Z"], { weight: 0.4 }),
        pay("kl", ["X", "W"], { weight: 0.4 }),
        keep("gaussian", ["X", ["Z", "W"]]),
      ],
    },
  },
  {
    id: "kl, a learned prior",
    spec: `${declared.X}\n${knobs}
      latent Z : gaussian(3) from X
      prior Z = learned
      compress I(X; Z)
      keep w * I(X; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X }, latents: { Z: gaussian(["X"], 3, { prior: "learned" }) } },
      terms: [pay("kl", ["X", "Z"]), keep("gaussian", ["X", "Z"], { weight: 0.4 })],
    },
  },
  {
    id: "conditional, a learned network of a label",
    spec: `${declared.X}\n${declared.L}\n${knobs}
      latent Z : gaussian(3) from X
      network encoder Z = mlp(5)
      compress I(X; Z | L) by conditional(learned)
      keep I(L; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, L }, latents: { Z: gaussian(["X"]) } },
      terms: [
        pay("conditional", ["X", "Z"], {
          given: { network: "backward.Z-L", inputs: ["L"] },
          name: "compress I(X; Z | L)",
        }),
        keep("categorical", ["L", "Z"]),
      ],
    },
  },
  {
    id: "conditional, another latent",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Zx : gaussian(3) from X
      latent Zy : gaussian(3) from Y
      compress w * I(X; Zx | Y) by conditional(Zy)
      compress w * I(Y; Zy | X) by conditional(Zx)
      keep I(Zx; Zy) by infonce`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Zx: gaussian(["X"]), Zy: gaussian(["Y"]) } },
      terms: [
        pay("conditional", ["X", "Zx"], { weight: 0.4, given: "Zy", name: "compress I(X; Zx | Y)" }),
        pay("conditional", ["Y", "Zy"], { weight: 0.4, given: "Zx", name: "compress I(Y; Zy | X)" }),
        keep("infonce", ["Zx", "Zy"], { critic: { kind: "dot" } }),
      ],
    },
  },
  {
    id: "conditional, the code from a part of its inputs",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X, Y
      compress I(X, Y; Z)
      compress w * I(X, Y; Z | X) by conditional(Z[X])
      keep I(X; Z)
      keep I(Y; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Z: gaussian(["X", "Y"]) } },
      terms: [
        pay("kl", [["X", "Y"], "Z"]),
        pay("conditional", [["X", "Y"], "Z"], {
          weight: 0.4,
          given: "Z[X]",
          name: "compress I(X, Y; Z | X)",
        }),
        keep("gaussian", ["X", "Z"]),
        keep("gaussian", ["Y", "Z"]),
      ],
    },
  },
];

const weighted = (id: string, written: string, weights: string | number[]): Case => ({
  id,
  spec: `${declared.X}\n${declared.L}\n${knobs}
      latent Z : gaussian(3) from X
      compress I(X; Z)
      keep w * I(L; Z) by categorical(weights = ${written})`,
  reference: {
    loss: "terms",
    settings: { beta: 3, streams: { X, L }, latents: { Z: gaussian(["X"]) } },
    terms: [pay("kl", ["X", "Z"]), keep("categorical", ["L", "Z"], { weight: 0.4, weights })],
  },
});

const likelihoods: Case[] = [
  likelihood("gaussian, unit variance", "gaussian", "gaussian"),
  likelihood("gaussian, a scale", "gaussian(0.5)", "gaussian", { scale: 0.5 }),
  likelihood("gaussian, a learned scale", "gaussian(learned)", "gaussian-learned"),
  likelihood("gaussian, a picture", "gaussian(0.3)", "gaussian", { scale: 0.3 }, "Y"),
  likelihood("laplace", "laplace", "laplace"),
  likelihood("laplace, a picture", "laplace", "laplace", {}, "Y"),
  likelihood("bernoulli", "bernoulli", "bernoulli", {}, "Y"),
  {
    id: "categorical",
    spec: `${declared.X}\n${declared.L}\n${knobs}
      latent Z : gaussian(3) from X
      compress I(X; Z)
      keep w * I(L; Z) by categorical`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, L }, latents: { Z: gaussian(["X"]) } },
      terms: [pay("kl", ["X", "Z"]), keep("categorical", ["L", "Z"], { weight: 0.4 })],
    },
  },
  weighted("balanced classes", "balanced", "balanced"),
  weighted("weighted classes", "[2, 1, 0.5, 4]", [2, 1, 0.5, 4]),
  {
    id: "poisson",
    spec: `modality C : counts(5)\n ${knobs}
      network encoder C = mlp(6)
      network decoder C = mlp(7)
      latent Z : gaussian(3) from C
      compress I(C; Z)
      keep w * I(C; Z) by poisson`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: { C: { kind: "counts", shape: [5] } },
        latents: { Z: gaussian(["C"]) },
      },
      terms: [pay("kl", ["C", "Z"]), keep("poisson", ["C", "Z"], { weight: 0.4 })],
    },
  },
  {
    id: "two decoders of one stream",
    spec: `${declared.X}\n${declared.L}\n${knobs}
      latent Z : gaussian(3) from X
      latent W : gaussian(2) from X
      compress I(X; Z)
      compress I(X; W)
      keep I(L; Z)
      keep w * I(L; W)
      keep w * I(X; Z, W)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, L }, latents: { Z: gaussian(["X"]), W: gaussian(["X"], 2) } },
      terms: [
        pay("kl", ["X", "Z"]),
        pay("kl", ["X", "W"]),
        keep("categorical", ["L", "Z"]),
        keep("categorical", ["L", "W"], { weight: 0.4, decoder: "decoder.L-W" }),
        keep("gaussian", ["X", ["Z", "W"]], { weight: 0.4 }),
      ],
    },
  },
];

const pairs: Case[] = [
  between("infonce, dot", "infonce", "infonce", critic("dot")),
  between("infonce, one way", "infonce(critic = dot) one-way", "infonce", {
    ...critic("dot"),
    oneWay: true,
  }),
  between("infonce, separable", "infonce(critic = separable)", "infonce", critic("separable")),
  between("infonce, codes of two widths", "infonce", "infonce", critic("separable"), [3, 2]),
  between("infonce, concat", "infonce(critic = concat)", "infonce", critic("concat")),
  between("infonce, bilinear", "infonce(critic = bilinear)", "infonce", critic("bilinear"), [3, 2]),
  between("infonce, cosine", "infonce(critic = cosine)", "infonce", critic("cosine", { temperature: 0.1 })),
  between(
    "infonce, a temperature",
    "infonce(critic = dot, temperature = 0.5)",
    "infonce",
    critic("dot", { temperature: 0.5 }),
  ),
  between(
    "infonce, a learned temperature",
    "infonce(critic = cosine, temperature = learned)",
    "infonce",
    critic("cosine", { temperature: "learned" }),
  ),
  between("mine", "mine", "mine", critic("concat")),
  between("mine, codes of two widths", "mine", "mine", critic("concat"), [3, 2]),
  between("mine, dot", "mine(critic = dot)", "mine", critic("dot")),
  between("mine, separable", "mine(critic = separable)", "mine", critic("separable")),
  between("mine, bilinear", "mine(critic = bilinear)", "mine", critic("bilinear")),
  between(
    "mine, cosine, a temperature",
    "mine(critic = cosine, temperature = 0.7)",
    "mine",
    critic("cosine", { temperature: 0.7 }),
  ),
  {
    id: "infonce between a stream and a code",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X
      network critic Y, Z = mlp(6)
      compress I(X; Z)
      keep I(Y; Z) by infonce`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Z: gaussian(["X"]) } },
      terms: [pay("kl", ["X", "Z"]), keep("infonce", ["Y", "Z"], critic("separable"))],
    },
  },
];

const codes: Case[] = [
  fused("experts, multiplied", "poe", "poe"),
  fused("experts, multiplied with the prior", "poe(prior)", "poe-prior"),
  fused("experts, averaged", "mean", "mean"),
  noiseless("deterministic"),
  noiseless("sphere"),
];

/** Codes of codes, of parts of their inputs, and drawn from the prior. */
const parts: Case[] = [
  {
    id: "a part of a product of experts",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X, Y by poe(prior)
      compress I(X, Y; Z)
      compress w * I(X, Y; Z | Y) by conditional(Z[Y])
      keep I(X; Z)
      keep w * I(Y; Z[X])`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: { X, Y },
        latents: { Z: gaussian(["X", "Y"], 3, { fusion: "poe-prior" }) },
      },
      terms: [
        pay("kl", [["X", "Y"], "Z"]),
        pay("conditional", [["X", "Y"], "Z"], {
          weight: 0.4,
          given: "Z[Y]",
          name: "compress I(X, Y; Z | Y)",
        }),
        keep("gaussian", ["X", "Z"]),
        keep("gaussian", ["Y", "Z[X]"], { weight: 0.4 }),
      ],
    },
  },
  {
    id: "a code drawn from its prior",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X
      latent W : gaussian(2) from Y
      compress I(X; Z)
      compress I(Y; W)
      keep I(Y; Z, W)
      keep w * I(X; Z, W[])`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Z: gaussian(["X"]), W: gaussian(["Y"], 2) } },
      terms: [
        pay("kl", ["X", "Z"]),
        pay("kl", ["Y", "W"]),
        keep("gaussian", ["Y", ["Z", "W"]]),
        keep("gaussian", ["X", ["Z", "W[]"]], { weight: 0.4 }),
      ],
    },
  },
  {
    id: "a code of a code",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X
      latent W : gaussian(2) from Z, Y
      compress I(X; Z)
      compress w * I(Z, Y; W)
      keep I(X; W)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, Y }, latents: { Z: gaussian(["X"]), W: gaussian(["Z", "Y"], 2) } },
      terms: [
        pay("kl", ["X", "Z"]),
        pay("kl", [["Z", "Y"], "W"], { weight: 0.4 }),
        keep("gaussian", ["X", "W"]),
      ],
    },
  },
  {
    id: "encoders given another code",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent W : gaussian(2) from Y
      latent Z : gaussian(3) from X, Y by poe given W
      compress I(Y; W)
      compress I(X, Y; Z)
      keep I(X; Z, W)`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams: { X, Y },
        latents: { W: gaussian(["Y"], 2), Z: gaussian(["X", "Y"], 3, { fusion: "poe", given: ["W"] }) },
      },
      terms: [pay("kl", ["Y", "W"]), pay("kl", [["X", "Y"], "Z"]), keep("gaussian", ["X", ["Z", "W"]])],
    },
  },
];

export const boundCases: readonly Case[] = [
  ...rates,
  ...likelihoods,
  ...pairs,
  ...codes,
  ...parts,
  ...betweenCases,
  ...paidCases,
  ...lawCases,
];
