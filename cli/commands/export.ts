import { writeFile } from "node:fs/promises";
import { exportPytorch } from "../../core/export/pytorch";
import { exitCodes, Failure, oneFile, oneOf, UsageError, type Command } from "../command";
import { chooseSpecs, nameOf, readSource, showDiagnostics } from "../source";

export const exportSpec: Command = {
  name: "export",
  operands: "FILE --to pytorch",
  doc: "Writes the loss of a spec as one readable PyTorch file that needs torch alone.",
  options: {
    to: { type: "string", value: "FORMAT", doc: "pytorch" },
    "loss-only": { type: "boolean", doc: "only the loss, for a training loop with encoders of your own" },
    spec: { type: "string", value: "NAME", doc: "this spec of the file; needed when it holds several" },
    output: { type: "string", short: "o", value: "FILE", doc: "write here; standard output otherwise" },
    json: { type: "boolean", doc: "print the name, the format and the text as JSON" },
  },
  async run(operands, options, terminal) {
    const source = await readSource(oneFile(operands));
    const format = oneOf(options, "to", ["pytorch"]);
    if (format === undefined) throw new UsageError("say what to export to: --to pytorch");
    const specs = chooseSpecs(source, options["spec"] as string | undefined);
    const [spec] = specs;
    if (specs.length > 1) {
      throw new UsageError(`${source.file} holds ${specs.map(nameOf).join(", ")}; choose one with --spec`);
    }
    if (spec?.derived === undefined || !spec.valid) {
      const errors = source.analysis.diagnostics.filter(({ severity }) => severity === "error");
      showDiagnostics(errors, source, terminal);
      return exitCodes.failed;
    }
    const text = exportPytorch(spec.derived, { lossOnly: options["loss-only"] === true });
    const output = options["output"] as string | undefined;
    if (options["json"]) terminal.out(JSON.stringify({ name: nameOf(spec), format, text }, undefined, 2));
    else if (output === undefined) terminal.out(text.trimEnd());
    if (output !== undefined) await write(output, text);
    return exitCodes.ok;
  },
};

async function write(output: string, text: string): Promise<void> {
  try {
    await writeFile(output, text);
  } catch (error) {
    throw new Failure(`${output} could not be written: ${(error as Error).message}`);
  }
}
