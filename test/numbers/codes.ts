/** Mixtures, priors, laws and hierarchies of codes, as specs and as what the reference is asked. */
import type { Case } from "./case";

const X = { kind: "vector", shape: [6] };
const Y = { kind: "image", shape: [2, 4] };
const A = { kind: "vector", shape: [5] };
const declared = {
  X: "modality X : vector(6)\n network encoder X = mlp(9, 7)\n network decoder X = mlp(7)",
  Y: "modality Y : image(2, 4)\n network encoder Y = mlp(8)\n network decoder Y = mlp(9, 5)",
  B: "modality B : vector(5)\n network decoder B = mlp(5)",
  A: "modality A : vector(5)\n network encoder A = mlp(4)\n network decoder A = mlp(4)",
};
const knobs = "knob beta = 3 in 0.1 .. 100 log\n knob w = 0.4 in 0.01 .. 1";

type Settings = Record<string, unknown>;

const gaussian = (from: string[], more: Settings = {}): Settings => ({
  law: "gaussian",
  size: 3,
  from,
  ...more,
});
const rate = (about: string | string[], code: string, more: Settings = {}): object => ({
  side: "compress",
  kind: "kl",
  args: [about, code],
  ...more,
});
const keep = (kind: string, args: unknown[], more: Settings = {}): object => ({
  side: "keep",
  kind,
  args,
  ...more,
});

/** Views X and Y, or three, with the statements and what the reference is to make of them. */
function codes(
  id: string,
  spec: string,
  latents: Settings,
  terms: object[],
  streams: Settings = { X, Y },
): Case {
  const lines = Object.keys(streams).map((name) => declared[name as keyof typeof declared]);
  return {
    id,
    spec: `${lines.join("\n")}\n${knobs}\n${spec}`,
    reference: { loss: "terms", settings: { beta: 3, streams, latents }, terms },
  };
}

const half = { weight: 1 / 2 };
const third = { weight: 1 / 3 };

