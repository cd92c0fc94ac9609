import { generatorOf, generators } from "../../data/generators/index";
import { fileRefusals, refusals, type KnownFile, type Refusal } from "../../data/refusals";
import type { Diagnostic, Fix, Range } from "../../language/diagnostic";
import { nearest } from "../../language/nearest";
import type { SpecTree } from "../../language/tree";
import { fix, report, edited } from "../faults/rule";
import type { Spec } from "../spec";
import type { Check } from "./check";
import { writtenData, writtenStream } from "./places";

const example = `spec A {
  data "noisy-digits" { samples = 2000 }
  modality X : image(20, 20)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const unfitData: Check = {
  code: "unfit-data",
  severity: "error",
  doc: "The `data` statement names a built-in generator that does not exist, or asks of one what it does not have: an option, a value out of its range, a field, or a stream whose kind, sizes or number of classes do not fit the field. A preview could not begin. Of a file, the editor checks fields, shapes and numbers of classes once it has looked into the file, which it does in a trusted workspace; values are checked when a preview opens it.",
  example,
  fixed: edited(example, [["modality X : image(20, 20)", "modality X : image(28, 28)"]]),
  check(spec, _, tree) {
    const { data } = spec;
    if (data === undefined) return [];
    const generator = generatorOf(data.source);
    if (generator === undefined) return unknownGenerator(data.source, data.ranges.source);
    const streams = spec.streams.filter(({ derived }) => derived === undefined);
    return refusals(generator, data, streams).map((refusal) =>
      report(unfitData, placeOf(refusal, spec), refusal.message, { fixes: fixesFor(refusal, tree) }),
    );
  },
};

/** The same of a file that somebody has looked into: `check` reads the text alone. */
export const unfitFile = (spec: Spec, tree: SpecTree, file: KnownFile): Diagnostic[] =>
  fileRefusals(
    file,
    spec.streams.filter(({ derived }) => derived === undefined),
  ).map((refusal) =>
    report(unfitData, placeOf(refusal, spec), refusal.message, { fixes: fixesFor(refusal, tree) }),
  );

/** A name without an ending or a folder is no file. */
function unknownGenerator(source: string, range: Range): Diagnostic[] {
  if (/[./\\:]/.test(source)) return [];
  const names = generators.map(({ name }) => name);
  const meant = nearest(source, names);
  const list = names.map((name) => `"${name}"`).join(", ");
  const message = `There is no built-in data "${source}". Name a file with its ending or its folder, as "./${source}", or one of ${list}.`;
  return [report(unfitData, range, message, meant ? fix(`Change to "${meant}"`, range, `"${meant}"`) : {})];
}

function placeOf({ about }: Refusal, { data, streams }: Spec): Range {
  const place =
    about.kind === "option"
      ? data!.ranges.options[about.name]
      : about.kind === "stream"
        ? streams.find(({ name }) => name === about.name)?.range
        : data!.ranges.source;
  return place ?? data!.range;
}

function fixesFor({ about, instead }: Refusal, tree: SpecTree): Fix[] {
  return instead.flatMap(({ what, text }) => {
    const name = about.kind === "source" ? "" : about.name;
    const stream = writtenStream(tree, name);
    const place =
      what === "option"
        ? writtenData(tree)?.settings.find((setting) => setting.name.text === name)?.name.range
        : what === "kind"
          ? stream?.type?.range
          : stream?.field?.range;
    if (what === "end" && stream !== undefined) {
      const { end } = stream.range;
      return fix(`Write \`${text}\` at the end`, { start: end, end }, ` ${text}`).fixes;
    }
    const end = stream?.type?.range.end;
    if (place !== undefined) return fix(`Change to \`${text}\``, place, text).fixes;
    return what === "field" && end !== undefined
      ? fix(`Read the field \`${text}\``, { start: end, end }, ` = ${text}`).fixes
      : [];
  });
}
