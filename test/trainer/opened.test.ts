/** What is opened for a person trains as it opens: every method of the periodic table, and the snippet of a first spec. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { withFittingData } from "../../core/data/fitting";
import { analyse } from "../../core/theory/analyse";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import { Trainer } from "../../core/train/trainer";
import { tableSummary } from "../../core/views/table";
import { fileSnippets } from "../../services/completion/snippets";
import { prepared } from "./train";

const clock = {
  now: () => performance.now(),
  defer: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)),
};

/** Losses of one step, of 32 samples; the text without errors first. */
async function lossesOf(text: string): Promise<number[]> {
  const errors = analyse(text).diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors, [], text);
  assert.match(text, /^ {2}data "[\w-]+" \{ samples = 8000, seed = 1 \}$/m);
  const few = text
    .replace("samples = 8000,", "samples = 32, validation = 32, test = 32,")
    .replace(/\}\s*$/, "  train { epochs = 1, batch = 32 }\n}\n");
  const preparation = prepared(few, 1);
  const executor = await createWasmExecutor({ threads: 1 });
  const losses: number[] = [];
  const session = await executor.open(preparation.programs);
  const trainer = new Trainer(preparation, session, executor.description, 1, clock, (said) => {
    if (said.kind === "points") losses.push(...said.points.map(({ total }) => total));
  });
  await trainer.run();
  await trainer.dispose();
  executor.close();
  return losses;
}

test("every method trains as the periodic table opens it", async () => {
  const { methods } = tableSummary();
  assert.equal(methods.length, catalogue().length);
  for (const { method, text } of methods) {
    const losses = await lossesOf(text);
    assert.ok(losses.length > 0 && losses.every(Number.isFinite), `${method}: ${losses.join(", ")}`);
  }
});

test("the snippet of a spec trains as it is inserted", async () => {
  const losses = await lossesOf(fileSnippets["spec"]!.replace(/\$\{\d+:([^}]*)\}/g, "$1"));
  assert.ok(losses.length > 0 && losses.every(Number.isFinite), losses.join());
});

test("streams are declared as the fields that they read, and what the spec does not read is observed", () => {
  const opened = withFittingData(`spec A {
  modality sight : image(16, 16)
  modality X : audio(8, 8) // heard
  target shown : label(10)
  latent Z : gaussian(2) from sight, X
  compress I(sight, X; Z)
  keep I(shown; Z)
}
`);
  assert.equal(
    opened,
    `spec A {
  data "sounding-digits" { samples = 8000, seed = 1 }

  modality sight : image(28, 28) = picture
  modality X : audio(32, 32) = sound // heard
  target shown : label(10) = digit
  observe angle : scalar
  observe speaker : label(6)
  latent Z : gaussian(2) from sight, X
  compress I(sight, X; Z)
  keep I(shown; Z)
}
`,
  );
});

test("a spec that has data, or streams that no generator has, is left as it is", () => {
  const has = 'spec A {\n  data "noisy-digits"\n  modality X : vector(3)\n}\n';
  assert.equal(withFittingData(has), has);
  const none = "spec A {\n  modality X : video(2, 3, 3)\n  modality Y : video(2, 3, 3)\n}\n";
  assert.equal(withFittingData(none), none);
  for (const broken of ["", "spec", "spec A {", "spec A { modality X : }"])
    assert.equal(withFittingData(broken), broken);
});
