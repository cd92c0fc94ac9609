/** `extends M(X = NEW)`: the names of the spec that is extended, while the line is being written. */
import type { Declaration } from "../core/language/declaration";
import { symbolsOf } from "../core/language/symbols";
import type { SpecTree } from "../core/language/tree";
import type { CursorPlace } from "./completion/cursor";
import type { Document } from "./document";

/** Whether the bracket around the cursor is that of `extends M(`. */
export const isRenaming = ({ before, open }: CursorPlace): boolean =>
  open.length === 1 &&
  before[0]?.text === "spec" &&
  before.at(-open[0]!.inside.length - 3)?.text === "extends";

/**
 * The spec that a name after `extends` means.
 * @param start where the name of the spec that extends it is
 */
export function baseNamed(
  { analysis: { file, library } }: Document,
  start: number | undefined,
  name: string,
): SpecTree | undefined {
  const spec = file.specs.find((one) => one.name.range.start === start);
  const found = spec && library.look(name, spec);
  return found?.kind === "spec" ? found.tree : undefined;
}

/** The streams and codes of that spec, which can be given other names. */
export function renamedNames(document: Document, start: number | undefined, name: string): Declaration[] {
  const base = baseNamed(document, start, name);
  if (base === undefined) return [];
  const { file, library } = document.analysis;
  const extended = symbolsOf({ ...file, specs: [base] }, (_, from) => library.baseOf(from));
  return [...extended.specs[0]!.scope.values()].filter(({ kind }) => ["stream", "latent"].includes(kind));
}
