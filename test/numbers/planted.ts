/** A part of core in a bundle of its own, as it is or with an error planted in one of its files. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const core = fileURLToPath(new URL("../../core/", import.meta.url));

export interface Planted {
  what: string;
  /** From `core`. */
  file: string;
  /** A text of the file and what replaces it, wherever it is. */
  from: string;
  to: string;
  /** Lines before the file, such as an import that the error needs. */
  before?: string;
}

/**
 * @param exported statements of a file in `core`
 * @throws AssertionError where the file no longer has the text that the error replaces
 */
export async function coreWith<T>(exported: string, fault?: Planted): Promise<T> {
  const { outputFiles } = await build({
    stdin: { contents: exported, resolveDir: core, loader: "ts" },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "fault",
        setup(builder) {
          if (fault === undefined) return;
          const file = join(core, fault.file);
          builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            if (path !== file) return undefined;
            const source = readFileSync(path, "utf8");
            assert.ok(
              source.includes(fault.from),
              `${path} no longer holds \`${fault.from}\`: fix the fault`,
            );
            return { contents: (fault.before ?? "") + source.replaceAll(fault.from, fault.to), loader: "ts" };
          });
        },
      },
    ],
  });
  const text = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(`data:text/javascript;base64,${text}`)) as T;
}
