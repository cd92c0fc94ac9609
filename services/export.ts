/** A spec as a PyTorch file, for an editor's export command. */
import { specNamed } from "./derived";
import type { Document } from "./document";
import type { ExportAnswer, ExportParams } from "./protocol";

export function exportSpec(document: Document, { spec: name }: ExportParams): ExportAnswer {
  const found = specNamed(document, name);
  if (found === undefined)
    return { error: `This file has no spec${name === undefined ? "" : ` \`${name}\``}.` };
  return { error: "not yet" };
}
