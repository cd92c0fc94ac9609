/** A training project: `train.py` and a package beside it, which read the spec's data and train its loss. */
import { DataError } from "../../data/dataset";
import { generatorOf } from "../../data/generators/index";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { buildObjective } from "../../theory/objective/objective";
import { exportPytorch } from "../pytorch/index";
import { Refusal, type ExportedFile } from "../target";
import { configText } from "./config";
import { projectTexts } from "./generated";
import { readerNetworksText } from "./reader-networks";
import { readmeText } from "./readme";
import { rowsFile } from "./rows";

/**
 * The files of a project, `train.py` first; `model.py`, `reader_networks.py`, `config.py`, `README.md` and the rows of built-in data are
 * made from the spec, the others are the same for every spec.
 * @throws Refusal when the project could not read the spec's data
 */
export function exportProject(derived: DerivedLoss): ExportedFile[] {
  const { spec } = derived;
  const { data } = spec;
  if (data?.options["views"] !== undefined)
    throw new Refusal(
      `A project cannot make the views of \`${data.source}\` from its pictures. Save them as an npz file, and read that.`,
    );
  const generator = data && generatorOf(data.source);
  const objective = buildObjective(derived);
  const readers = readerNetworksText(derived, objective);
  try {
    return [
      ...Object.entries(projectTexts).map(([name, text]) => ({ name, text })),
      { name: "project/config.py", text: configText(derived, objective) },
      { name: "project/model.py", text: exportPytorch(derived, { lossOnly: false, project: true }) },
      ...(readers === undefined ? [] : [{ name: "project/reader_networks.py", text: readers }]),
      { name: "README.md", text: readmeText(derived) },
      ...(generator ? [rowsFile(generator, data!, spec.streams)] : []),
    ];
  } catch (error) {
    if (error instanceof DataError) throw new Refusal(`${error.message}. ${error.advice}`);
    throw error;
  }
}
