// Bundles core/export/project/python/**/*.py into core/export/project/generated.ts, which is committed. With --check, only
// says whether that file is fresh (exit code 1 when it is not).
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "core", "export", "project");
const target = join(folder, "generated.ts");
const escape = (text) => text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");

const place = (name) => (name === "train.py" ? 0 : name.split("/").length);
const names = readdirSync(join(folder, "python"), { recursive: true })
  .filter((name) => name.endsWith(".py"))
  .map((name) => name.replaceAll("\\", "/"))
  // `train.py` first: it is what a person opens.
  .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
const entries = names.map(
  (name) => `  ${JSON.stringify(name)}: \`${escape(readFileSync(join(folder, "python", name), "utf8"))}\`,\n`,
);
const text = `/** Made by \`node scripts/project.mjs\` from the files in \`python\`: those of a project that are the same for every spec. */
export const projectTexts: Readonly<Record<string, string>> = {
${entries.join("")}};
`;

if (process.argv.includes("--check")) {
  const fresh = readFileSync(target, "utf8") === text;
  if (!fresh) console.error("core/export/project/generated.ts is stale; run `node scripts/project.mjs`");
  process.exitCode = fresh ? 0 : 1;
} else {
  writeFileSync(target, text);
}
