import type { Entry, Parameter } from "./entry";

const variables = (doc: string): Parameter => ({ name: "variables", doc, many: true });

export const functionalEntries: readonly Entry[] = [
  {
    word: "I",
    category: "functional",
    doc: "Mutual information: how much one side reveals about the other, optionally given a third.",
    syntax: "I(A, B; C | D)",
    formula: "I(A; B) = E log p(a, b) / (p(a) p(b))",
    units: "nats",
    example: "compress I(X; Z | L)",
  },
  {
    word: "TC",
    category: "functional",
    doc: "Total correlation: how strongly several codes, or the coordinates of one code, depend on each other.",
    parameters: [variables("One code, or several.")],
    formula: "TC(Z) = KL(q(z), ∏ q(zⱼ))",
    units: "nats",
    example: "compress TC(Z) by density-ratio",
  },
  {
    word: "gap",
    category: "functional",
    doc: "The divergence of the codes of all data from the prior; with `each`, summed over coordinates.",
    parameters: [
      variables("A code."),
      { name: "each", doc: "Computes it for each coordinate separately.", optional: true, values: ["each"] },
    ],
    formula: "gap(Z) = KL(q(z), r(z))",
    units: "nats",
    example: "compress gap(Z, each) by mws(samples = 8000)",
  },
  {
    word: "H",
    category: "functional",
    doc: "Entropy of a categorical code. To compress it, give the code a learned prior.",
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
    doc: "The information that the streams share must survive.",
    parameters: [variables("Streams.")],
    example: "want shared(X, Y)",
  },
  {
    word: "private",
    category: "intent",
    doc: "The information that only this stream has must survive.",
    parameters: [variables("A stream.")],
    example: "want private(X)",
  },
  {
    word: "predict",
    category: "intent",
    doc: "The information that predicts this stream must survive.",
    parameters: [variables("A target.")],
    example: "want predict(L)",
  },
  {
    word: "reconstruct",
    category: "intent",
    doc: "It must be possible to reconstruct the stream.",
    parameters: [variables("A stream.")],
    example: "want reconstruct(X)",
  },
  {
    word: "forget",
    category: "intent",
    doc: "Information about this factor must not survive in the codes after `in`. For a modality, this is the information that only it has.",
    parameters: [variables("A factor or a modality.")],
    example: "want forget(angle) in Zx",
  },
];

export const domainEntries: readonly Entry[] = [
  {
    word: "subsets",
    category: "domain",
    doc: "All non-empty subsets of the streams.",
    parameters: [variables("Streams.")],
    example: "each S in subsets(X, Y): keep I(X, Y; Z[S])",
  },
  {
    word: "sample",
    category: "domain",
    doc: "Some of the subsets, a new random choice at each step.",
    parameters: [
      { name: "of", doc: "The subsets to choose from." },
      { name: "count", doc: "Number of subsets per step." },
    ],
    example: "each S in sample(subsets(X, Y), 2): keep I(X, Y; Z[S])",
  },
];
