/** What can be wrong with the form of a text; the manual's page of each is made from it. */
interface Fault {
  /** Why it is refused and what to do. */
  doc: string;
  /** A file that has it, and the same file without it. */
  example: string;
  fixed: string;
}

const spec = (line: string): string => `spec A {\n  ${line}\n}\n`;

const fault = (doc: string, line: string, fixed: string): Fault => ({
  doc,
  example: spec(line),
  fixed: spec(fixed),
});

export const faults = {
  expected: fault(
    "Something is missing, or there is something else in its place. The message says what was expected; if there is only one way to continue, the fix writes it.",
    "keep I(X Z)",
    "keep I(X; Z)",
  ),
  "misspelled-word": fault(
    "A word is almost a word of the language. The statement is read as if it were spelled correctly.",
    "compres I(X; Z)",
    "compress I(X; Z)",
  ),
  "unknown-statement": fault(
    "Every line of a spec begins with a statement's word, such as `modality`, `latent`, `compress` or `keep`.",
    "maximise I(X; Z)",
    "keep I(X; Z)",
  ),
  "unknown-term": fault(
    "An information term is `I(A; B)`, `I(A; B | C)`, `TC(Z)`, `gap(Z)` or `H(Z)`.",
    "keep information(X; Z)",
    "keep I(X; Z)",
  ),
  "subtracted-term": fault(
    "Terms can only be added. Compress the information that should be small, and keep the information that should be large. The first word of a statement then shows the side of its terms.",
    "keep I(X; Z) - I(S; Z)",
    "keep I(X; Z)\n  compress I(S; Z)",
  ),
  "too-many-sides": fault(
    "Mutual information has two sides. Several variables of one side are separated by commas. For the information that three share, use the total correlation, `TC(A, B, C)`.",
    "keep I(X; Y; Z)",
    "keep I(X, Y; Z)",
  ),
  "repeated-clause": fault(
    "A clause such as `by` or `from` can only be used once in a statement.",
    "keep I(X; Z) by mine by infonce",
    "keep I(X; Z) by infonce",
  ),
  "unknown-modifier": fault(
    "A statement is followed by a word that cannot continue it. The message says which words can, or why the language does not have this one. You can write anything else around the loss that `export --to loss-only` writes.",
    "anneal beta from 1 over 10 epochs sometimes",
    "anneal beta from 1 over 10 epochs",
  ),
  "bad-character": fault(
    "A character has no meaning in a spec. Often it looks like one that has: a multiplication sign for `*`, a dash for `-`, curved quotes for straight ones.",
    "keep 2 × I(X; Z)",
    "keep 2 * I(X; Z)",
  ),
  "bad-number": fault("A number is too large to be represented.", "knob beta = 1e999", "knob beta = 1e9"),
  "unclosed-string": fault(
    "A string begins and ends with a double quote on one line.",
    'data "views.npz',
    'data "views.npz"',
  ),
  "unclosed-brace": {
    doc: "A spec must end with `}`. The error is at the next spec, or at the end of the file.",
    example: "spec A {\n  keep I(X; Z)\n\nspec B {\n}\n",
    fixed: "spec A {\n  keep I(X; Z)\n}\n\nspec B {\n}\n",
  },
  "stray-brace": {
    doc: "A `}` has no matching `{`, or closes a spec before its last statement.",
    example: "spec A {\n  keep I(X; Z)\n}\n}\n",
    fixed: "spec A {\n  keep I(X; Z)\n}\n",
  },
  "outside-spec": {
    doc: "Statements must be inside a spec: write `spec NAME {` above them and `}` below.",
    example: "keep I(X; Z)\n",
    fixed: "spec A {\n  keep I(X; Z)\n}\n",
  },
  misplaced: {
    doc: "`language` must be on the first line of a file, and `use` before the first spec.",
    example: 'spec A {\n}\n\nuse "./other.bottleneck"\n',
    fixed: 'use "./other.bottleneck"\n\nspec A {\n}\n',
  },
  "language-version": {
    doc: "The file needs a version of the language that this program cannot read. A newer version of the program may read it.",
    example: "language 2\n\nspec A {\n}\n",
    fixed: "language 1\n\nspec A {\n}\n",
  },
  "too-deep": {
    doc: "Parentheses, lists or sums are nested more deeply than any loss needs, or the whole text is larger than 1 MB. Such a text is not read further: reading it would stall the editor.",
    example: spec(`knob w = ${"-".repeat(70)}1`),
    fixed: spec("knob w = 1"),
  },
} satisfies Record<string, Fault>;

export type FaultCode = keyof typeof faults;
