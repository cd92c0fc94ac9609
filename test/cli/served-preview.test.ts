/** What `preview --serve` opens as its file changes, between a trainer and a reader that are this test. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ServedPreview } from "../../cli/served-preview";
import { readSource, type Source } from "../../cli/source";
import { createStyle } from "../../cli/terminal";
import type { ToHost } from "../../core/train/protocol";

const spec = (weight: number): string =>
  `spec S { modality X : vector(4) latent Z : gaussian(2) from X keep ${weight} * I(X; Z) }\n`;

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(holds());
}

test("a text that is read slowly is not opened after a newer one", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "served-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "a.bottleneck");
  writeFileSync(file, spec(1));
  const source = await readSource(file);
  const asked: ToHost[] = [];
  const reads: ((source: Source) => void)[] = [];
  const preview = new ServedPreview(
    {
      source,
      open: { uri: source.origin.location, text: source.text, uses: {} },
      startTrainer: () => ({
        channel: { send: (one) => asked.push(one), listen: () => () => undefined, close: () => undefined },
        ended: new Promise(() => undefined),
        stop: () => undefined,
      }),
      terminal: {
        out: () => undefined,
        err: () => undefined,
        style: createStyle(false),
        interactive: false,
        columns: 100,
      } as never,
    },
    () => new Promise((resolve) => reads.push(resolve)),
  );
  t.after(() => preview.stop());
  preview.start();
  const opened = (): string[] => asked.flatMap((one) => (one.kind === "open" ? [one.text] : []));
  await until(() => opened().length === 1);
  writeFileSync(file, spec(2));
  await until(() => reads.length === 1);
  writeFileSync(file, spec(3));
  // Long enough for the second change to be seen.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const read = (weight: number): Source => ({ ...source, text: spec(weight) });
  // The newer one would be read first, were it asked for already.
  reads[1]?.(read(3));
  await new Promise((resolve) => setTimeout(resolve, 20));
  reads[0]!(read(2));
  await until(() => reads.length === 2);
  reads[1]!(read(3));
  await until(() => opened().at(-1) === spec(3));
  assert.deepEqual(opened(), [spec(1), spec(2), spec(3)]);
});
