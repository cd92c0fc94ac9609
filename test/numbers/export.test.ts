/** The exported files against the float64 executor: same names, loss, terms and gradients; the loss-only file too. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { exportPytorch } from "../../core/export/pytorch/index";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { boundCases } from "./bounds";
import { BATCH, prepareCase } from "./case";
import { codeCases } from "./codes";
import { askExport, exported } from "./exported";
import { arraysOf, assertAgree, compute, prepare, type Prepared } from "./harness";
import { missingCases } from "./missing";
import { networkCases } from "./networks";
import { paper } from "./paper";

const missing = missingCases.map((each) => ({ ...each, id: `${each.id}, missing` }));
const cases = [...paper, ...boundCases, ...codeCases, ...networkCases, ...missing];

/** A stream of every layout; each is read by an encoder, a decoder or both. */
const shaped = `spec S {
  modality P : image(3, 4, 2)
  modality Q : image(3, 4)
  modality A : audio(2, 3)
  modality V : video(2, 3, 4, 2)
  modality W : signal(4, 2)
  modality X : vector(6)
  modality B : scalar
  modality T : text(5, 9)
  target L : label(4)
  missing Q rate 0.3
  latent Z : gaussian(3) from P, Q, A, T, B by poe
  compress I(P, Q, A, T, B; Z)
  keep I(P; Z)
  keep I(Q; Z)
  keep I(V; Z)
  keep I(W; Z)
  keep I(X; Z)
  keep I(L; Z)
}`;

/** Shapes of their samples, and what a file says of any other. */
const shapes: Record<string, { taken: number[][]; refused: number[][]; said: string }> = {
  P: { taken: [[2, 3, 4], [24]], refused: [[3, 4, 2], [25]], said: "[N, 2, 3, 4] or [N, 24]" },
  Q: {
    taken: [[3, 4], [1, 3, 4], [12]],
    refused: [
      [4, 3],
      [3, 4, 3],
    ],
    said: "[N, 3, 4] or [N, 12]",
  },
  A: { taken: [[2, 3], [6]], refused: [[3, 2]], said: "[N, 2, 3] or [N, 6]" },
  V: { taken: [[2, 2, 3, 4], [48]], refused: [[2, 3, 4, 2]], said: "[N, 2, 2, 3, 4] or [N, 48]" },
  W: { taken: [[2, 4]], refused: [[4, 2]], said: "[N, 2, 4] or [N, 8]" },
  X: { taken: [[6], [6, 1]], refused: [[5], [2, 3], []], said: "[N, 6]" },
  B: { taken: [[], [1]], refused: [[2]], said: "[N] or [N, 1]" },
  T: { taken: [[5]], refused: [[6]], said: "[N, 5]" },
  L: { taken: [[], [1]], refused: [[3]], said: "[N] or [N, 4]" },
};

interface HeldFile {
  id: string;
  prepared: Prepared;
  shapes?: typeof shapes;
}

const held: HeldFile[] = [
  ...cases.map((each) => ({ id: each.id, prepared: prepareCase(each) })),
  { id: "shapes of streams", prepared: prepare(shaped, BATCH), shapes },
];

test("no line of an exported file is too long to read", () => {
  for (const { id, prepared } of held)
    for (const lossOnly of [false, true]) {
      const text = exportPytorch(prepared.derived, { lossOnly });
      assert.deepEqual(
        text.split("\n").filter((line) => line.length > 110),
        [],
        id,
      );
    }
});

describe("what an exported file takes", () => {
  const written = (statements: string, lossOnly = false): string =>
    exportPytorch(prepareCase({ id: "", spec: statements, reference: { loss: "", settings: {} } }).derived, {
      lossOnly,
    });
  const mixture = `
    modality X : vector(3)
    modality Y : vector(3)
    latent Z : gaussian(2) from X, Y by moe
    compress I(X, Y; Z)
    keep I(X; Z)
    keep I(Y; Z)`;
  const after = (text: string, start: string): string => text.slice(text.indexOf(start));

  test("a mixture's networks are applied once each", () => {
    const encode = /def encode[^]*?return/.exec(written(mixture))![0];
    assert.equal(encode.match(/self\.encoder\["Z-X"\]\(/g)?.length, 1);
    assert.equal(encode.match(/self\.encoder\["Z-Y"\]\(/g)?.length, 1);
    assert.match(encode, /of Z as a whole its mean, \[N, k\]/);
  });

  test("a loss alone asks for no code that its terms do not read", () => {
    const text = written(mixture, true);
    assert.match(text, /codes: Z\[X\], Z\[Y\]; of each \(mean, log-variance\), \[N, k\] each\./);
    assert.ok(!text.includes('codes["Z"]'));
  });

  test("pictures of several channels have them first", () => {
    const text = written(`
      modality P : image(8, 9, 3)
      modality Q : image(8, 9)
      latent Z : gaussian(2) from P
      compress I(P; Z)
      keep I(P; Z)
      keep I(Q; Z)`);
    assert.match(text, /P: \[N, 3, 8, 9\], channels first, or\s+\[N, 216\];\s+Q: \[N, 8, 9\] or \[N, 72\]\./);
  });

  test("a reconstruction may be told which rows have a stream", () => {
    const text = written(`
      modality X : vector(3)
      modality Y : vector(3)
      missing Y rate 0.3
      latent Z : gaussian(2) from X
      compress I(X; Z | Y)
      keep I(X; Z | Y)`);
    const method = after(text, "def reconstruct");
    assert.match(method, /^def reconstruct\(self, streams, present=None\):/);
    assert.match(method, /all there\s+unless\s+given/);
  });
});

test("a code that is inferred from a sample is inferred from the sample that the terms read", () => {
  const text = `spec S {
    modality X : vector(6)
    latent A : gaussian(3) from X
    latent B : gaussian(2) from A
    prior A = from B
    compress I(X; A)
    compress I(A; B)
    keep I(X; A)
  }`;
  const file = exportPytorch(prepare(text, BATCH).derived, { lossOnly: false });
  const forward = file.slice(file.indexOf("def forward"), file.indexOf("def reconstruct"));
  const [drawn, ...again] = [...forward.matchAll(/"A": torch\.randn/g)];
  assert.deepEqual(again, [], "drawn once");
  assert.ok(drawn!.index < forward.indexOf("self.encode(streams, noise)"), "and handed to the encoders");
});

/** Other values than those in the file. */
const turnedKnobs = ({ derived }: Prepared): Record<string, number> =>
  Object.fromEntries(derived.spec.knobs.map(({ name, value }) => [name, 1.25 * value]));

describe("exported PyTorch", () => {
  let answers: Awaited<ReturnType<typeof askExport>>;
  before(async () => {
    answers = await askExport({
      cases: held.map(({ id, prepared, shapes }) => ({
        id,
        shapes,
        precision: "float64",
        ...exported(prepared.derived, prepared),
        knobs: turnedKnobs(prepared),
      })),
    });
  });
  for (const { id, prepared } of held)
    test(id, async () => {
      const expected = await compute(createReferenceExecutor(), prepared.program, {
        ...arraysOf(prepared),
        ...Object.fromEntries(
          Object.entries(turnedKnobs(prepared)).map(([name, value]) => [
            `knob.${name}`,
            Float64Array.of(value),
          ]),
        ),
      });
      const { whole, lossOnly } = answers.numbers(id);
      assertAgree(whole, expected, 1e-9);
      assertAgree(lossOnly, expected, 1e-9);
    });
});
