/** Texts with marks in them: `$0` is a cursor. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, TextEdit } from "vscode-languageserver-types";
import { openDocument, positionAt, type Document } from "../../services/document";

export interface Fixture {
  document: Document;
  /** The text without its mark. */
  text: string;
  offset: number;
  position: Position;
}

/** Opens a text; without a mark the cursor is at its start. */
export function fixture(marked: string): Fixture {
  const offset = Math.max(0, marked.indexOf("$0"));
  const text = marked.replace("$0", "");
  const document = openDocument("file:///specs/a.bottleneck", 1, text);
  return { document, text, offset, position: positionAt(document, offset) };
}

/** Statements as the body of a spec, each on a line of its own. */
export const inSpec = (...statements: string[]): string =>
  `spec A {\n${statements.map((line) => `  ${line}\n`).join("")}}\n`;

/** The text after the edits, in the way of an editor. */
export const applied = (document: Document, edits: TextEdit[]): string =>
  TextDocument.applyEdits(document.lines, edits);

/** A spec with one of most things, that is derived without findings. */
export const twoViews = `/// Keep what the views share.
spec Shared "What do two views share?" {
  data "noisy-digits" { samples = 800, seed = 1 }

  modality X : image(28, 28)
  modality Y : image(28, 28)
  observe  digit : label(10)

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y

  knob beta = 32   in 0.1 .. 1024 log
  knob w    = 0.02 in 0.001 .. 1 log

  compress I(X; Zx)
  compress I(Y; Zy)
  keep link: I(Zx; Zy) by infonce(critic = dot) one-way
  keep w * I(X; Zx)
  keep w * I(Y; Zy)

  train { epochs = 10, batch = 128, optimizer = adam(1e-3) }
}
`;
