/** A session as a host would send it: DVSIB on two views, four stages of a run. */
import type { FromHost, MeasuredValue, SpecSummary, TermSummary, Verdict } from "../../core/train/protocol";
import { PROTOCOL_VERSION } from "../../core/train/protocol";
import { graphSvg } from "../../core/views/svg";
import type { Graph } from "../../core/theory/derivation/graph";

const nodes: Graph["nodes"] = [
  { name: "X", kind: "modality" },
  { name: "Y", kind: "modality" },
  { name: "Zx", kind: "latent" },
  { name: "Zy", kind: "latent" },
];
const encoders: Graph = {
  nodes,
  edges: [
    { from: "X", to: "Zx", term: "compress I(X; Zx)" },
    { from: "Y", to: "Zy", term: "compress I(Y; Zy)" },
  ],
};
const decoders: Graph = {
  nodes,
  edges: [
    { from: "Zx", to: "X", term: "keep I(X; Zx)" },
    { from: "Zy", to: "Y", term: "keep I(Y; Zy)" },
    { from: "Zx", to: "Zy", term: "keep I(Zx; Zy)", symmetric: true },
  ],
};

const term = (
  id: string,
  side: TermSummary["side"],
  bound: string,
  boundSide: TermSummary["boundSide"],
  weightText: string,
  weight: number,
  reads: string,
): TermSummary => {
  const text = id.trim();
  const [left, right] = text.slice(2, -1).split("; ") as [string, string];
  return {
    id,
    side,
    text,
    left: left.split(", "),
    right: right.split(", "),
    given: [],
    bound,
    boundSide,
    formula: `${bound}(${left}, ${right})`,
    weightText,
    weight,
    weightAtEnd: weight,
    reads,
    ...(reads === "information minus entropy" ? { entropy: { of: left } } : {}),
    reason: "the default of its kind",
  };
};

export const summary: SpecSummary = {
  identity: { program: "5ca1e", data: "d1915" },
  name: "NoisyDigits",
  title: "What do two noisy views of one digit share?",
  loss: "L = KL(q(zx|x) ‖ r) + KL(q(zy|y) ‖ r) − β·[ InfoNCE(Zx; Zy) + w·log p(x|zx) + w·log p(y|zy) ]",
  shortLoss: "L = R(Zx) + R(Zy) − β[NCE(Zx; Zy) + w(D(X; Zx) + D(Y; Zy))]",
  method: "DVSIB, InfoNCE instead of MINE",
  terms: [
    term("I(X; Zx)", "compress", "kl", "upper", "1", 1, "rate"),
    term("I(Y; Zy)", "compress", "kl", "upper", "1", 1, "rate"),
    term("I(Zx; Zy)", "keep", "infonce", "lower", "−β", -32, "information"),
    term("I(X; Zx) ", "keep", "gaussian", "lower", "−β·w", -0.64, "information minus entropy"),
    term("I(Y; Zy) ", "keep", "gaussian", "lower", "−β·w", -0.64, "information minus entropy"),
  ],
  streams: [
    { name: "X", role: "modality", kind: "image", sizes: [28, 28] },
    { name: "Y", role: "modality", kind: "image", sizes: [28, 28] },
    { name: "digit", role: "observe", kind: "label", sizes: [10] },
    { name: "angle", role: "observe", kind: "scalar", sizes: [] },
  ],
  latents: [
    { name: "Zx", law: "gaussian", deterministic: false, size: 8, from: ["X"] },
    { name: "Zy", law: "gaussian", deterministic: false, size: 8, from: ["Y"] },
  ],
  knobs: [
    { name: "beta", value: 32, from: 0.1, to: 1024, log: true },
    { name: "w", value: 0.02, from: 0.001, to: 1, log: true },
  ],
  derivation: {
    latex:
      "\\mathcal{L} = D_{\\mathrm{KL}}\\left(q(z_{x} \\mid x) \\,\\|\\, r(z_{x})\\right) - \\beta \\left[ I_{\\mathrm{NCE}}(Z_{x}; Z_{y}) \\right]",
    encoderGraph: graphSvg(encoders, "Encoder graph"),
    decoderGraph: graphSvg(decoders, "Decoder graph"),
    steps: [
      {
        title: "What the encoders pay for",
        text: "Each compressed term is information that a code takes in.",
        formula: "I(X; Zx) + I(Y; Zy)",
      },
      {
        title: "compress I(X; Zx) by kl",
        text: "Rate: I(X; Zx) is at most the mean divergence of the code from its prior.",
        formula: "KL(q(zx|x) ‖ r(zx))",
        latex:
          "\\frac{1}{N} \\sum_{i=1}^{N} D_{\\mathrm{KL}}\\left(q(z_{x} \\mid x_i) \\,\\|\\, r(z_{x})\\right)",
        proof: {
          lead: "This holds because",
          by: "Gibbs' inequality: the divergence of the codes over all data from the prior is dropped.",
          formula: "I(X; Zx) = ⟨KL(q(zx|x) ‖ r(zx))⟩ − KL(q(zx) ‖ r(zx)) ≤ ⟨KL(q(zx|x) ‖ r(zx))⟩",
          latex:
            "I(X; {Z_{x}}) = \\langle D_{\\mathrm{KL}}(q({z_{x}} \\mid x) \\,\\|\\, r({z_{x}})) \\rangle - D_{\\mathrm{KL}}(q({z_{x}}) \\,\\|\\, r({z_{x}})) \\le \\langle D_{\\mathrm{KL}}(q({z_{x}} \\mid x) \\,\\|\\, r({z_{x}})) \\rangle",
        },
        facts: [
          { name: "Side", text: "an upper bound" },
          { name: "Gap", text: "It vanishes when the codes, over all data, are spread as the prior." },
          { name: "Source", text: "Kingma and Welling 2014, appendix B" },
        ],
      },
    ],
  },
  findings: [],
  executor: "wasm, relaxed SIMD, 2 threads",
  parameters: 472_112,
  samples: { train: 8000, validation: 1000, test: 1000 },
  steps: 620,
  epochs: 10,
  unit: "epochs",
};

