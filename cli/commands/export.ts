import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exportTargetIds, exportTargetOf, exportTargets } from "../../core/export/index";
import { exportLoader } from "../../core/export/project/loader";
import { baseName, Refusal, type ExportedFile, type ExportTarget } from "../../core/export/target";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { exitCodes, Failure, oneFile, oneOf, UsageError, type Command, type Options } from "../command";
import { diagnosticJson } from "../diagnostics";
import { chooseSpecs, nameOf, readSource, showDiagnostics } from "../source";
import { writeExported, type WriteOptions } from "../write";

export const exportSpec: Command = {
  name: "export",
  operands: `FILE --to ${exportTargetIds.join("|")}`,
  doc: "Exports the loss of a spec as PyTorch, a training project, LaTeX, BibTeX or pictures. A file with errors is not exported, and neither the spec nor a file that was not exported is overwritten.",
  options: {
    to: {
      type: "string",
      value: "TARGET",
      doc: exportTargets.map(({ id, title }) => `${id} (${title})`).join(", "),
    },
    spec: { type: "string", value: "NAME", doc: "the spec to export; required if the file has several" },
    output: {
      type: "string",
      short: "o",
      value: "PATH",
      doc: "the output file, or a folder for a target with several files; default standard output",
    },
    "with-data": {
      type: "boolean",
      doc: "also write a Python package that reads, scales, fills and splits the spec's data as the preview does; of a PyTorch target",
    },
    force: { type: "boolean", doc: "replace a file that was not exported" },
    json: { type: "boolean", doc: "print the name, the target and the files as JSON" },
  },
  async run(operands, options, terminal) {
    const source = await readSource(oneFile(operands));
    const id = targetOf(options);
    const specs = chooseSpecs(source, options["spec"] as string | undefined);
    const [spec] = specs;
    if (specs.length > 1) {
      throw new UsageError(`${source.file} has ${specs.map(nameOf).join(", ")}; choose one with --spec`);
    }
    const errors = source.analysis.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0 || spec?.derived === undefined || !spec.valid) {
      if (options["json"])
        terminal.out(
          JSON.stringify(
            { diagnostics: errors.map((one) => diagnosticJson(one, source.text)) },
            undefined,
            2,
          ),
        );
      else showDiagnostics(errors, source, terminal);
      return exitCodes.failed;
    }
    const files = filesOf(id, spec.derived, baseName(nameOf(spec)), options["with-data"] === true);
    const output = options["output"] as string | undefined;
    if (options["json"])
      terminal.out(JSON.stringify({ name: nameOf(spec), target: id, files }, undefined, 2));
    else if (output === undefined) terminal.out(onlyText(files, id));
    if (output !== undefined)
      await writeAll(files, output, { spec: source.file, force: options["force"] === true });
    return exitCodes.ok;
  },
};

/** @throws UsageError */
function targetOf(options: Options): string {
  const id = oneOf(options, "to", exportTargetIds);
  if (id === undefined) throw new UsageError(`choose a target: --to ${exportTargetIds.join(", --to ")}`);
  const target: ExportTarget = exportTargetOf(id)!;
  if (options["with-data"] === true && (target.format !== "Python" || target.folder))
    throw new UsageError(
      target.folder
        ? `${id} already reads the spec's data; --with-data is for a single file of PyTorch`
        : `--with-data is for a target that trains, such as pytorch`,
    );
  return id;
}

/** @throws Failure when the target cannot write this loss */
function filesOf(id: string, derived: DerivedLoss, base: string, withData: boolean): readonly ExportedFile[] {
  const target: ExportTarget = exportTargetOf(id)!;
  try {
    const files = target.write(derived, base);
    return withData ? [...files, ...exportLoader(derived.spec, base)] : files;
  } catch (error) {
    if (error instanceof Refusal) throw new Failure(error.message);
    throw error;
  }
}

/** @throws UsageError for several files, which one output cannot hold */
function onlyText([first, ...others]: readonly ExportedFile[], id: string): string {
  if (others.length === 0) return first!.text.trimEnd();
  const names = [first!, ...others].map(({ name }) => name);
  throw new UsageError(`${id} gives ${names.length} files (${listed(names)}); choose a folder with --output`);
}

/** The names, of many the first. */
const listed = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");

async function writeAll(
  files: readonly ExportedFile[],
  output: string,
  options: WriteOptions,
): Promise<void> {
  const placed = files.map((file) => ({
    ...file,
    place: files.length === 1 ? output : join(output, file.name),
  }));
  if (files.length > 1) {
    const folders = new Set(placed.map(({ place }) => dirname(place)));
    for (const folder of [output, ...folders])
      await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw new Failure(`${folder} could not be made: ${error.message}`);
      });
  }
  await writeExported(placed, options);
}
