/** Export targets: every one writes marked files of every method, whichever way it is asked. */
import assert from "node:assert/strict";
import test from "node:test";
import temml from "temml";
import { catalogue } from "../../core/catalogue/index";
import { exportPytorch } from "../../core/export/pytorch/index";
import { exportTargetIds, exportTargets } from "../../core/export/index";
import {
  exportMark,
  isExported,
  projectMark,
  type ExportedFile,
  type ExportTarget,
} from "../../core/export/target";
import { latexText } from "../../core/export/latex-text";
import { analyse } from "../../core/theory/analyse";
import { exportSpec, describeTargets } from "../../services/export";
import { openDocument } from "../../services/document";
import { smallSpec } from "../trainer/session";

const derivedOf = (text: string) => analyse(text).specs[0]!.derived!;

test("every target of every method gives files of its own name and ending, or a folder, marked as exports", () => {
  assert.equal(new Set(exportTargetIds).size, exportTargets.length);
  for (const { text, file } of catalogue())
    for (const target of exportTargets as readonly ExportTarget[]) {
      const files: readonly ExportedFile[] = target.write(derivedOf(text), file);
      assert.ok(files.length > 0);
      assert.equal(new Set(files.map(({ name }) => name)).size, files.length);
      if (target.folder) {
        assert.equal(files[0]!.name, "train.py");
        const ofSpec = files.filter(({ text: written }) => !written.includes(projectMark));
        const asks = derivedOf(text).spec.streams.some(
          ({ role, kind }) => role !== "modality" && ["label", "scalar"].includes(kind.name),
        );
        assert.deepEqual(
          ofSpec.map(({ name }) => name),
          [
            ...["project/config.py", "project/model.py"],
            ...(asks ? ["project/reader_networks.py"] : []),
            "README.md",
          ],
        );
        for (const { name, text: written } of ofSpec) assert.ok(isExported(written), name);
        continue;
      }
      for (const { name, text: written } of files) {
        assert.ok(name.startsWith(file) && name.endsWith(`.${target.extension}`), name);
        assert.ok(isExported(written), `${name} lacks the line "${exportMark}"`);
        assert.ok(written.endsWith("\n"));
      }
    }
});

test("a file that only speaks of the mark is not an export", () => {
  assert.ok(!isExported(`# ${exportMark}`));
  assert.ok(!isExported(`print("${exportMark}")`));
  assert.ok(!isExported(""));
});

test("LaTeX: formulas can be read, braces and environments close, and no sign is beyond pdfLaTeX", () => {
  for (const { text, file } of catalogue()) {
    const [{ text: tex }] = exportTargets.find(({ id }) => id === "latex")!.write(derivedOf(text), file) as [
      ExportedFile,
    ];
    const formulas = [...tex.matchAll(/^\\begin\{formula\}\n(.*?)\n\\end\{formula\}$/gms)];
    assert.ok(formulas.length > 2, file);
    for (const [, formula] of formulas)
      assert.doesNotThrow(
        () => temml.renderToString(formula!, { throwOnError: true }),
        `${file}: ${formula}`,
      );
    const prose = tex.replace(/^\\begin\{formula\}\n.*?\n\\end\{formula\}$/gms, "");
    const count = (pattern: RegExp): number => [...prose.matchAll(pattern)].length;
    assert.equal(count(/(?<!\\)\{/g), count(/(?<!\\)\}/g), `${file}: braces`);
    assert.equal(count(/\$/g) % 2, 0, `${file}: dollars`);
    assert.equal(count(/\\begin\{/g), count(/\\end\{/g), `${file}: environments`);
    assert.doesNotMatch(tex, /\(U\+|[^\p{ASCII}\p{Script=Latin}]/u, file);
  }
  assert.equal(
    latexText("50% of `a_b` ≥ {x} \\ β\u0000"),
    "50\\% of \\texttt{a\\_b} $\\ge$ \\{x\\} \\textbackslash{} $\\beta$ ",
  );
});

test("SVG: both graphs as well-formed pictures", () => {
  const files = exportTargets.find(({ id }) => id === "svg")!.write(derivedOf(smallSpec()), "small");
  assert.deepEqual(
    files.map(({ name }) => name),
    ["small_encoder.svg", "small_decoder.svg"],
  );
  for (const { text } of files) assert.match(text, /^<!-- .* -->\n<svg xmlns=[^]*<\/svg>\n$/);
});

test("an editor gets the list, the files of any target, and an answer for a target that is not there", () => {
  const document = openDocument("file:///a.bottleneck", 1, smallSpec());
  assert.deepEqual(
    describeTargets().map(({ id }) => id),
    exportTargetIds,
  );
  for (const target of exportTargets) {
    const answer = exportSpec(document, { target: target.id });
    assert.deepEqual(answer, { files: target.write(derivedOf(smallSpec()), "small") });
  }
  assert.deepEqual(exportSpec(document, { target: "keras" }), {
    error: `Unknown export target \`keras\`; use ${exportTargetIds.join(", ")}.`,
  });
});

test("an editor gets no file of a text with an error, in whichever of its specs", () => {
  for (const text of [`? ${smallSpec()}`, `${smallSpec()}\nspec B {\n}\n`]) {
    const answer = exportSpec(openDocument("file:///a.bottleneck", 1, text), { target: "pytorch" });
    assert.ok("error" in answer && /has errors/.test(answer.error), JSON.stringify(answer));
  }
});

test("a module says how long the preview trains and which weights it reports", () => {
  const text = (bound: string, training: string): string => `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from Y
  knob beta = 4
  compress I(X; Z)
  compress I(Y; W)
  keep I(Z; W) by ${bound}
  ${training}
}`;
  const module = (...written: Parameters<typeof text>): string =>
    exportPytorch(derivedOf(text(...written)), { lossOnly: false }).replace(/\s+/g, " ");
  assert.match(
    module("infonce", "train { steps = 2000, batch = 64, optimizer = adam(3e-3) }"),
    /The preview trains for 2000 steps, 64 samples a step, with adam\(0\.003\)\. It reports the weights with the lowest loss on all validation samples/,
  );
  assert.match(
    module("barlow", ""),
    /for 10 epochs, 128 samples a step, .* the weights of the last step, because `I\(Z; W\)` by `barlow` is a training signal/,
  );
});
