// The long measurements: `npm run verify`, or `npm run verify -- bounds` for some. Each file of test/verify gives a page of
// docs/, marked with a hash of all that made it; `npm test` fails when a page is older than that. `npm run verify -- --stale`
// measures nothing and says which pages are to be measured again (exit code 1 when some are).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { register } from "tsx/esm/api";
import { buildKernels } from "./kernels.mjs";
import { root } from "./setup.mjs";

await buildKernels();
register();
const { isStale, markOf, pageScripts } = await import("./pages.ts");
const asked = process.argv.slice(2).filter((argument) => argument !== "--stale");
const names = pageScripts(root).filter((name) => asked.length === 0 || asked.includes(name));
if (names.length === 0) {
  console.error(`Nothing to measure is named ${asked.join(", ")}.`);
  process.exit(2);
}
for (const name of names) {
  const { page, write } = await import(pathToFileURL(join(root, "test/verify", `${name}.ts`)).href);
  if (process.argv.includes("--stale")) {
    const stale = await isStale(root, name, page);
    console.log(stale ? `${page} is stale: npm run verify -- ${name}` : `${page} is fresh`);
    if (stale) process.exitCode = 1;
    continue;
  }
  const start = performance.now();
  // Of the sources as they are now, whatever becomes of them while this runs.
  const mark = await markOf(root, name);
  writeFileSync(join(root, page), `${await write()}\n${mark}`);
  console.log(`${page} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
}