const fusions: Case[] = [
  codes(
    "experts, with powers",
    `latent Z : gaussian(3) from X, Y by poe(weights = learned)
     compress I(X, Y; Z)
     keep I(X; Z)`,
    { Z: gaussian(["X", "Y"], { fusion: "poe-weighed" }) },
    [rate(["X", "Y"], "Z"), keep("gaussian", ["X", "Z"])],
  ),
  codes(
    "experts with powers, and a learned prior",
    `latent Z : gaussian(3) from X, Y by poe(prior, weights = learned)
     prior Z = learned
     compress I(X, Y; Z)
     keep I(X; Z)`,
    { Z: gaussian(["X", "Y"], { fusion: "poe-prior-weighed", prior: "learned" }) },
    [rate(["X", "Y"], "Z"), keep("gaussian", ["X", "Z"])],
  ),
  codes(
    "experts, and a learned prior that is one of them",
    `latent Z : gaussian(3) from X, Y by poe(prior)
     prior Z = learned
     compress I(X, Y; Z)
     keep I(X; Z)
     keep w * I(Y; Z[Y])`,
    { Z: gaussian(["X", "Y"], { fusion: "poe-prior", prior: "learned" }) },
    [rate(["X", "Y"], "Z"), keep("gaussian", ["X", "Z"]), keep("gaussian", ["Y", "Z[Y]"], { weight: 0.4 })],
  ),
  codes(
    "experts, and a prior made from the level above",
    `latent V : gaussian(3) from X, Y by poe(prior)
     latent Z : gaussian(3) from X, Y by poe(prior) given V
     prior Z = from V
     compress I(X, Y; V)
     compress I(X, Y; Z | V) by conditional(prior)
     keep I(X; Z)
     keep w * I(Y; Z[Y])`,
    {
      V: gaussian(["X", "Y"], { fusion: "poe-prior" }),
      Z: gaussian(["X", "Y"], { fusion: "poe-prior", given: ["V"], prior: { from: ["V"] } }),
    },
    [
      rate(["X", "Y"], "V"),
      { ...rate(["X", "Y"], "Z"), kind: "conditional", given: "prior Z", name: "compress I(X, Y; Z | V)" },
      keep("gaussian", ["X", "Z"]),
      keep("gaussian", ["Y", "Z[Y]"], { weight: 0.4 }),
    ],
  ),
  codes(
    "an expert beside a prior made from a stream",
    `latent Z : gaussian(3) from X by poe(prior)
     prior Z = from Y
     compress I(X; Z | Y) by conditional(prior)
     keep I(X; Z)`,
    { Z: gaussian(["X"], { fusion: "poe-prior", prior: { from: ["Y"] } }) },
    [
      { ...rate("X", "Z"), kind: "conditional", given: "prior Z", name: "compress I(X; Z | Y)" },
      keep("gaussian", ["X", "Z"]),
    ],
  ),
  codes(
    "a mixture of experts",
    `latent Z : gaussian(3) from X, Y by moe
     compress I(X, Y; Z)
     keep I(X; Z)
     keep w * I(Y; Z)`,
    { Z: gaussian(["X", "Y"], { fusion: "moe" }) },
    [
      rate("X", "Z[X]", half),
      rate("Y", "Z[Y]", half),
      keep("gaussian", ["X", "Z[X]"], half),
      keep("gaussian", ["X", "Z[Y]"], half),
      keep("gaussian", ["Y", "Z[X]"], { weight: 0.2 }),
      keep("gaussian", ["Y", "Z[Y]"], { weight: 0.2 }),
    ],
  ),
  codes(
    "a mixture of products of experts",
    `latent Z : gaussian(3) from X, Y by mopoe
     compress I(X, Y; Z)
     keep I(X; Z)`,
    { Z: gaussian(["X", "Y"], { fusion: "mopoe" }) },
    [
      ...[["X"], ["Y"], ["X", "Y"]].map((read) => rate(read, `Z[${read.join(", ")}]`, third)),
      ...["Z[X]", "Z[Y]", "Z[X, Y]"].map((code) => keep("gaussian", ["X", code], third)),
    ],
  ),
  codes(
    "a part of a mixture of three",
    `latent Z : gaussian(3) from X, Y, A by moe
     compress I(X, Y, A; Z[X, A])
     keep I(A; Z[X, Y]) by infonce(critic = separable)
     network critic A, Z = mlp(6)`,
    { Z: gaussian(["X", "Y", "A"], { fusion: "moe" }) },
    [
      rate("X", "Z[X]", half),
      rate("A", "Z[A]", half),
      keep("infonce", ["A", "Z[X, Y]"], { critic: { kind: "separable" } }),
    ],
    { X, Y, A },
  ),
  codes(
    "a mixture with a private code drawn from its prior",
    `latent Z : gaussian(3) from X, Y by moe
     latent W : gaussian(3) from Y
     compress I(X, Y; Z)
     compress I(Y; W)
     keep I(Y; Z[Y], W)
     keep I(Y; Z[X], W[])`,
    { Z: gaussian(["X", "Y"], { fusion: "moe" }), W: gaussian(["Y"]) },
    [
      rate("X", "Z[X]", half),
      rate("Y", "Z[Y]", half),
      rate("Y", "W"),
      keep("gaussian", ["Y", ["Z[Y]", "W"]]),
      keep("gaussian", ["Y", ["Z[X]", "W[]"]]),
    ],
  ),
];

