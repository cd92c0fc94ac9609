/** What is shown while a person types: little on the line being typed, and everything after a pause. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { ClientCapabilities, Diagnostic } from "vscode-languageserver";
import { Quiet } from "../../server/quiet";
import { diagnostics } from "../../services/diagnostics";
import { openDocument, type Document } from "../../services/document";
import { inSpec, twoViews } from "../services/fixture";
import { Random } from "../theory/rewriting/random";
import { able, Editor, overMemory } from "./editor";

const uri = "file:///specs/typed.bottleneck";

/** An editor's document with a clock that a test turns. */
class Desk {
  document: Document;
  private readonly timers = new Map<number, () => void>();
  private timer = 0;
  /** What was said to be found anew. */
  told = 0;
  private readonly quiet: Quiet;

  constructor(text: string, mayHold = true) {
    this.document = openDocument(uri, 1, text);
    this.quiet = new Quiet(
      {
        after: (_milliseconds, callback) => {
          const id = this.timer++;
          this.timers.set(id, callback);
          return () => this.timers.delete(id);
        },
      },
      () => mayHold,
      () => this.told++,
    );
    this.shown();
  }

  get all(): Diagnostic[] {
    return diagnostics(this.document);
  }

  shown(): Diagnostic[] {
    return this.quiet.filter(this.document, this.all);
  }

  become(text: string): Diagnostic[] {
    this.quiet.edited(uri, this.document.text, text);
    this.document = openDocument(uri, this.document.version + 1, text, {}, this.document);
    return this.shown();
  }

  pause(): Diagnostic[] {
    for (const callback of [...this.timers.values()]) callback();
    this.timers.clear();
    return this.shown();
  }
}

const errorsOn = (line: number, found: readonly Diagnostic[]): Diagnostic[] =>
  found.filter(({ severity, range }) => severity === 1 && range.start.line <= line && line <= range.end.line);

for (const name of ["blood-panels", "sounding-digits"])
  test(`typing ${name} key by key: few keys show an error on their line, and no pause hides one`, () => {
    const whole = readFileSync(new URL(`../../examples/${name}.bottleneck`, import.meta.url), "utf8");
    const random = new Random(3);
    const desk = new Desk("");
    const body = whole.indexOf("{");
    let [keys, noisy, found] = [0, 0, 0];
    for (let i = 1; i < whole.lastIndexOf("}"); i++) {
      // The editor closes the brace.
      const shown = desk.become(whole.slice(0, i) + (i > body ? "\n}\n" : ""));
      const { line } = desk.document.lines.positionAt(i);
      keys++;
      if (errorsOn(line, desk.all).length > 0) found++;
      let seen = errorsOn(line, shown).length > 0;
      if (random.below(25) === 0) {
        const later = desk.pause();
        assert.deepEqual(later, desk.all);
        seen ||= errorsOn(line, later).length > 0;
      }
      if (seen) noisy++;
    }
    assert.ok(found > 0.35 * keys, `${found} of ${keys} keys leave an error on their line`);
    assert.ok(noisy < 0.15 * keys, `${noisy} of ${keys} keys show one`);
  });

const broken = inSpec(
  "modality X : vector(4)",
  "latent Z : gausian(2) from X",
  "compress I(X; Z)",
  "keep I(X; Z)",
);
const codes = (found: readonly Diagnostic[]): unknown[] => found.map(({ code }) => code);

test("a line is shown when the edit goes to another", () => {
  const desk = new Desk(broken.replace("gausian", "gaussian"));
  assert.deepEqual(desk.become(broken), []);
  const elsewhere = desk.become(broken.replace("vector(4)", "vector(5)"));
  assert.deepEqual(codes(elsewhere), ["unknown-word"]);
});

test("an error that was shown stays while another word of its line is typed", () => {
  const desk = new Desk(broken);
  assert.deepEqual(codes(desk.become(broken.replace("from X", "from Xx"))), ["unknown-word"]);
  assert.deepEqual(codes(desk.pause()), ["unknown-word", "unknown-name"]);
});

test("an error of the word being typed waits for a pause, of which the editor is told once", () => {
  const desk = new Desk(broken);
  assert.deepEqual(desk.become(broken.replace("gausian", "gausia")), []);
  assert.equal(desk.told, 0);
  assert.deepEqual(codes(desk.pause()), ["unknown-word"]);
  desk.pause();
  assert.equal(desk.told, 1);
});

test("a text that is pasted or rewritten is shown at once, and an editor that could not be told has all", () => {
  const pasted = new Desk("");
  assert.deepEqual(codes(pasted.become(broken)), ["unknown-word"]);
  const deaf = new Desk(broken.replace("gausian", "gaussian"), false);
  assert.deepEqual(codes(deaf.become(broken)), ["unknown-word"]);
});

test("an editor that asks is told to ask again after a pause", async () => {
  const capabilities: ClientCapabilities = { ...able, workspace: { diagnostics: { refreshSupport: true } } };
  const editor = await Editor.start(overMemory(), capabilities);
  await editor.open(uri, twoViews);
  assert.deepEqual(await editor.diagnostics(uri), []);
  await editor.replace(uri, twoViews, "latent Zy", "latnt Zy");
  assert.deepEqual(await editor.diagnostics(uri), []);
  await editor.askedFor("workspace/diagnostic/refresh");
  assert.deepEqual(codes(await editor.diagnostics(uri)), ["misspelled-word"]);
  await editor.stop();
});
