/** The further bounds on the compress side, and what several codes share. */
import type { Case } from "./case";
import { declared, gaussian, keep, knobs, L, pay, X, Y } from "./words";

const streams = { X, Y };

/** One code of X, paid by the kl rate and, weighed, in another way. */
function paid(id: string, term: string, kind: string, more: object, prior = ""): Case {
  return {
    id,
    spec: `${declared.X}\n${knobs}
      latent Z : gaussian(3) from X
      ${prior && `prior Z = ${prior}`}
      network critic Z = mlp(6, 5)
      compress rate: I(X; Z) by kl
      compress w * ${term}
      keep I(X; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X }, latents: { Z: gaussian(["X"], 3, prior ? { prior } : {}) } },
      terms: [
        pay("kl", ["X", "Z"], { name: "rate" }),
        pay(kind, ["X", "Z"], { weight: 0.4, ...more }),
        keep("gaussian", ["X", "Z"]),
      ],
    },
  };
}

const mws = (id: string, term: string, of: string, prior = ""): Case =>
  paid(id, `${term} by mws(samples = 500)`, "mws", { args: ["Z"], of, samples: 500, ...named(term) }, prior);
const named = (term: string): object => ({ name: `compress ${term}` });

/** Three codes of two streams, and what they share. */
function together(id: string, by: string, more: object): Case {
  return {
    id,
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z1 : gaussian(3) from X
      latent Z2 : gaussian(3) from Y
      latent Z3 : gaussian(3) from X
      compress I(X; Z1)
      compress I(Y; Z2)
      compress I(X; Z3)
      keep TC(Z1, Z2, Z3)${by}`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams,
        latents: { Z1: gaussian(["X"]), Z2: gaussian(["Y"]), Z3: gaussian(["X"]) },
      },
      terms: [
        pay("kl", ["X", "Z1"]),
        pay("kl", ["Y", "Z2"]),
        pay("kl", ["X", "Z3"]),
        keep("together", [["Z1", "Z2", "Z3"]], more),
      ],
    },
  };
}

const chained = (codes: string[], likelihoods: object[], more: object = {}): object => ({
  codes,
  streams: ["X", "Y"].slice(0, likelihoods.length),
  likelihoods,
  ...more,
});

export const paidCases: readonly Case[] = [
  paid("club", "I(X; Z) by club", "club", {}),
  paid("l1out", "I(X; Z) by l1out", "l1out", {}),
  mws("mws, information", "I(X; Z)", "information"),
  mws("mws, total correlation", "TC(Z)", "total-correlation"),
  mws("mws, gap", "gap(Z)", "gap"),
  mws("mws, gap of each coordinate", "gap(Z, each)", "gap-each"),
  paid("mmd", "gap(Z) by mmd", "mmd", { args: ["Z"] }),
  paid("adversary", "gap(Z) by adversary", "adversary", { args: ["Z"] }),
  paid("density ratio", "TC(Z) by density-ratio", "density-ratio", { args: ["Z"] }),
  together("infonce of three codes", "", {}),
  together("infonce of three codes, one way, a temperature", " by infonce(temperature = 0.5) one-way", {
    temperature: 0.5,
    oneWay: true,
  }),
  together(
    "infonce of three codes, a learned temperature",
    " by infonce(critic = product, temperature = learned)",
    {
      temperature: "learned",
    },
  ),
  {
    id: "density ratio of two codes",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X
      latent W : gaussian(2) from Y
      network critic Z, W = mlp(6)
      compress I(X; Z)
      compress I(Y; W)
      compress w * TC(Z, W) by density-ratio
      keep I(X; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams, latents: { Z: gaussian(["X"]), W: gaussian(["Y"], 2) } },
      terms: [
        pay("kl", ["X", "Z"]),
        pay("kl", ["Y", "W"]),
        pay("density-ratio", [["Z", "W"]], { weight: 0.4 }),
        keep("gaussian", ["X", "Z"]),
      ],
    },
  },
  {
    id: "two codes kept apart",
    spec: `${declared.X}\n${declared.Y}\n${knobs}
      latent Z : gaussian(3) from X
      latent W : gaussian(2) from X, Y
      prior Z = learned
      compress I(X; Z)
      compress I(X, Y; W)
      keep I(X; Z, W) by gaussian(0.5)
      separate Z, W weight w`,
    reference: {
      loss: "terms",
      settings: {
        beta: 3,
        streams,
        latents: { Z: gaussian(["X"], 3, { prior: "learned" }), W: gaussian(["X", "Y"], 2) },
      },
      terms: [
        pay("kl", ["X", "Z"]),
        pay("kl", [["X", "Y"], "W"]),
        keep("gaussian", ["X", ["Z", "W"]], { scale: 0.5 }),
        pay("chain", ["Z", "W"], {
          weight: 0.4,
          ...chained(["Z", "W"], [{ likelihood: "gaussian", scale: 0.5 }, { likelihood: "gaussian" }]),
        }),
      ],
    },
  },
  {
    id: "a known factor forgotten",
    spec: `${declared.X}\n${declared.L}\n${knobs}
      latent Z : gaussian(3) from X
      compress w * I(L; Z)
      keep I(X; Z)`,
    reference: {
      loss: "terms",
      settings: { beta: 3, streams: { X, L }, latents: { Z: gaussian(["X"]) } },
      terms: [
        keep("gaussian", ["X", "Z"], { decoder: "decoder.X-Z" }),
        pay("chain", ["L", "Z"], {
          weight: 0.4,
          ...chained(["Z"], [{ likelihood: "gaussian" }], { known: ["L"] }),
        }),
      ],
    },
  },
];
