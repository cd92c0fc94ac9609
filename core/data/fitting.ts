/** Gives a spec that has no data a built-in generator, and declares its streams as fields of it, so that it can be trained. */
import { applyEdits } from "../language/formatter";
import { parse } from "../language/parser";
import type { TextEdit } from "../language/diagnostic";
import type { SpecTree, StreamStatement } from "../language/tree";
import { asWritten } from "../language/written";
import { fieldsWith, type Generator, type MadeField } from "./generator";
import { generators } from "./generators/index";

/** A stream that is read from data, and the field that it is to read. */
interface Fit {
  stream: StreamStatement;
  kind: string;
  field: MadeField;
}

const familyOf = (kind: string): string => /^\w*/.exec(kind)![0];

/**
 * The text as it trains: with a `data` line in its first spec, each stream declared as a field of that generator, and one
 * factor of each place in which factors are observed. Of all generators the one is taken for which the fewest kinds change.
 * @returns the text as it is where the spec has data, or where no generator has fields for all of its streams
 */
export function withFittingData(text: string): string {
  const [tree] = parse(text).tree.specs;
  if (tree === undefined || tree.extension !== undefined) return text;
  if (tree.statements.some(({ kind }) => kind === "data")) return text;
  const [best] = generators
    .map((generator) => ({ ...generator, fields: fieldsWith(generator, {}) }))
    .flatMap((generator) => {
      const fits = fitsOf(tree, text, generator);
      return fits === undefined ? [] : [{ generator, fits, changed: fits.filter(isChanged(text)).length }];
    })
    .sort((a, b) => a.changed - b.changed);
  return best === undefined ? text : applyEdits(text, asWritten(text, editsFor(tree, best)));
}

const typeOf = (text: string, { type }: StreamStatement): string =>
  text.slice(type!.range.start, type!.range.end);

const isChanged =
  (text: string) =>
  ({ stream, kind }: Fit): boolean =>
    typeOf(text, stream) !== kind;

/** A field for each stream that is not made from another; undefined where there are too few. */
function fitsOf({ statements }: SpecTree, text: string, { fields }: Generator): Fit[] | undefined {
  const left = new Set(fields);
  const fits: Fit[] = [];
  for (const stream of statements) {
    if (stream.kind !== "stream" || stream.type === undefined) continue;
    const kind = typeOf(text, stream);
    const role = stream.role === "modality" ? "stream" : "factor";
    const possible = [...left].filter(
      (field) => field.role === role && canRead(familyOf(kind), familyOf(field.kind)),
    );
    const field =
      possible.find((one) => one.kind === kind && one.name === stream.name.text) ??
      possible.find((one) => one.kind === kind) ??
      possible[0];
    if (field === undefined) return undefined;
    left.delete(field);
    fits.push({ stream, kind: field.kind, field });
  }
  return fits.length === 0 ? undefined : fits;
}

/** A vector fits any stream; other kinds have statements that need them, such as `past` of a signal. */
const canRead = (asked: string, has: string): boolean =>
  asked === has || (asked === "vector" && has !== "label" && has !== "scalar");

function editsFor(tree: SpecTree, { generator, fits }: { generator: Generator; fits: Fit[] }): TextEdit[] {
  const start = tree.body.start + 1;
  const data = `\n  data "${generator.name}" { samples = 8000, seed = 1 }\n`;
  const kinds = fits.map(({ stream, kind, field }): TextEdit => {
    const name = field.name === stream.name.text ? "" : ` = ${field.name}`;
    return { range: { start: stream.type!.range.start, end: stream.range.end }, text: kind + name };
  });
  const streams = tree.statements.filter(({ kind }) => kind === "stream");
  const end = streams.at(-1)!.range.end;
  const observed = observedFor(tree, generator, fits).map(
    ({ name, kind }) => `\n  observe ${name} : ${kind}`,
  );
  return [
    { range: { start, end: start }, text: data },
    ...kinds,
    ...(observed.length > 0 ? [{ range: { start: end, end }, text: observed.join("") }] : []),
  ];
}

/** The first factor that all streams contain, and the first that only this one does, of those that the spec does not read. */
function observedFor({ statements }: SpecTree, { fields }: Generator, fits: readonly Fit[]): MadeField[] {
  const read = fits.map(({ field }) => field);
  const taken = new Set(statements.flatMap((one) => ("name" in one && one.name ? [one.name.text] : [])));
  const factors = fields.filter(
    (field) => field.role === "factor" && !read.includes(field) && !taken.has(field.name),
  );
  const places = [undefined, ...read.filter(({ role }) => role === "stream").map(({ name }) => name)];
  return places.flatMap((place) => factors.find((factor) => factor.only === place) ?? []);
}