const priors: Case[] = [
  codes(
    "a prior that is a mixture",
    `latent Z : gaussian(3) from X
     prior Z = mixture(4)
     compress I(X; Z)
     keep w * I(X; Z)`,
    { Z: gaussian(["X"], { prior: "mixture" }) },
    [rate("X", "Z"), keep("gaussian", ["X", "Z"], { weight: 0.4 })],
    { X },
  ),
  codes(
    "a prior of pseudo-inputs",
    `latent Z : gaussian(3) from X, Y by poe
     prior Z = vamp(5)
     compress I(X, Y; Z)
     keep I(Y; Z)
     keep I(X; Z[])`,
    { Z: gaussian(["X", "Y"], { fusion: "poe", prior: "vamp" }) },
    [rate(["X", "Y"], "Z"), keep("gaussian", ["Y", "Z"]), keep("gaussian", ["X", "Z[]"])],
  ),
  codes(
    "pseudo-inputs of a mixture",
    `latent Z : gaussian(3) from X, Y by moe
     prior Z = vamp(2)
     compress I(X, Y; Z)
     keep I(Y; Z[X])`,
    { Z: gaussian(["X", "Y"], { fusion: "moe", prior: "vamp" }) },
    [rate("X", "Z[X]", half), rate("Y", "Z[Y]", half), keep("gaussian", ["Y", "Z[X]"])],
  ),
  codes(
    "a prior made from an observed condition",
    `latent Z : gaussian(3) from X
     prior Z = from Y
     compress I(X; Z | Y) by conditional(prior)
     keep w * I(X; Z)`,
    { Z: gaussian(["X"], { prior: { from: ["Y"] } }) },
    [
      {
        side: "compress",
        kind: "conditional",
        args: ["X", "Z"],
        given: "prior Z",
        name: "compress I(X; Z | Y)",
      },
      keep("gaussian", ["X", "Z"], { weight: 0.4 }),
    ],
  ),
];

const levels: Case[] = [
  codes(
    "two levels, the upper given to the lower",
    `latent Z2 : gaussian(2) from X
     latent Z1 : gaussian(3) from X, Y by poe given Z2
     prior Z1 = from Z2
     compress I(X, Y; Z1, Z2)
     keep I(X; Z1, Z2)`,
    {
      Z2: gaussian(["X"], { size: 2 }),
      Z1: gaussian(["X", "Y"], { fusion: "poe", given: ["Z2"], prior: { from: ["Z2"] } }),
    },
    [rate(["X", "Y"], "Z1"), rate("X", "Z2"), keep("gaussian", ["X", ["Z1", "Z2"]])],
  ),
  codes(
    "two levels, the upper inferred from the lower",
    `latent Z1 : gaussian(3) from X
     latent Z2 : gaussian(2) from Z1
     prior Z1 = from Z2
     compress I(X; Z1)
     compress I(X; Z2)
     keep I(X; Z1)`,
    {
      Z1: gaussian(["X"], { prior: { from: ["Z2"] }, below: true }),
      Z2: gaussian(["Z1"], { size: 2 }),
    },
    [rate("X", "Z1"), rate("X", "Z2"), keep("gaussian", ["X", "Z1"])],
    { X },
  ),
];

const target = (mode: string, nats: number, each = ""): Case =>
  codes(
    `a rate ${mode} ${nats} nats ${each}`.trim(),
    `latent Z : gaussian(3) from X
     compress 2 * I(X; Z) ${mode} ${nats} ${each}
     keep w * I(X; Z)`,
    { Z: gaussian(["X"]) },
    [
      rate("X", "Z", { weight: 2, target: [`${mode} ${each}`.trim(), nats] }),
      keep("gaussian", ["X", "Z"], { weight: 0.4 }),
    ],
    { X },
  );

/** The rate there is about 1.6 nats. */
const targets: Case[] = [
  target("at", 5),
  target("at", 0.5),
  target("below", 0.5),
  target("floor", 0.5),
  target("floor", 5),
  target("floor", 2.7, "each"),
  codes(
    "free nats of each coordinate against a learned prior",
    `latent Z : gaussian(3) from X
     prior Z = learned
     compress 2 * I(X; Z) floor 2.3 each
     keep w * I(X; Z)`,
    { Z: gaussian(["X"], { prior: "learned" }) },
    [
      rate("X", "Z", { weight: 2, target: ["floor each", 2.3] }),
      keep("gaussian", ["X", "Z"], { weight: 0.4 }),
    ],
    { X },
  ),
];

