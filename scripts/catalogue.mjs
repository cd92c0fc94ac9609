// Bundles core/catalogue/*.bottleneck into core/catalogue/generated.ts, which is committed. With --check, only says
// whether that file is fresh (exit code 1 when it is not).
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "core", "catalogue");
const target = join(folder, "generated.ts");
const escape = (text) => text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");

const entries = readdirSync(folder)
  .filter((name) => name.endsWith(".bottleneck"))
  .sort()
  .map((name) => {
    const key = name.slice(0, -".bottleneck".length);
    return `  ${/^\w+$/.test(key) ? key : JSON.stringify(key)}: \`${escape(readFileSync(join(folder, name), "utf8"))}\`,\n`;
  });
const text = `/** Made by \`node scripts/catalogue.mjs\` from the \`.bottleneck\` files beside it. */
export const catalogueTexts: Readonly<Record<string, string>> = {
${entries.join("")}};
`;

if (process.argv.includes("--check")) {
  const fresh = readFileSync(target, "utf8") === text;
  if (!fresh) console.error("core/catalogue/generated.ts is stale; run `node scripts/catalogue.mjs`");
  process.exitCode = fresh ? 0 : 1;
} else {
  writeFileSync(target, text);
}
