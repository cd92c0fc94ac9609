/** The streams of a spec's data, declared in one edit. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction, TextEdit } from "vscode-languageserver-types";
import { analyse } from "../../core/theory/analyse";
import { codeActions } from "../../services/actions";
import { completions } from "../../services/completion";
import { declareStreams } from "../../services/declare";
import { builtInData } from "../../services/new-spec/built-in";
import type { SpecData } from "../../services/new-spec/data";
import { applied, fixture, inSpec } from "./fixture";

const errorsOf = (text: string): string[] =>
  analyse(text)
    .diagnostics.filter(({ severity, code }) => severity === "error" && code !== "no-terms")
    .map(({ code, message }) => `${code}: ${message}`);

const isDeclare = ({ title }: CodeAction): boolean => / of this data$/.test(title);

function offered(marked: string, resolves = false): CodeAction | undefined {
  const { document, position } = fixture(marked);
  return codeActions(document, { start: position, end: position }, { resolves }).find(isDeclare);
}

/** The text after the action at the mark. */
function declared(marked: string): string {
  const [change] = offered(marked)!.edit!.documentChanges!;
  assert.ok(change && "edits" in change);
  return applied(fixture(marked).document, change.edits as TextEdit[]);
}

const data = 'data "sounding-digits" { samples = 800 }';

test("modalities and observes, each group in one hand, below the data", () => {
  assert.equal(
    declared(inSpec('data "soun$0ding-digits" { samples = 800 }')),
    inSpec(
      data,
      "",
      "modality picture : image(28, 28)",
      "modality sound : audio(32, 32)",
      "observe  digit : label(10)",
      "observe  speaker : label(6)",
      "observe  pitch : scalar",
      "observe  tempo : scalar",
      "observe  angle : scalar",
      "observe  scale : scalar",
    ).replace("}\n  \n", "}\n\n"),
  );
});

test("what is predicted, by a want or by a term, is a target", () => {
  const wanted = declared(inSpec('da$0ta "sounding-digits"', "want predict(digit)"));
  assert.match(wanted, /^ {2}target {3}digit : label\(10\)$/m);
  assert.doesNotMatch(wanted, /observe +digit/);
  const kept = declared(
    inSpec(
      'da$0ta "sounding-digits"',
      "latent Z : gaussian(2) from sound",
      "keep I(speaker; Z)",
      "compress I(sound; Z)",
    ),
  );
  assert.match(kept, /^ {2}target {3}speaker : label\(6\)$/m);
  assert.deepEqual(errorsOf(kept), []);
});

test("what is declared stays, under its own name", () => {
  const text = declared(inSpec('da$0ta "sounding-digits"', "modality view : image(28, 28) = picture"));
  assert.doesNotMatch(text, /modality picture/);
  assert.match(text, /^ {2}modality sound/m);
  const all = declared(inSpec('da$0ta "sounding-digits"'));
  assert.equal(offered(all.replace("data ", "da$0ta ")), undefined, "nothing is left to declare");
  const factors = all.replace(/^ +observe +tempo.*\n/m, "").replace("data ", "da$0ta ");
  assert.equal(offered(factors)?.title, "Observe the other factors of this data");
});

test("fields that need a setting are declared where it is written", () => {
  assert.doesNotMatch(declared(inSpec('da$0ta "captioned-shapes"')), /rare/);
  const text = declared(inSpec('da$0ta "captioned-shapes" { rare = 0.05 }'));
  assert.match(text, /^ {2}observe {2}rare : label\(2\)$/m);
});

test("a name that is taken is not taken again", () => {
  const text = declared(inSpec('da$0ta "sounding-digits"', "knob angle = 1 in 0.1 .. 10 log"));
  assert.match(text, /^ {2}observe {2}angle2 : scalar = "angle"$/m);
});

test("the length of a text is read with the text", () => {
  assert.doesNotMatch(declared(inSpec('da$0ta "captioned-shapes"')), /caption_length/);
});