const several: Case[] = [
  codes(
    "two codes of one encoder",
    `latent Za : gaussian(3) from A
     latent Zb : gaussian(3) from B
     share Za, Zb
     compress I(A; Za)
     compress I(B; Zb)
     keep I(A; Za)
     keep I(B; Zb)`,
    { Za: gaussian(["A"]), Zb: gaussian(["B"], { encoder: "Za" }) },
    [rate("A", "Za"), rate("B", "Zb"), keep("gaussian", ["A", "Za"]), keep("gaussian", ["B", "Zb"])],
    { A, B: A },
  ),
  codes(
    "every subset, and some drawn",
    `latent Z : gaussian(3) from X, Y by poe
     compress I(X, Y; Z)
     each S in subsets(X, Y): compress w * I(S; Z[S])
     each T in sample(subsets(X, Y), 2): keep I(X; Z[T])`,
    { Z: gaussian(["X", "Y"], { fusion: "poe" }) },
    [
      rate(["X", "Y"], "Z"),
      rate("X", "Z[X]", { weight: 0.4 }),
      rate("Y", "Z[Y]", { weight: 0.4 }),
      rate(["X", "Y"], "Z", { weight: 0.4, name: "compress I(X, Y; Z) (2)" }),
      keep("gaussian", ["X", "Z[X]"], { drawn: ["T.2", 0] }),
      keep("gaussian", ["X", "Z[Y]"], { drawn: ["T.2", 1] }),
      keep("gaussian", ["X", "Z"], { drawn: ["T.2", 2] }),
    ],
  ),
];

const fixedCodes: Case[] = [
  codes(
    "a frozen code beside a trained one, and its trained prior",
    `latent Zx : gaussian(3) from X frozen
     latent Zy : gaussian(3) from Y
     prior Zx = learned
     compress I(X; Zx)
     compress I(Y; Zy)
     keep I(Zx; Zy) by infonce
     keep w * I(X; Zx)
     keep w * I(Y; Zy)`,
    { Zx: gaussian(["X"], { prior: "learned", frozen: true }), Zy: gaussian(["Y"]) },
    [
      rate("X", "Zx"),
      rate("Y", "Zy"),
      keep("infonce", ["Zx", "Zy"]),
      keep("gaussian", ["X", "Zx"], { weight: 0.4 }),
      keep("gaussian", ["Y", "Zy"], { weight: 0.4 }),
    ],
  ),
  codes(
    "frozen experts with powers, which a trained code reads",
    `latent Z : gaussian(3) from X, Y by poe(weights = learned) frozen
     latent W : gaussian(2) from Z
     compress I(Z; W)
     keep I(X; W)
     keep I(Y; Z)`,
    {
      Z: gaussian(["X", "Y"], { fusion: "poe-weighed", frozen: true }),
      W: gaussian(["Z"], { size: 2 }),
    },
    [rate("Z", "W"), keep("gaussian", ["X", "W"]), keep("gaussian", ["Y", "Z"])],
  ),
];

const video = codes(
  "a video",
  `modality V : video(2, 2, 3)
   network encoder V = mlp(5)
   network decoder V = mlp(5)
   latent Z : gaussian(3) from V
   compress I(V; Z)
   keep I(V; Z)`,
  { Z: gaussian(["V"]) },
  [rate("V", "Z"), keep("gaussian", ["V", "Z"])],
  { V: { kind: "image", shape: [4, 3] } },
);

export const codeCases: readonly Case[] = [
  ...fusions,
  ...priors,
  ...levels,
  ...targets,
  ...several,
  ...fixedCodes,
  video,
];
