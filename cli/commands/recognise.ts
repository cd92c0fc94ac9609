import type { AnalysedSpec } from "../../core/theory/analysed";
import { exitCodes, oneFile, type Command } from "../command";
import { chooseSpecs, nameOf, readSource, showDiagnostics } from "../source";
import { wrap, type Terminal } from "../terminal";
import { rounded } from "../../core/language/number-text";

export const recogniseSpec: Command = {
  name: "recognise",
  operands: "FILE",
  doc: "Names the published method of a loss, or the closest method and the differences. Exit code 1 when a spec has errors.",
  options: {
    spec: { type: "string", value: "NAME", doc: "only this spec; default all specs of the file" },
    json: { type: "boolean", doc: "print the result as JSON" },
  },
  async run(operands, options, terminal) {
    const source = await readSource(oneFile(operands));
    const specs = chooseSpecs(source, options["spec"] as string | undefined);
    showDiagnostics(
      source.analysis.diagnostics.filter(({ severity }) => severity === "error"),
      source,
      terminal,
    );
    const whole = specs.filter(({ valid, recognised }) => valid && recognised !== undefined);
    if (options["json"]) terminal.out(JSON.stringify(whole.map(recognisedJson), undefined, 2));
    else for (const spec of whole) show(spec, terminal);
    return specs.some(({ valid }) => !valid) ? exitCodes.failed : exitCodes.ok;
  },
};

/** `method`, `called`, `difference` and `source` are null where there is none. */
function recognisedJson(spec: AnalysedSpec): Record<string, unknown> {
  const { match, method, called, differences, text, aliases, variants, limits, source, beta } =
    spec.recognised!;
  return {
    name: nameOf(spec),
    match,
    method: method ?? null,
    called: called ?? null,
    difference: differences.length > 0 ? text : null,
    differences,
    aliases,
    variants,
    limits,
    source: source ?? null,
    beta,
  };
}

const heads = {
  exact: "is",
  limit: "is a limit:",
  near: "is near:",
  none: "is not a method of the catalogue",
} as const;

function show(spec: AnalysedSpec, { out, style }: Terminal): void {
  const { match, text, aliases, variants, limits, source, beta } = spec.recognised!;
  out(`${style.bold(nameOf(spec))} ${heads[match]}${text === "" ? "" : ` ${style.accent(text)}`}`);
  if (source !== undefined) out(wrap(source, "  "));
  if (aliases.length > 0) out(wrap(`Also called: ${aliases.join(", ")}.`, "  "));
  if (variants.length > 0) out(wrap(`Here: ${variants.join("; ")}.`, "  "));
  if (limits.length > 0) out(wrap(`Limits: ${limits.join("; ")}.`, "  "));
  out(
    `  beta ${rounded(beta.kept, 4)} on the kept terms; ${rounded(beta.cost, 4)} on the compressed terms (as in a beta-VAE).`,
  );
}