/** A ring for a picture: enough to see that pictures are drawn, and where. */
function rings(count: number, soft: boolean): Uint8Array {
  const bytes = new Uint8Array(count * 28 * 28);
  for (let sample = 0; sample < count; sample++)
    for (let y = 0; y < 28; y++)
      for (let x = 0; x < 28; x++) {
        const distance = Math.abs(Math.hypot(x - 13.5, y - 13.5) - 6 - sample / 2);
        bytes[(sample * 28 + y) * 28 + x] = Math.max(0, 255 - distance * (soft ? 70 : 160));
      }
  return bytes;
}

const approach = (end: number, step: number, speed = 120): number => end * (1 - Math.exp(-step / speed));

const rates = (scale: number): number[] =>
  [2.1, 1.7, 1.3, 0.9, 0.6, 0.2, 0.004, 0.002].map((rate) => rate * scale);

const valuesAt = (step: number): Record<string, number> => ({
  "I(X; Zx)": approach(6.8, step) + 0.1 * Math.sin(step),
  "I(Y; Zy)": approach(5.9, step) + 0.1 * Math.cos(step),
  "I(Zx; Zy)": approach(1.93, step, 180) + 0.03 * Math.sin(3 * step),
  "I(X; Zx) ": -738 - 24 * Math.exp(-step / 90),
  "I(Y; Zy) ": -742 - 30 * Math.exp(-step / 90),
});

