/** A spec as a PyTorch file, for an editor's export command. */
import { exportPytorch } from "../core/export/pytorch";
import { specNamed } from "./derived";
import type { Document } from "./document";
import type { ExportAnswer, ExportParams } from "./protocol";

export function exportSpec(
  document: Document,
  { spec: name, lossOnly }: Omit<ExportParams, "textDocument">,
): ExportAnswer {
  const found = specNamed(document, name);
  if (found === undefined)
    return { error: `This file has no spec${name === undefined ? "" : ` \`${name}\``}.` };
  const { tree, derived, valid } = found;
  if (!valid || derived === undefined) {
    return { error: `\`${tree.name.text}\` has errors; mend what is underlined, then export it.` };
  }
  const file = `${tree.name.text.replace(/[^\p{L}\p{N}]+/gu, "_").toLowerCase()}${lossOnly ? "_loss" : ""}.py`;
  return { file, text: exportPytorch(derived, { lossOnly }) };
}
