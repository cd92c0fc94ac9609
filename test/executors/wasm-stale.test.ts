/** Kernels that were built from other sources than the program's are refused at start, not trusted to do nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { createWasmExecutor } from "../../core/train/executors/wasm";
import * as fresh from "../../core/train/executors/wasm/generated";

/** The modules with texts in them replaced, one after the other, by others of the same length. */
const withTexts = (...texts: [from: string, to: string][]): string =>
  Object.entries(fresh)
    .map(([name, base64]) => {
      const bytes = Buffer.from(base64, "base64").toString("latin1");
      const changed = texts.reduce((text, [from, to]) => text.replace(from, to), bytes);
      return `export const ${name} = "${Buffer.from(changed, "latin1").toString("base64")}";`;
    })
    .join("\n");

/** Starts the executor over other kernels. */
async function start(generated: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../../core/train/executors/wasm.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "kernels",
        setup: (builder) =>
          builder.onLoad({ filter: /wasm.generated\.ts$/ }, () => ({ contents: generated, loader: "ts" })),
      },
    ],
  });
  const source = Buffer.from(outputFiles[0]!.contents).toString("base64");
  const { createWasmExecutor: create } = (await import(`data:text/javascript;base64,${source}`)) as {
    createWasmExecutor: typeof createWasmExecutor;
  };
  await create({ threads: 1 });
}

test("kernels of these sources start", () => start(withTexts()));

test("kernels that lack an operation are refused, with what to do", async () => {
  const refused = /they lack fold\. Run "npm run build"/;
  await assert.rejects(start(withTexts(["Kind.fold", "Kind.hold"])), refused);
});

test("kernels from before a function of maps are refused", async () => {
  const stale = withTexts(["Elementwise.logGamma", "Elementwise.lowGamma"]);
  await assert.rejects(start(stale), /they lack logGamma/);
});

test("kernels that number operations in another order are refused", async () => {
  const swapped = withTexts(
    ["Elementwise.add", "Elementwise.xxx"],
    ["Elementwise.sub", "Elementwise.add"],
    ["Elementwise.xxx", "Elementwise.sub"],
  );
  await assert.rejects(start(swapped), /number operations differently/);
});
