import assert from "node:assert/strict";
import { test } from "node:test";
import { exportTargets } from "../../core/export/index";
import { codeActions } from "../../services/actions";
import { commandActions } from "../../services/command-actions";
import { derivationMarkdown, derivationPageOf } from "../../services/derivation";
import { diagnostics } from "../../services/diagnostics";
import { foldingRanges } from "../../services/folding";
import { formatting } from "../../services/formatting";
import { inlayHints } from "../../services/hints";
import { codeLenses } from "../../services/lenses";
import { documentLinks } from "../../services/links";
import { editFor, placeOf } from "../../services/place";
import { selectionRanges } from "../../services/selection";
import { semanticLegend, semanticTokens } from "../../services/semantic-tokens";
import { documentSymbols } from "../../services/symbols";
import { openDocument, toEditorRange, type Document } from "../../services/document";
import { termsAt } from "../../services/terms-at";
import { applied, fixture, inSpec, twoViews } from "./fixture";

const everything = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

test("a healthy spec has no findings", () => {
  assert.deepEqual(diagnostics(fixture(twoViews).document), []);
});

test("a diagnostic has its place, code and message; its fix mends the text", () => {
  const broken = twoViews.replace("I(X; Zx)\n  compress", "I(X; Zx) by infonce\n  compress");
  const { document } = fixture(broken);
  const [found, ...more] = diagnostics(document);
  assert.equal(more.length, 0);
  assert.equal(found?.code, "wrong-side");
  assert.equal(document.text.split("\n")[found.range.start.line]?.trim(), "compress I(X; Zx) by infonce");
  const [action] = codeActions(document, found.range);
  assert.ok(action?.edit?.documentChanges?.[0] && "edits" in action.edit.documentChanges[0]);
  assert.equal(action.edit.documentChanges[0].textDocument.version, 1);
  const mended = applied(document, action.edit.documentChanges[0].edits as never);
  assert.deepEqual(diagnostics(fixture(mended).document), []);
});

test("fix all mends what has one fix, and is offered only when asked for or at hand", () => {
  const { document } = fixture(
    inSpec("modality X : vector(4)", "latnt Z : gaussian(2) from X", "compres I(X; Z)", "keep I(X; Z)"),
  );
  const actions = codeActions(document, everything, { only: ["source.fixAll"] });
  assert.deepEqual(
    actions.map(({ kind }) => kind),
    ["source.fixAll.bottleneck"],
  );
  const change = actions[0]!.edit!.documentChanges![0]!;
  assert.ok("edits" in change);
  assert.deepEqual(diagnostics(fixture(applied(document, change.edits as never)).document), []);
  assert.ok(
    codeActions(document, everything, { only: ["quickfix"] }).every(({ kind }) => kind === "quickfix"),
  );
});

/** Hints as they appear in the text: what is before them on their line, and what they say. */
const shown = (document: Document, lossLens: boolean): string[] => {
  const lines = document.text.split("\n");
  return inlayHints(document, everything, { lossLens }).map(
    ({ position, label }) =>
      `${lines[position.line]!.slice(0, position.character).trim()} «${String(label)}»`,
  );
};

const ownHints = [
  "compress I(X; Zx) «by kl · weight 1»",
  "compress I(Y; Zy) «by kl · weight 1»",
  "keep link: I(Zx; Zy) by infonce(critic = dot) one-way «at most 4.852 nats · weight −32»",
  "keep w * I(X; Zx) «by gaussian · weight −0.64»",
  "keep w * I(Y; Zy) «by gaussian · weight −0.64»",
];
const ownLoss = "L = R(Zx) + R(Zy) − β[NCE(Zx; Zy) + w(D(X; Zx) + D(Y; Zy))]";

