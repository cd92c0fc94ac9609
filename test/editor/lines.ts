/** What the editors' tests share: the lines of the manual's page, and a machine on which the server is installed. */
import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inSpec } from "../services/fixture";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(join(root, "docs", "manual", "editors.md"), "utf8");

/** A text with a bound on the wrong side and spaces that formatting takes away. */
export const wrongSide = inSpec(
  "modality X : vector(4)",
  "latent Z : gaussian(2) from X",
  "compress I(X; Z) by infonce",
  "keep   I(X; Z)",
);

/** The lines under a heading of the page, as a person copies them. */
export function linesUnder(heading: string): string {
  const [, section] = page.split(`\n## ${heading}\n`);
  const [, lines] = /\n```\w+\n([^]*?)\n```/.exec(section?.split("\n## ")[0] ?? "") ?? [];
  assert.ok(lines, `docs/manual/editors.md has no lines under ${heading}`);
  return lines;
}

/** Every block of lines in a language. */
export const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\\n\`\`\`${language}\\n([^]*?)\\n\`\`\``, "g"))].map(([, lines]) => lines!);

/** A folder with a file, and an environment in which the server is installed as the page says. */
export function machine(file: string, text: string): { folder: string; env: NodeJS.ProcessEnv } {
  const server = join(root, "dist", "server", "node.js");
  assert.ok(existsSync(server), "dist/server/node.js is missing: run `npm run build`");
  chmodSync(server, 0o755);
  const folder = mkdtempSync(join(tmpdir(), "bottleneck-editor-"));
  mkdirSync(join(folder, "bin"));
  symlinkSync(server, join(folder, "bin", "bottleneck-language-server"));
  writeFileSync(join(folder, file), text);
  const home = { HOME: folder, XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder, XDG_DATA_HOME: folder };
  const path = [join(folder, "bin"), process.env["PATH"]].join(delimiter);
  return { folder, env: { ...process.env, ...home, PATH: path } };
}
