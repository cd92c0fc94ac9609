/** Pages of measured results are as new as what they were made from. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { bounds } from "../../core/theory/bounds/index";
import { plain } from "../../core/train/executors/wasm/generated";
import { codeOf, isStale, pageScripts } from "../../scripts/pages";
import * as methods from "../verify/catalogue";
import { exceptions } from "../verify/catalogue/exceptions";

const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const textOf = (page: string): string =>
  existsSync(`${root}/${page}`) ? readFileSync(`${root}/${page}`, "utf8") : "";

for (const script of pageScripts(root))
  test(`the page of test/verify/${script}.ts is not stale`, async () => {
    const { page } = (await import(`../verify/${script}.ts`)) as { page: string };
    assert.ok(
      !(await isStale(root, script, page)),
      `${page} is older than what made it: run \`npm run verify -- ${script}\``,
    );
  });

test("a page's mark follows what its script does, through all that it imports, and nothing else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bottleneck-pages-"));
  const codeWith = async (used: string, script = ""): Promise<string> => {
    writeFileSync(join(folder, "used.ts"), used);
    writeFileSync(
      join(folder, "page.ts"),
      `import { one } from "./used";\nexport const write = () => one(2);\n${script}`,
    );
    return codeOf(join(folder, "page.ts"));
  };
  try {
    mkdirSync(join(folder, "core"));
    const code = await codeWith("export const one = (x: number): number => x + 1;");
    assert.equal(
      await codeWith(
        "/** Adds. */\nexport interface Sum { of: number }\nexport const one = (x: number): number =>\n  x + 1;\nexport const two = 2;",
        "// A remark.\n",
      ),
      code,
    );
    assert.notEqual(await codeWith("export const one = (x: number): number => x + 2;"), code);
    const inCore = (text: string): Promise<string> => {
      writeFileSync(join(folder, "core/said.ts"), `export const said = (n: number): string => ${text};`);
      return codeWith('export { said as one } from "./core/said";');
    };
    const worded = await inCore("`There are ${n} rows of data.`");
    assert.equal(await inCore("`This data has ${n} rows in all.`"), worded);
    assert.notEqual(await inCore("`This data has ${n + 1} rows in all.`"), worded);
    const keyed = await inCore('"held-out " + n');
    assert.notEqual(await inCore('"training " + n'), keyed);
    const spec = await inCore("`spec A {\n  keep I(X; Z)\n}${n}`");
    assert.notEqual(await inCore("`spec A {\n  keep I(Y; Z)\n}${n}`"), spec);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the pages are made from the trainer, the kernels, the bounds and the catalogue", async () => {
  const { text } = catalogue()[0]!;
  const [line] = text.split("\n").filter((one) => one.includes("compress"));
  const code = await codeOf(join(root, "test/verify/catalogue.ts"));
  const { id, gap } = bounds.find((bound) => /^\p{ASCII}+$/u.test(bound.gap))!;
  assert.ok(!code.includes(gap), "a sentence for people is no part of it");
  for (const part of [line!.trim(), `id:"${id}"`, 'phase:"failed"', plain])
    assert.ok(code.includes(part), `not made from ${part.slice(0, 60)}`);
});

test("every method has a measured verdict, and none disagrees with its own words", () => {
  const verdicts = new Map(
    [...textOf(methods.page).matchAll(/^\| \[.*\]\(manual\/methods\/(.*)\.md\) \| (.*) \|$/gm)].map(
      ([, file, verdict]) => [file!, verdict!],
    ),
  );
  for (const { file } of catalogue())
    assert.match(verdicts.get(file) ?? "none", /^agrees/, `${file}: ${verdicts.get(file) ?? "no verdict"}`);
});

test("every exception speaks of a claim that its method makes and that does not hold", () => {
  const text = textOf(methods.page);
  for (const { file, claim, because } of exceptions) {
    const { method } = catalogue().find((entry) => entry.file === file)!;
    const section = text.split(/^## /m).find((part) => part.startsWith(`${method}\n`)) ?? "";
    const line = section.split("\n").find((row) => row.startsWith(`| \`${claim}\` |`)) ?? "";
    assert.match(line, /\| exception: /, `${file}: ${claim}`);
    assert.ok(because.length > 40);
  }
});
