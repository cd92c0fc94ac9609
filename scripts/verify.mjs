// The long measurements: `npm run verify`, or `npm run verify -- bounds` for some. Each file of test/verify gives a page of
// docs/, marked with a hash of the sources that made it; `npm test` fails when a page is older than its sources.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { register } from "tsx/esm/api";
import { buildKernels } from "./kernels.mjs";
import { root } from "./setup.mjs";

await buildKernels();
register();
const { markOf } = await import("./pages.ts");
const folder = join(root, "test/verify");
const asked = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -".ts".length))
  .filter((name) => asked.length === 0 || asked.includes(name));
if (names.length === 0) {
  console.error(`Nothing to measure is named ${asked.join(", ")}.`);
  process.exit(2);
}
for (const name of names) {
  const start = performance.now();
  const { page, sources, write } = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  writeFileSync(join(root, page), `${await write()}\n${markOf(root, sources)}`);
  console.log(`${page} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
}
