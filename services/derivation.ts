/** The derivation of a spec as a page to read. */
import { derivationPage, type DerivationPage } from "../core/views/derivation";
import { betaBothWays, lossText } from "../core/views/unicode";
import { specNamed } from "./derived";
import { code, facts as listed, paragraphs, recognitionText } from "./describe";
import type { Document } from "./document";

/** To be typeset; that of the last text without errors where it has errors now, null where there is none. */
export function derivationPageOf(document: Document, name: string | undefined): DerivationPage | null {
  const found = specNamed(document, name);
  const loss = found && document.losses.get(found.tree.name.text);
  return loss ? derivationPage(loss, found.recognised?.text, found.valid) : null;
}

/** Markdown; undefined when the document has no such spec, or errors keep it from being derived. */
export function derivationMarkdown(document: Document, name: string | undefined): string | undefined {
  const found = specNamed(document, name);
  const loss = found?.derived;
  if (found?.valid !== true || loss === undefined) return undefined;
  const { tree, recognised } = found;
  const steps = loss.steps.map(({ title, text, formula, proof, facts = [] }, index) =>
    paragraphs(
      `## ${index + 1}. ${title}`,
      text,
      formula && block(formula),
      proof && paragraphs(proof.lead, block(proof.formula), proof.by),
      listed(facts.map((fact) => [fact.name, fact.text])),
    ),
  );
  return `${paragraphs(
    `# ${tree.name.text}${tree.title ? `: ${tree.title.value}` : ""}`,
    tree.doc,
    block(lossText(loss)),
    `Values are in nats, summed over dimensions and averaged over the batch. Weights: ${code(betaBothWays(loss).text)}.`,
    recognised && recognitionText(recognised),
    ...steps,
  )}\n`;
}

const block = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;