/** The messages of a run up to `step`. */
export function session(step = 620, generation = 1): FromHost[] {
  const points = [];
  for (let at = 5; at <= step; at += 5) {
    const terms = valuesAt(at);
    points.push({
      step: at,
      total: 500 - at / 4,
      terms,
      ...(at % 60 === 0 ? { heldOut: { total: 500 - at / 4, terms: valuesAt(at - 20) } } : {}),
    });
  }
  const probe = (id: string, factor: string, code: string, value: number, chance: number): MeasuredValue => ({
    id,
    factor,
    code,
    value,
    low: value - 0.025,
    high: value + 0.025,
    unit: chance === 0 ? "R2" : "share",
    chance,
  });
  /** So many of 100 rows of each class named right, the others as the next class. */
  const confusion = (classes: number, right: number): number[][] =>
    Array.from({ length: classes }, (_, k) =>
      Array.from({ length: classes }, (__, named) =>
        named === k ? right : named === (k + 1) % classes ? 100 - right : 0,
      ),
    );
  const between = (
    id: string,
    factor: string,
    [low, value, high]: [number, number, number | null],
    code?: string,
  ): MeasuredValue => ({ id, factor, ...(code && { code }), value, low, high, unit: "nats" });
  const verdict = (code: string, factor: string, told: Verdict["verdict"]): Verdict => ({
    code,
    factor,
    verdict: told,
  });
  return [
    {
      kind: "welcome",
      protocol: PROTOCOL_VERSION,
    },
    { kind: "opened", generation, summary, restarted: true },
    {
      kind: "executors",
      generation,
      executors: [
        {
          name: "wasm",
          available: true,
          detail: "own kernels, relaxed SIMD",
          used: true,
          milliseconds: 14.2,
        },
        { name: "tfjs", available: true, detail: "tfjs, native library 4.22.0", milliseconds: 31 },
        { name: "webgpu", available: false, detail: "webgpu is not installed" },
      ],
    },
    {
      kind: "samples",
      generation,
      step,
      samples: ["X", "Y"].map((stream) => ({
        kind: "pictures" as const,
        stream,
        count: 8,
        height: 28,
        width: 28,
        channels: 1 as const,
        original: rings(8, false),
        reconstruction: rings(8, true),
      })),
    },
    { kind: "phase", generation, phase: step < 620 ? "training" : "finished" },
    {
      kind: "progress",
      generation,
      step,
      steps: 620,
      epoch: Math.ceil(step / 62),
      epochs: 10,
      millisecondsPerStep: 14.2,
      secondsLeft: (620 - step) * 0.0142,
      weights: Object.fromEntries(summary.terms.map(({ id, weight }) => [id, weight])),
    },
    { kind: "points", generation, points },
    { kind: "rates", generation, step, rates: { Zx: rates(1), Zy: rates(0.85) } },
    {
      kind: "measurements",
      generation,
      step,
      measurements: [
        probe("accuracy", "digit", "Zx", 0.83, 0.1),
        probe("accuracy", "digit", "Zy", 0.81, 0.1),
        probe("accuracy-of-mean", "digit", "Zx", 0.87, 0.1),
        probe("accuracy-of-mean", "digit", "Zy", 0.84, 0.1),
        probe("r2", "angle", "Zx", 0.05, 0),
        probe("r2", "angle", "Zy", 0.01, 0),
        probe("r2-of-mean", "angle", "Zx", 0.06, 0),
        probe("r2-of-mean", "angle", "Zy", 0.02, 0),
        between("information", "digit", [1.51, 1.57, 1.85], "Zx"),
        between("information", "digit", [1.35, 1.41, 1.62], "Zy"),
        between("information", "angle", [0, 0.02, 7.19], "Zx"),
        between("information", "angle", [0, 0, null], "Zy"),
        between("information-lost", "digit", [0.39, 0.45, 0.5], "Zx"),
        between("information-lost", "digit", [0.24, 0.29, 0.33], "Zy"),
        between("information-of-all", "digit", [1.81, 1.86, 2.22]),
        between("information-of-streams", "digit", [2.26, 2.28, 2.3]),
        between("information-of-streams", "angle", [1.1, 1.2, null]),
        between("information-discarded", "digit", [0.04, 0.42, 0.49]),
        between("information-discarded", "angle", [0, 0.02, null]),
      ],
    },
    {
      kind: "verdicts",
      generation,
      step,
      confusions: ["Zx", "Zy"].map((code) => ({ code, factor: "digit", counts: confusion(10, 83) })),
      sentence: "digit: Zx 0.83, Zy 0.81, chance 0.10. angle: Zx 0.05, Zy 0.01, chance 0.",
      verdicts: [
        verdict("Zx", "digit", "keeps"),
        verdict("Zy", "digit", "keeps"),
        verdict("Zx", "angle", "drops"),
        verdict("Zy", "angle", "drops"),
      ],
    },
    {
      kind: "finding",
      generation,
      step,
      finding: {
        code: "near-ceiling",
        severity: "warning",
        message: "I(Zx; Zy) by infonce reads 1.93 of at most log N = 4.85 nats.",
        fix: { kind: "setting", name: "batch", value: 512 },
      },
    },
  ];
}
