/** A spec as the files of an export target, for an editor's export command. */
import { exportTargetIds, exportTargetOf, exportTargets } from "../core/export/index";
import { baseName, Refusal, type ExportTarget } from "../core/export/target";
import { specNamed } from "./derived";
import type { Document } from "./document";
import type { ExportAnswer, ExportParams, ExportTargetsAnswer } from "./protocol";

export const describeTargets = (): ExportTargetsAnswer =>
  exportTargets.map(({ id, title, doc, format, extension, folder = false }: ExportTarget) => ({
    id,
    title,
    doc,
    format,
    extension,
    folder,
  }));

/** Nothing is exported from a file with an error, in whichever of its specs. */
export function exportSpec(
  document: Document,
  { spec: name, target: id }: Omit<ExportParams, "textDocument">,
): ExportAnswer {
  const target = exportTargetOf(id);
  if (target === undefined)
    return { error: `Unknown export target \`${id}\`; use ${exportTargetIds.join(", ")}.` };
  const found = specNamed(document, name);
  if (found === undefined)
    return { error: `This file has no spec${name === undefined ? "" : ` \`${name}\``}.` };
  const { tree, derived, valid } = found;
  if (!valid || derived === undefined)
    return { error: `\`${tree.name.text}\` has errors. Fix the underlined errors, then export it.` };
  if (document.analysis.diagnostics.some(({ severity }) => severity === "error"))
    return { error: "This file has errors. Fix the underlined errors, then export." };
  try {
    return { files: target.write(derived, baseName(tree.name.text)) };
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message };
    throw error;
  }
}
