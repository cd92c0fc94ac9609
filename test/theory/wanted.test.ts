import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic } from "../../core/language/diagnostic";
import { applyEdits } from "../../core/language/formatter";
import { analyse, type Analysis } from "../../core/theory/analyse";
import { unmet } from "../../core/theory/wants/intents";
import { writeWants } from "../../core/theory/write-wants";
import { Random } from "./rewriting/random";

const spec = (lines: readonly string[]): string =>
  `spec A {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;

const streams = [
  "modality X : image(28, 28)",
  "modality Y : vector(4)",
  "modality sound : audio(30, 40)",
  "target L : label(3)",
  "observe angle : scalar",
];

interface Written {
  text: string;
  left: string[];
  after: Analysis;
}

function write(text: string): Written | undefined {
  const analysis = analyse(text);
  const written = writeWants(analysis, analysis.file.specs[0]!);
  return (
    written && {
      text: applyEdits(text, written.edits),
      left: written.left.map(({ want }) => want),
      after: written.after,
    }
  );
}

const cases: [want: string, ...expected: RegExp[]][] = [
  ["shared(X, Y)", /^ {2}keep I\(Zx; Zy\)$/m],
  ["shared(X, Y) in Z", /^ {2}latent Z : gaussian\(8\) from X, Y by poe\(prior\)$/m, /^ {2}keep I\(Y; Z\)$/m],
  ["shared(X, Y, sound)", /^ {2}keep I\(Zy; Z_sound\)$/m],
  ["shared(X, Y), private(X), forget(angle) in Zx", /^ {2}keep w \* I\(X; Zx, Wx\)$/m],
  ["shared(X, Y) in A1, A2, private(X) in B", /^ {2}keep w \* I\(X; A1, B\)$/m],
  ["shared(X, Y), private(X) in W, forget(angle) in W", /^ {2}separate Zx, W$/m],
  ["reconstruct(X)", /^ {2}keep I\(X; Zx\)$/m],
  ["reconstruct(X), shared(X, Y), forget(angle) in Zx", /^ {2}keep w \* I\(X; Zx, Wx\)$/m],
  [
    "predict(L)",
    /^ {2}latent Z : gaussian\(8\) from X, Y, sound by poe\(prior\)$/m,
    /^ {2}compress I\(X, Y, sound; Z\)$/m,
    /^ {2}keep I\(L; Z\)$/m,
  ],
  ["predict(X)", /^ {2}latent Z : gaussian\(8\) from Y, sound by poe\(prior\)$/m, /^ {2}keep I\(X; Z\)$/m],
  ["private(Y)", /^ {2}keep I\(Y; Wy\)$/m],
  ["shared(X, Y), forget(L) in Zx", /^ {2}compress I\(L; Zx\)$/m],
  ["predict(L), reconstruct(X)", /^ {2}keep I\(L; Zx\)$/m],
];

for (const [want, ...expected] of cases)
  test(`want ${want}: the terms written for it meet it`, () => {
    const written = write(spec([...streams, `want ${want}`]))!;
    for (const line of expected) assert.match(written.text, line);
    assert.deepEqual(written.left, []);
    const found = written.after.diagnostics.filter(
      ({ code, severity }) => code !== "unread-modality" && severity !== "information",
    );
    assert.deepEqual(found, []);
  });

test("what is there is kept and used, and only what is not met is written, each line where its kind is", () => {
  const text = `spec A {
  modality X : vector(20) // what is seen
  modality Y : vector(20)
  target   L : label(3)
  want shared(X, Y), private(X), predict(L)

  latent Zx : gaussian(4) from X // shared
  latent Zy : gaussian(4) from Y
  knob g = 0.1 in 0.01 .. 1

  compress I(X; Zx) // paid
  compress I(Y; Zy)
  keep I(Zx; Zy)

  train { epochs = 3 }
}
`;
  const { text: after, left } = write(text)!;
  assert.deepEqual(left, []);
  assert.equal(
    after,
    text
      .replace("from Y\n", "from Y\n  latent Wx : gaussian(4) from X\n")
      .replace("I(Y; Zy)\n", "I(Y; Zy)\n  compress I(X; Wx)\n")
      .replace("I(Zx; Zy)\n", "I(Zx; Zy)\n  keep I(L; Zx, Zy, Wx)\n  keep g * I(X; Zx, Wx)\n"),
  );
});

test("where every want is met, nothing is written", () => {
  assert.equal(
    write(
      spec([
        ...streams,
        "want predict(L)",
        "latent Z : gaussian(2) from X",
        "compress I(X; Z)",
        "keep I(L; Z)",
      ]),
    ),
    undefined,
  );
});

test("a spec without wants, and wants of what is not declared, write nothing", () => {
  for (const line of ["observe s : scalar", "want shared(P, Q)", "want forget(angle)"])
    assert.equal(write(spec([...streams, line])), undefined, line);
});

test("what cannot be met is said, with the reason", () => {
  const text = spec([...streams, "want shared(X, Y), predict(angle)"]);
  const analysis = analyse(text);
  const { left } = writeWants(analysis, analysis.file.specs[0]!)!;
  assert.deepEqual(
    left.map(({ want }) => want),
    ["predict(angle)"],
  );
  assert.match(left[0]!.reason, /`observe`d/);
});

// --- Any wants, beside any statements ----------------------------------------------------------------------

const codes = ["Z", "Zx", "Zy", "Wx", "A", "B"];

function randomWant(random: Random): string {
  const three = random.shuffled(["X", "Y", "sound"]);
  const wants = [
    `shared(${three.slice(0, 2 + random.below(2)).join(", ")})`,
    `private(${three[0]})`,
    `reconstruct(${three[0]})`,
    "predict(L)",
    `forget(${random.pick(["angle", "L", three[0]!])})`,
  ];
  const named =
    random.below(3) === 0
      ? ` in ${random
          .shuffled(codes)
          .slice(0, 1 + random.below(2))
          .join(", ")}`
      : "";
  return random.pick(wants) + named;
}

function randomText(random: Random): string {
  const some = (lines: string[]): string[] => lines.filter(() => random.below(3) === 0);
  const latents = some([
    "latent Z : gaussian(4) from X, Y by poe",
    "latent Zx : gaussian(3) from X // of X",
    "latent Zy : deterministic(3) from Y",
    "latent Wx : categorical(5) from X",
  ]);
  const has = (name: string): boolean => latents.some((line) => line.includes(` ${name} :`));
  const terms = [
    ...(has("Z") ? some(["compress I(X, Y; Z)", "keep I(X; Z)", "keep I(L; Z) // named"]) : []),
    ...(has("Zx") ? some(["compress I(X; Zx)", "keep 0.5 * I(X; Zx)"]) : []),
    ...(has("Zx") && has("Zy") ? some(["keep I(Zx; Zy)"]) : []),
    ...(has("Wx") ? some(["compress I(X; Wx)", "keep I(X; Wx)"]) : []),
  ];
  const wants = Array.from({ length: 1 + random.below(4) }, () => `want ${randomWant(random)}`);
  return spec([
    ...streams,
    "// what is wanted",
    ...wants,
    ...latents,
    ...some(["knob beta = 2 in 1 .. 8", "knob w = 1 in 0.1 .. 2"]),
    ...terms,
  ]);
}

const errors = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.flatMap(({ severity, message }) => (severity === "error" ? [message] : []));

test("any wants beside any statements: met after the action, or the action names them; no error comes", () => {
  const random = new Random(5);
  let acted = 0;
  let whole = 0;
  for (let i = 0; i < 400; i++) {
    const text = randomText(random);
    const before = analyse(text);
    const written = write(text);
    if (written === undefined) continue;
    acted++;
    const had = new Set(errors(before.diagnostics));
    assert.deepEqual(
      errors(written.after.diagnostics).filter((message) => !had.has(message)),
      [],
      written.text,
    );
    // Every line is still there, in its order.
    const lines = written.text.split("\n");
    let at = 0;
    for (const line of text.split("\n")) {
      at = lines.indexOf(line, at) + 1;
      assert.ok(at > 0, `${line} is gone from\n${written.text}`);
    }
    const [{ spec: resolved, derived, tree }] = written.after.specs as [(typeof written.after.specs)[number]];
    const missed = tree.statements.flatMap((statement) =>
      statement.kind !== "want"
        ? []
        : statement.wants.flatMap(({ range }) => {
            const want = resolved!.wants.find((one) => one.range.start === range.start);
            const met =
              want !== undefined && resolved!.latents.length > 0 && unmet(want, derived!) === undefined;
            return met ? [] : [written.text.slice(range.start, range.end)];
          }),
    );
    assert.deepEqual(missed, written.left, written.text);
    if (missed.length === 0) whole++;
  }
  assert.ok(acted > 250, `only ${acted} of 400 texts had something to write`);
  assert.ok(whole > 0.6 * acted, `${whole} of ${acted} met all`);
});
