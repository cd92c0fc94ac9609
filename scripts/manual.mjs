// Writes docs/manual from the code's own descriptions, and the parts of other files that follow from the lists
// (scripts/manual/parts.ts): `node scripts/manual.mjs`. With --check, only says which are stale (exit code 1 when some are).
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { register } from "tsx/esm/api";
import { buildKernels } from "./kernels.mjs";
import { root } from "./setup.mjs";

await buildKernels();
register();
const { manualPages } = await import("./manual/pages.ts");
const { parts } = await import("./manual/parts.ts");
const folder = join(root, "docs", "manual");
mkdirSync(folder, { recursive: true });
const pages = manualPages();
const present = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".md"));
const stale = present.filter((name) => !pages.has(name));
const changed = [...pages].filter(
  ([name, text]) => !present.includes(name) || readFileSync(join(folder, name), "utf8") !== text,
);
const rewritten = parts
  .map(({ file, write }) => ({ file, old: readFileSync(join(root, file), "utf8"), write }))
  .map(({ file, old, write }) => ({ file, old, text: write(old) }))
  .filter(({ old, text }) => old !== text);

if (process.argv.includes("--check")) {
  const pagesOf = [...stale, ...changed.map(([page]) => page)].map((name) => `docs/manual/${name}`);
  const files = [...pagesOf, ...rewritten.map(({ file }) => file)];
  for (const file of files) console.error(`${file} is stale; run \`node scripts/manual.mjs\``);
  process.exitCode = files.length > 0 ? 1 : 0;
} else {
  for (const name of stale) rmSync(join(folder, name));
  for (const [name, text] of changed) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  for (const { file, text } of rewritten) writeFileSync(join(root, file), text);
}
