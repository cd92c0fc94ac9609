import type { Entry, Parameter } from "./entry";

const variables = (doc: string): Parameter => ({ name: "variables", doc, many: true });

export const functionalEntries: readonly Entry[] = [
  {
    word: "I",
    category: "functional",
    doc: "Mutual information: how much knowing one side tells of the other, if need be when a third is known.",
    syntax: "I(A, B; C | D)",
    formula: "I(A; B) = E log p(a, b) / (p(a) p(b))",
    units: "nats",
    example: "compress I(X; Z | L)",
  },
  {
    word: "TC",
    category: "functional",
    doc: "Total correlation: how far several codes, or the coordinates of one, are from independent.",
    parameters: [variables("One code, or several.")],
    formula: "TC(Z) = KL(q(z), ∏ q(zⱼ))",
    units: "nats",
    example: "compress TC(Z) by density-ratio",
  },
  {
    word: "gap",
    category: "functional",
    doc: "How far the codes of all data together are from the prior; with `each`, summed over coordinates.",
    parameters: [
      variables("A code."),
      { name: "each", doc: "Coordinate by coordinate.", optional: true, values: ["each"] },
    ],
    formula: "gap(Z) = KL(q(z), r(z))",
    units: "nats",
    example: "compress gap(Z, each) by mws(samples = 8000)",
  },
  {
    word: "H",
    category: "functional",
    doc: "Entropy of a categorical code; compressed, it needs a learned prior.",
    parameters: [variables("A categorical code.")],
    formula: "H(Z) = −Σ q(z) log q(z)",
    units: "nats",
    example: "keep H(C)",
  },
];

export const intentEntries: readonly Entry[] = [
  {
    word: "shared",
    category: "intent",
    doc: "What the streams have in common must survive.",
    parameters: [variables("Streams.")],
    example: "want shared(X, Y)",
  },
  {
    word: "private",
    category: "intent",
    doc: "What only this stream has must survive.",
    parameters: [variables("A stream.")],
    example: "want private(X)",
  },
  {
    word: "predict",
    category: "intent",
    doc: "What tells of this stream must survive.",
    parameters: [variables("A target.")],
    example: "want predict(L)",
  },
  {
    word: "reconstruct",
    category: "intent",
    doc: "The stream itself must survive.",
    parameters: [variables("A stream.")],
    example: "want reconstruct(X)",
  },
  {
    word: "forget",
    category: "intent",
    doc: "What tells of this factor must not survive, in the codes named after `in`. Of a modality, this is what only that modality tells.",
    parameters: [variables("A factor or a modality.")],
    example: "want forget(angle) in Zx",
  },
];

export const domainEntries: readonly Entry[] = [
  {
    word: "subsets",
    category: "domain",
    doc: "All subsets of the streams but the empty one.",
    parameters: [variables("Streams.")],
    example: "each S in subsets(X, Y): keep I(X, Y; Z[S])",
  },
  {
    word: "sample",
    category: "domain",
    doc: "Some of the subsets, drawn anew at each step.",
    parameters: [
      { name: "of", doc: "The subsets to draw from." },
      { name: "count", doc: "How many are drawn." },
    ],
    example: "each S in sample(subsets(X, Y), 2): keep I(X, Y; Z[S])",
  },
];
