/** Texts that are easy to write and wrong, each standing for a class: what `check` must say of them, and what not. */
import assert from "node:assert/strict";
import test from "node:test";
import { checked } from "./say";

interface Case {
  text: string;
  says: RegExp[];
  never?: RegExp[];
}

const spec = (statements: string): string => `spec Case {
  modality X : vector(6)
  modality Y : vector(6)
  latent A : gaussian(4) from X
  latent B : gaussian(4) from Y
  compress I(X; A)
  compress I(Y; B)
  ${statements}
}
`;
/** Two codes without noise of this width, linked by a bound on batches of so many rows. */
const linked = (bound: string, width: number, batch: number): string => `spec Case {
  modality X : vector(40)
  modality Y : vector(40)
  latent A : deterministic(${width}) from X
  latent B : deterministic(${width}) from Y
  keep I(A; B) by ${bound}
  train { batch = ${batch} }
}
`;

const cases: Record<string, Case> = {
  "correlations of fewer rows than coordinates": {
    text: linked("barlow", 16, 10),
    says: [/^covariance-batch: `barlow` has 10 rows to correlate 16 coordinates.* 0\.316 .*`batch` to 64/],
  },
  "the same by variances and covariances": {
    text: linked("vicreg", 16, 16),
    says: [/^covariance-batch: `vicreg` has 16 rows/],
  },
  "correlations of two rows": {
    text: linked("barlow", 2, 2),
    says: [/^unfit-bound: `barlow` .* 2 are too few: .* by 1 or -1\. Raise `batch` to 3 at least/],
  },
  "correlations of a batch above the width": { text: linked("barlow", 16, 17), says: [/^$/] },
  "an option by the name that its page lists": {
    text: spec("keep I(X; A) by gaussian(scale = learned)\n  keep I(Y; B)"),
    says: [/`scale` of `gaussian` is given without its name\. Write `gaussian\(learned\)`/],
    never: [/does not have an option/],
  },
  "fewer samples than a batch": {
    text: spec("compress TC(A) by mws(samples = 20)\n  keep I(X; A)\n  keep I(Y; B)\n  train { batch = 50 }"),
    says: [/^unfit-bound: `samples` of `mws` is 20, but a batch has 50 rows/],
  },
  "two schedules of one knob": {
    text: spec(
      "knob beta = 4 in 0.1 .. 100 log\n  keep I(X; A)\n  keep I(Y; B)\n  anneal beta from 1 over 2 epochs\n  anneal beta from 9 over 3 epochs",
    ),
    says: [/`beta`/],
  },
  "a schedule that outlasts the training": {
    text: spec(
      "knob beta = 4 in 0.1 .. 100 log\n  keep I(X; A)\n  keep I(Y; B)\n  anneal beta from 1 over 90 epochs\n  train { epochs = 6 }",
    ),
    says: [/^unfinished-schedule: .*beta/],
  },
  "a word of the language's host": {
    text: spec("keep toString(A)\n  keep I(Y; B)"),
    says: [/`toString`/],
    never: [/undefined|function/],
  },
  "a name that is missing": {
    text: "spec Case {\n  modality : vector(6)\n  latent A : gaussian(2) from X\n  compress I(X; A)\n  keep I(X; A)\n}\n",
    says: [/^expected: Expected a name/],
    never: [/\n/],
  },
  "data that no generator has": {
    text: `spec Case {
      data "planted-factors" { sampels = 8 }
      modality X : vector(64)
      latent A : gaussian(2) from X
      compress I(X; A)
      keep I(X; A)
    }`,
    says: [/^unfit-data: .*"planted-factors" does not have an option sampels/],
  },
  "more samples than there can be": {
    text: `spec Case {
      data "planted-factors" { samples = 50000000 }
      modality X : vector(64)
      latent A : gaussian(2) from X
      compress I(X; A)
      keep I(X; A)
    }`,
    says: [/^unfit-data: `samples` = 50000000 is not a whole number from 1 to/],
  },
};

for (const [name, { text, says, never = [] }] of Object.entries(cases))
  test(`check: ${name}`, () => {
    const found = checked(text);
    for (const words of says) assert.match(found, words);
    for (const words of never) assert.doesNotMatch(found, words);
  });