test("hints: bound, ceiling and weight of each term; the whole loss after the header where no lens shows it", () => {
  const { document } = fixture(twoViews);
  assert.deepEqual(shown(document, true), ownHints);
  assert.deepEqual(shown(document, false), [
    `spec Shared "What do two views share?" { «${ownLoss}»`,
    ...ownHints,
  ]);
  const [loss, first] = inlayHints(document, everything);
  assert.match((loss!.tooltip as { value: string }).value, /InfoNCE\(Zx; Zy\) \+ w·D\(X; Zx\)/);
  assert.match((first!.tooltip as { value: string }).value, /compress I\(X; Zx\)/);
});

test("hints: what a spec inherits, which is written nowhere in it", () => {
  const heir = `spec Heir extends Shared {\n  knob w = 0.5 in 0.001 .. 1 log\n  keep I(X; Zx, Zy)\n}\n`;
  const { document } = fixture(twoViews + heir);
  const ownOfHeir = shown(document, true).slice(ownHints.length);
  assert.deepEqual(ownOfHeir, [
    "spec Heir extends Shared { «inherits X, Y, digit, Zx, Zy, beta · compress I(X; Zx), I(Y; Zy) · keep I(Zx; Zy), I(X; Zx), I(Y; Zy)»",
    "keep I(X; Zx, Zy) «by gaussian · weight −32»",
  ]);
  const [hint] = inlayHints(document, everything, { lossLens: true }).slice(ownHints.length);
  // At the heir's own knobs.
  assert.match((hint!.tooltip as { value: string }).value, /keep I\(Y; Zy\)`\*\*: by `gaussian`, weight −16/);
  const fromCatalogue = fixture("spec Mine extends DVSIB {\n  knob beta = 3 in 1 .. 9\n}\n").document;
  assert.deepEqual(shown(fromCatalogue, true), [
    "spec Mine extends DVSIB { «inherits X, Y, Zx, Zy · compress I(X; Zx), I(Y; Zy) · keep I(Zx; Zy), I(X; Zx), I(Y; Zy)»",
  ]);
});

test("hints are given for the lines asked for", () => {
  const { document } = fixture(twoViews);
  const line = document.text.split("\n").findIndex((text) => text.includes("compress I(Y"));
  const range = { start: { line, character: 0 }, end: { line, character: 80 } };
  assert.deepEqual(
    inlayHints(document, range).map(({ label }) => label),
    ["by kl · weight 1"],
  );
});

test("lenses: preview, studies, loss and method of each spec, with the place they act on", () => {
  const { document } = fixture(twoViews);
  assert.match(codeLenses(document, true)[3]?.command?.title ?? "", /DVSIB/);
  assert.deepEqual(
    codeLenses(document, true)
      .slice(0, 3)
      .map(({ command, range }) => [command?.title, command?.command, command?.arguments, range.start.line]),
    [
      ["$(play) Preview", "bottleneck.preview", ["file:///specs/a.bottleneck", "Shared"], 1],
      ["$(beaker) Studies", "bottleneck.openStudies", ["file:///specs/a.bottleneck", "Shared"], 1],
      [ownLoss, "bottleneck.showDerivation", ["file:///specs/a.bottleneck", "Shared"], 1],
    ],
  );
});

test("lenses of an editor without the extension: no icons, and the server's own commands", () => {
  const { document } = fixture(twoViews);
  const argument = { textDocument: { uri: document.uri }, spec: "Shared" };
  assert.deepEqual(
    codeLenses(document, false).map(({ command }) => [command?.title, command?.command, command?.arguments]),
    [
      ["Preview", "bottleneck.server.preview", [argument]],
      [ownLoss, "bottleneck.server.derive", [argument]],
      [codeLenses(document, true)[3]!.command!.title, "bottleneck.server.recognise", [argument]],
    ],
  );
});

test("the header of a spec has the server's commands as actions, and only when they may be wanted", () => {
  const { document } = fixture(`${twoViews}\nspec Other {\n}\n`);
  const line = (at: number) => ({ start: { line: at, character: 0 }, end: { line: at, character: 0 } });
  const header = document.text.split("\n").findIndex((text) => text.startsWith("spec Shared"));
  const titles = (at: number, only?: string[]): string[] =>
    commandActions(document, line(at), only).map(({ title }) => title);
  assert.deepEqual(titles(header), [
    "Show the derivation",
    "Name the method",
    ...exportTargets.map(({ title }) => `Export: ${title}`),
    "Preview",
  ]);
  assert.deepEqual(titles(header, ["source"]), titles(header));
  for (const only of ["source.fixAll", "source.organizeImports", "quickfix", "refactor"])
    assert.deepEqual(titles(header, [only]), []);
  assert.deepEqual(titles(header + 1), []);
});

test("the loss never vanishes while a person types: the last one stays, marked", () => {
  const lossLenses = (document: Document): string[] =>
    codeLenses(document, true).flatMap(({ command }) =>
      command?.title.startsWith("L = ") ? command.title : [],
    );
  const statements = twoViews.indexOf("  knob w");
  const added = "  latent W : gaussian(4) from X\n  compress I(X; W)\n  keep I(Zx; W) by mine\n";
  let { document } = fixture(twoViews);
  let stale = 0;
  for (let typed = 1; typed <= added.length; typed++) {
    const text = twoViews.slice(0, statements) + added.slice(0, typed) + twoViews.slice(statements);
    document = openDocument(document.uri, document.version + 1, text, {}, document);
    const [spec] = document.analysis.specs;
    const [line, ...more] = lossLenses(document);
    assert.equal(more.length, 0);
    assert.ok(line !== undefined, `no loss after ${JSON.stringify(added.slice(0, typed))}`);
    assert.equal(line.endsWith(" (before this edit)"), !spec!.valid, line);
    assert.deepEqual(
      inlayHints(document, everything).map(({ label }) => String(label))[0],
      line,
      "a hint says the same",
    );
    if (!spec!.valid) stale++;
  }
  assert.ok(stale > 20, "most of what is typed is broken");
  assert.deepEqual(lossLenses(document), [
    "L = R(W) + R(Zx) + R(Zy) − β[MINE(Zx; W) + NCE(Zx; Zy) + w(D(X; Zx) + D(Y; Zy))]",
  ]);
  const fresh = fixture(twoViews.replace("keep link", "keep lnk link")).document;
  assert.deepEqual(lossLenses(fresh), [], "a spec that was never whole has no loss to show");
});

test("the outline names what is declared and asked for", () => {
  const [spec] = documentSymbols(fixture(twoViews).document);
  assert.equal(spec?.name, "Shared");
  assert.equal(spec.detail, "What do two views share?");
  assert.deepEqual(
    spec.children?.map(({ name }) => name),
    [
      "noisy-digits",
      "X",
      "Y",
      "digit",
      "Zx",
      "Zy",
      "beta",
      "w",
      "I(X; Zx)",
      "I(Y; Zy)",
      "link",
      "I(X; Zx)",
      "I(Y; Zy)",
      "train",
    ],
  );
});

test("colours: names by what they are, words by their role", () => {
  const { document, text } = fixture(twoViews);
  const { data } = semanticTokens(document);
  const seen = new Map<string, string>();
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    line += data[i]!;
    character = data[i] === 0 ? character + data[i + 1]! : data[i + 1]!;
    const word = text.split("\n")[line]!.slice(character, character + data[i + 2]!);
    const type = semanticLegend.tokenTypes[data[i + 3]!]!;
    const modifiers = semanticLegend.tokenModifiers.filter((_, bit) => (data[i + 4]! >> bit) & 1);
    if (!seen.has(word)) seen.set(word, [type, ...modifiers].join(" "));
  }
  const expected: Record<string, string> = {
    spec: "keyword",
    Shared: "class declaration",
    X: "parameter declaration",
    digit: "parameter declaration readonly",
    image: "type",
    Zx: "variable declaration",
    from: "keyword",
    beta: "enumMember declaration",
    link: "property declaration",
    I: "operator",
    infonce: "function",
    critic: "property",
    "one-way": "enumMember",
    adam: "function",
    epochs: "property",
  };
  for (const [word, meaning] of Object.entries(expected)) assert.equal(seen.get(word), meaning, word);
  const second = semanticTokens(document, {
    start: { line: 1, character: 0 },
    end: { line: 1, character: 99 },
  });
  assert.equal(second.data.length, 10, "a range holds only its own words");
});

test("folding: the spec with its brace in sight, and comments", () => {
  const text = `// one\n// two\n${twoViews}`;
  const folds = foldingRanges(fixture(text).document).map(({ startLine, endLine, kind }) => [
    startLine,
    endLine,
    kind,
  ]);
  const last = text.trimEnd().split("\n").length - 1;
  assert.deepEqual(folds, [
    [3, last - 1, undefined],
    [0, 2, "comment"],
  ]);
});

test("selection grows from the word to the file", () => {
  const { document, position } = fixture(twoViews.replace("I(Zx; Zy)", "I(Z$0x; Zy)"));
  const texts: string[] = [];
  for (let at = selectionRanges(document, [position])[0]; at; at = at.parent!) {
    texts.push(
      document.text.slice(document.lines.offsetAt(at.range.start), document.lines.offsetAt(at.range.end)),
    );
  }
  assert.deepEqual(texts.slice(0, 3), ["Zx", "I(Zx; Zy)", "I(Zx; Zy) by infonce(critic = dot) one-way"]);
  assert.equal(texts.at(-1), document.text);
});

test("formatting the whole and one line", () => {
  const { document } = fixture("spec A {\nmodality   X:vector( 4 )\n modality Y : vector(4)\n}\n");
  assert.match(applied(document, formatting(document)), /^spec A \{\n {2}modality X : vector\(4\)\n/);
  const line = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
  assert.match(applied(document, formatting(document, line)), /\n {2}modality X : vector\(4\)\n modality Y/);
});

test("links to data files and used specs, none to generators", () => {
  const { document } = fixture(
    `use "./other.bottleneck"\n${inSpec('data "my data/views.npz"')}${inSpec('data "noisy-digits"')}`,
  );
  assert.deepEqual(
    documentLinks(document).map(({ target }) => target),
    ["file:///specs/other.bottleneck", "file:///specs/my%20data/views.npz"],
  );
});

test("the derivation as a page: the loss, each term with its bound, the verdict", () => {
  const page = derivationMarkdown(fixture(twoViews).document, "Shared");
  assert.match(page!, /^# Shared: What do two views share\?/);
  for (const part of [
    "L = KL(q(zx|x) ‖ r(zx))",
    "keep I(Zx; Zy) by infonce",
    "DVSIB",
    "Is the loss a bound?",
  ])
    assert.ok(page!.includes(part), part);
  assert.equal(derivationMarkdown(fixture(twoViews).document, "Other"), undefined);
});

test("the derivation as a page to be typeset: of the last text without errors", () => {
  const { document } = fixture(twoViews);
  const page = derivationPageOf(document, "Shared")!;
  assert.deepEqual([page.name, page.current, page.shortLoss], ["Shared", true, ownLoss]);
  assert.match(page.method!, /DVSIB/);
  assert.equal(page.derivation.steps.length, document.analysis.specs[0]!.derived!.steps.length);
  const broken = openDocument(document.uri, 2, twoViews.replace("from Y", "from Q"), {}, document);
  const kept = derivationPageOf(broken, "Shared")!;
  assert.deepEqual({ ...kept, method: page.method }, { ...page, current: false });
  assert.equal(derivationPageOf(broken, "Other"), null);
});

test("the terms at a place, by the ids that a preview has", () => {
  const each = twoViews.replace(
    "compress I(X; Zx)\n  compress I(Y; Zy)",
    "each V in X, Y: compress I(V; Zx, Zy)",
  );
  for (const [text, place, expected] of [
    [twoViews, "I(Zx; Zy)", ["link"]],
    [twoViews, "compress I(X", []],
    [twoViews, "I(X; Zx)\n  compress", ["compress I(X; Zx)"]],
    [twoViews, "latent Zx", []],
    [each, "I(V; Zx", ["compress I(X; Zx)", "compress I(X; Zy)", "compress I(Y; Zx)", "compress I(Y; Zy)"]],
  ] as const) {
    const { document } = fixture(text);
    const found = termsAt(document, document.lines.positionAt(text.indexOf(place) + 2));
    const known = new Set(document.analysis.specs[0]!.derived!.terms.map(({ term }) => term.id));
    assert.equal(found!.spec, "Shared");
    assert.ok(found!.terms.every((id) => known.has(id)));
    assert.deepEqual(found!.terms, expected, place);
  }
  assert.equal(termsAt(fixture(twoViews).document, { line: 0, character: 3 }), null);
});

test("places for the panel: a knob's number, a term by its id", () => {
  const { document } = fixture(twoViews);
  const place = { start: twoViews.indexOf("0.02"), end: twoViews.indexOf("0.02") + 4 };
  const edit = (value: number) => editFor(document, "Shared", { kind: "knob", name: "w", value })?.edit;
  assert.deepEqual(edit(0.05), { range: toEditorRange(document, place), newText: "0.05" });
  assert.equal(edit(0.0123456789)?.newText, "0.0123457");
  // Out of its range: no text that `check` refuses.
  assert.equal(edit(1e9)?.newText, "1");
  assert.equal(edit(-1)?.newText, "0.001");
  assert.deepEqual(placeOf(document, "Shared", "w")?.range.start.line, edit(1)!.range.start.line);
  const id = document.analysis.specs[0]!.spec!.terms[0]!.id;
  assert.equal(placeOf(document, undefined, id)?.range.start.line, 14 - 1 + 1);
  assert.equal(placeOf(document, undefined, "nothing"), null);
});

test("broken texts: every feature answers at every length", () => {
  for (let length = 0; length <= twoViews.length; length += 7) {
    for (const text of [twoViews.slice(0, length), twoViews.slice(0, length) + twoViews.slice(length + 9)]) {
      const { document } = fixture(text);
      const position = document.lines.positionAt(length);
      diagnostics(document);
      documentSymbols(document);
      semanticTokens(document);
      foldingRanges(document);
      inlayHints(document, everything);
      codeLenses(document, true);
      codeLenses(document, false);
      commandActions(document, everything);
      codeActions(document, everything);
      selectionRanges(document, [position]);
      formatting(document);
      documentLinks(document);
      derivationMarkdown(document, undefined);
    }
  }
});

test("an empty file offers ways to begin, and one with text does not", () => {
  const titles = (text: string, extension = true): string[] =>
    codeLenses(fixture(text).document, extension).flatMap(({ command }) => command?.title ?? []);
  assert.deepEqual(titles(" \n"), ["$(new-file) New Spec…", "Open Example…", "Show the Language"]);
  assert.deepEqual(titles("// mine\n"), []);
  assert.deepEqual(titles("", false), [], "they are commands of the extension");
});

test("every line of the outline has a name, however little is written", () => {
  const whole = inSpec(
    'data "noisy-digits"',
    "modality X : vector(4)",
    "latent Z : gaussian(2) from X",
    "keep I(X; Z)",
  );
  const prefixes = Array.from({ length: whole.length }, (_, i) => whole.slice(0, i));
  for (const text of [...prefixes, inSpec('data ""'), inSpec('data " "'), 'spec "" {\n}\n'])
    for (const { name, children = [] } of documentSymbols(fixture(text).document))
      for (const shown of [name, ...children.map((child) => child.name)])
        assert.notEqual(shown.trim(), "", text);
});
