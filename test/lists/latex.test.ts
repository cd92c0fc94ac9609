/** LaTeX as it is compiled: what is exported of every method, without an error and without anything beyond the margin. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { bibtex } from "../../core/export/targets/bibtex";
import { latex } from "../../core/export/targets/latex";
import { analyse } from "../../core/theory/analyse";

const missing =
  spawnSync("pdflatex", ["--version"]).status !== 0 && "there is no pdflatex (Debian: texlive-latex-base)";

/** Points by which a line may go beyond its margin: a few letters. */
const LARGEST = 10;

const derivedOf = (text: string) => analyse(text).specs[0]!.derived!;

/** The beginning of a document, and its text without the title and the bibliography. */
function partsOf(text: string, file: string): { head: string; body: string } {
  const { text: tex } = latex.write(derivedOf(text), file)[0]!;
  const [, head, body] =
    /^([^]*)\\begin\{document\}\n\\maketitle\n([^]*?)(?:\\nocite[^]*)?\\end\{document\}\n$/.exec(tex)!;
  return { head: head!, body: body! };
}

/** Runs a program in a folder. @returns what it wrote */
function run(folder: string, program: string, ...args: string[]): string {
  const { status, stdout } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stdout.slice(-3000));
  return stdout;
}

const compile = (folder: string, name: string): string => {
  const more = ["-interaction=nonstopmode", "-halt-on-error"];
  run(folder, "pdflatex", ...more, `${name}.tex`);
  return readFileSync(join(folder, `${name}.log`), "latin1");
};

function within(folder: (path: string) => void): void {
  const path = mkdtempSync(join(tmpdir(), "bottleneck-latex-"));
  try {
    folder(path);
  } finally {
    rmSync(path, { recursive: true });
  }
}

describe("LaTeX is compiled", { skip: missing }, () => {
  test("loss, table and derivation of every method fit their pages", () =>
    within((folder) => {
      const methods = catalogue().map(({ text, file }) => ({ file, ...partsOf(text, file) }));
      const bodies = methods.map(({ file, body }) => `\\section*{${file}}\n${body}`);
      const head = methods[0]!.head.replace(/\\title\{.*\}\n/, "");
      writeFileSync(
        join(folder, "all.tex"),
        `${head}\\begin{document}\n${bodies.join("\\newpage\n")}\\end{document}\n`,
      );
      const log = compile(folder, "all");
      const wide = [...log.matchAll(/^Overfull \\hbox \(([\d.]+)pt too wide\).*$/gm)];
      assert.deepEqual(
        wide.flatMap(([line, points]) => (Number(points) > LARGEST ? [line] : [])),
        [],
      );
      const [, pages] = /Output written on all\.pdf \((\d+) pages/.exec(log)!;
      assert.ok(Number(pages) >= methods.length, pages);
    }));

  test("a document and its bibliography are compiled as its first lines say", () =>
    within((folder) => {
      const { text } = catalogue().find(({ method }) => method === "DVSIB")!;
      for (const target of [latex, bibtex])
        for (const { name, text: written } of target.write(derivedOf(text), "dvsib"))
          writeFileSync(join(folder, name), written);
      compile(folder, "dvsib");
      assert.doesNotMatch(run(folder, "bibtex", "dvsib"), /Warning|error/);
      compile(folder, "dvsib");
      const log = compile(folder, "dvsib");
      assert.doesNotMatch(log, /undefined|multiply defined/);
    }));
});