test("it is offered at the data, at the name of a spec without streams, and at a name that the data has", () => {
  const spec = inSpec(data, "latent Z : gaussian(2) from sound", "compress I(sound; Z)", "keep I(sound; Z)");
  assert.ok(offered(spec.replace("A {", "A$0 {")));
  assert.ok(offered(spec.replace("from sound", "from so$0und")));
  assert.equal(offered(spec.replace("gaussian", "gaus$0sian")), undefined);
  assert.equal(offered(inSpec(data, "modality sound : audio(32, 32)").replace("A {", "A$0 {")), undefined);
  assert.equal(offered(inSpec("modal$0ity X : vector(4)")), undefined, "without data");
});

test("a file is declared where the editor asks for the edit later", () => {
  const marked = inSpec('data "./my$0.npz"');
  assert.equal(offered(marked), undefined);
  const action = offered(marked, true)!;
  assert.equal(action.edit, undefined);
  assert.deepEqual(action.data, { uri: "file:///specs/a.bottleneck", version: 1, spec: "A" });
});

test("it is the first completion of a spec that has data and no stream", () => {
  const { document, position } = fixture(inSpec(data, "$0"));
  const [first] = completions(document, position, { snippets: true });
  assert.equal(first?.label, "Declare the streams of this data");
  const after = applied(document, [first.textEdit as TextEdit, ...first.additionalTextEdits!]);
  assert.match(after, /modality picture[^]*observe {2}scale/);
  const begun = fixture(inSpec(data, "modality sound : audio(32, 32)", "$0"));
  const labels = completions(begun.document, begun.position, { snippets: true }).map(({ label }) => label);
  assert.ok(!labels.includes(first.label));
});

/** How a person may write the spec around the data. */
const hands: Record<string, (text: string) => string> = {
  "as it is": (text) => text,
  "with the line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
  "indented by tabs": (text) => text.replaceAll(/^ {2}/gm, "\t"),
  "without a line end at its end": (text) => text.trimEnd(),
  "with comments at its line ends": (text) => text.replaceAll(/(?<=\S)\n/g, " // note\n"),
  "on one line": (text) => text.replaceAll(/\s*\n\s*/g, " ").trim(),
};

const unreadNames: SpecData = {
  source: "./a.npz",
  title: "a file",
  doc: "",
  fields: [
    { name: "colour_image", kind: "image(8, 8, 3)", role: "stream", doc: "", field: "colour image" },
    { name: "beta", kind: "label(3)", role: "factor", doc: "" },
  ],
};

for (const [hand, write] of Object.entries(hands))
  test(`every built-in data and a file, in a spec ${hand}: no error comes, and the hand is kept`, () => {
    const sources = [...builtInData(), unreadNames];
    for (const one of sources)
      for (const others of [
        [],
        ["knob beta = 2 in 1 .. 4", "train { epochs = 2 }"],
        [`want reconstruct(${one.fields[0]!.name})`],
      ]) {
        const text = write(inSpec(`data "${one.source}"`, ...others));
        const { document } = fixture(text);
        const [tree] = document.analysis.file.specs;
        const found = declareStreams(document, tree!, one);
        assert.ok(found, text);
        const after = applied(
          document,
          found.edits.map(({ range, text: newText }) => ({
            range: {
              start: document.lines.positionAt(range.start),
              end: document.lines.positionAt(range.end),
            },
            newText,
          })),
        );
        const had = new Set(errorsOf(text));
        assert.deepEqual(
          errorsOf(after).filter((error) => !had.has(error)),
          [],
          after,
        );
        assert.equal(analyse(after).specs[0]!.spec!.streams.length, one.fields.length, after);
        assert.equal(after.split("// note").length, text.split("// note").length, after);
        if (text.includes("\r\n")) assert.doesNotMatch(after, /[^\r]\n/);
        if (text.includes("\t")) assert.doesNotMatch(after, /^ {2}/m);
      }
  });
