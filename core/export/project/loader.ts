/** A loader of a spec's data, without its training: a Python package that reads, scales, fills and splits as the preview does. */
import { DataError } from "../../data/dataset";
import { generatorOf } from "../../data/generators/index";
import type { Spec } from "../../theory/spec";
import { exportMark, Refusal, type ExportedFile } from "../target";
import { dataValues, streamsOf } from "./data-config";
import { projectTexts } from "./generated";
import { assigned } from "./python-value";
import { rowsFile } from "./rows";

/** Modules of a project that read its data. */
const MODULES = [
  "absent",
  "data",
  "draws",
  "field",
  "folders",
  "hdf5",
  "joins",
  "made",
  "readers",
  "splits",
  "tables",
  "transforms",
  "windows",
];

/**
 * The files of the package.
 * @param base what its name starts with
 * @throws Refusal when the spec has no data, or none that Python reads
 */
export function exportLoader(spec: Spec, base: string): ExportedFile[] {
  const { data } = spec;
  if (data === undefined)
    throw new Refusal('The spec has no data to load. Add a line such as `data "file.npz"`.');
  if (data.options["views"] !== undefined)
    throw new Refusal(
      `A loader cannot make the views of \`${data.source}\` from its pictures. Save them as an npz file, and read that.`,
    );
  const folder = `${base}_data`;
  const generator = generatorOf(data.source);
  try {
    return [
      { name: `${folder}/__init__.py`, text: packageText(spec, folder) },
      { name: `${folder}/config.py`, text: configText(spec) },
      ...MODULES.map((name) => ({
        name: `${folder}/${name}.py`,
        text: projectTexts[`project/${name}.py`]!,
      })),
      ...(generator ? [rowsFile(generator, data, spec.streams)] : []),
    ];
  } catch (error) {
    if (error instanceof DataError) throw new Refusal(`${error.message}. ${error.advice}`);
    throw error;
  }
}

const packageText = ({ name, streams }: Spec, folder: string): string => {
  const stream = streams.find(({ derived }) => derived === undefined)?.name ?? "X";
  return `"""The data of ${name} as the preview reads them: scaled, filled and split in the same way, rows in the same order.

    from ${folder} import Data

    data = Data()  # or Data("another/file")
    data.rows("${stream}", data.splits["train"])  # a tensor, as the exported loss takes it
    data.present(data.splits["train"])  # which rows have a stream that others lack: the loss takes it as present=

${exportMark}
"""

from .data import Data  # noqa: F401
`;
};

const configText = (spec: Spec): string =>
  [
    `"""What the spec ${spec.name} says of its data.`,
    "",
    exportMark,
    '"""',
    "",
    ...assigned([
      ...dataValues(spec),
      ["STREAMS", "Streams: how each is read from its field, or made from another.", streamsOf(spec)],
    ]),
    "",
  ].join("\n");
