// Writes docs/manual from the code's own descriptions: `node scripts/manual.mjs`. With --check, only says whether the
// pages are fresh (exit code 1 when they are not).
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { register } from "tsx/esm/api";
import { root } from "./setup.mjs";

register();
const { manualPages } = await import("./manual/pages.ts");
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

if (process.argv.includes("--check")) {
  for (const name of [...stale, ...changed.map(([page]) => page)])
    console.error(`docs/manual/${name} is stale; run \`node scripts/manual.mjs\``);
  process.exitCode = stale.length + changed.length > 0 ? 1 : 0;
} else {
  for (const name of stale) rmSync(join(folder, name));
  for (const [name, text] of changed) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
