import assert from "node:assert/strict";
import { test } from "node:test";
import { vocabulary } from "../../core/language/vocabulary";
import { analyse } from "../../core/theory/analyse";

/** What the examples of the vocabulary speak of. */
const declarations: Record<string, string> = {
  X: "modality X : image(2, 2)",
  Y: "modality Y : vector(4)",
  S: "modality S : signal(30, 2)",
  A: "modality A : vector(3)",
  B: "modality B : vector(2)",
  T: "modality T : text(3, 5)",
  Zt: "latent Zt : gaussian(2) from T",
  L: "target L : label(3)",
  angle: "observe angle : scalar",
  Z: "latent Z : gaussian(2) from X, Y by poe",
  Z1: "latent Z1 : gaussian(2) from X",
  Z2: "latent Z2 : gaussian(2) from X",
  Zx: "latent Zx : gaussian(2) from X",
  Zy: "latent Zy : gaussian(2) from Y",
  W: "latent W : gaussian(2) from X",
  C: "latent C : categorical(4) from X",
  beta: "knob beta = 1",
  g: "knob g = 1",
  w: "knob w = 1",
};

const inSpecs = Object.values(vocabulary)
  .flat()
  .filter(({ category, example }) => category !== "file" && !example.startsWith("spec"))
  // `drop` needs a spec to extend; it is tested with extension.
  .filter(({ word }) => word !== "drop");

for (const { category, word, example } of inSpecs) {
  test(`${category} ${word} is derived`, () => {
    const own = /^(?:modality|target|observe|latent|knob)\s+(\w+)/.exec(example)?.[1];
    const lines = Object.keys(declarations).filter((name) => name !== own);
    const text = `spec A {\n${lines.map((name) => declarations[name]).join("\n")}\n${example}\ncompress I(X; Zx)\nkeep I(X; Zx)\n}`;
    const start = text.indexOf(example);
    const told = analyse(text).diagnostics.filter(
      ({ range, severity }) =>
        severity === "error" && range.start >= start && range.start < start + example.length,
    );
    const codes = told.map(({ code }) => code);
    assert.deepEqual(codes, [], told.map(({ message }) => message).join("\n"));
  });
}
