import { exitCodes, UsageError, type Command } from "../command";
import { countFindings, diagnosticJson } from "../diagnostics";
import { readSource, showDiagnostics, withTriedFixes } from "../source";

export const check: Command = {
  name: "check",
  operands: "FILE...",
  doc: "Reports errors and warnings of specs, each with its source line. Exit code 1 when a file has errors; it is 0 if there are only warnings.",
  options: { json: { type: "boolean", doc: "print the diagnostics as JSON" } },
  async run(files, options, terminal) {
    if (files.length === 0) throw new UsageError("give the path of a .bottleneck file");
    const sources = await Promise.all(files.map(readSource));
    const failed = sources.some(({ analysis }) =>
      analysis.diagnostics.some(({ severity }) => severity === "error"),
    );
    if (options["json"]) {
      const found = sources.map((source) => ({
        file: source.file,
        diagnostics: withTriedFixes(source.analysis.diagnostics, source).map((diagnostic) =>
          diagnosticJson(diagnostic, source.text),
        ),
      }));
      terminal.out(JSON.stringify(found, undefined, 2));
    } else {
      for (const source of sources) {
        showDiagnostics(source.analysis.diagnostics, source, terminal);
        terminal.out(`${source.file}: ${countFindings(source.analysis.diagnostics)}`);
      }
    }
    return failed ? exitCodes.failed : exitCodes.ok;
  },
};
