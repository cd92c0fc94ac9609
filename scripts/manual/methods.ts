/** A page for each published method, with its derivation worked out. */
import type { CatalogueEntry } from "../../core/catalogue/index";
import { lossLatex } from "../../core/views/latex";
import { betaBothWays, lossText } from "../../core/views/unicode";
import { analyse } from "../../core/theory/analyse";
import { blocks, code, facts, fenced, latexBlock, link, page } from "./markdown";

export function methodPage({ method, text, tree }: CatalogueEntry): string {
  const { derived, valid } = analyse(text).specs[0]!;
  const { prose, told } = docOf(tree.doc ?? "");
  if (!valid || derived === undefined)
    return page(`# ${method}`, prose, facts(...told), link("The manual", "../README.md"));
  return page(
    `# ${method}`,
    prose,
    facts(...told),
    fenced(lossText(derived), "text"),
    latexBlock(lossLatex(derived)),
    `Values are in nats, summed over dimensions and averaged over the batch. Weights: ${betaBothWays(derived).text}.`,
    blocks(
      "## The spec",
      fenced(text),
      `To extend it: ${code(`spec Own extends ${tree.name.text} { ... }`)}.`,
    ),
    blocks(
      "## The derivation",
      ...derived.steps.map(({ title, text: said, formula, latex, proof, facts: known = [] }, i) =>
        blocks(
          `### ${i + 1}. ${title}`,
          said,
          latex ? latexBlock(latex) : formula && fenced(formula, "text"),
          proof && blocks(proof.lead, latexBlock(proof.latex), proof.by),
          facts(...known.map(({ name, text: value }): [string, string] => [name, value])),
        ),
      ),
    ),
    link("The manual", "../README.md"),
  );
}

/** A doc comment's sentences, and its lines of the form `Source: ...`. */
function docOf(doc: string): { prose: string; told: [string, string][] } {
  const lines = doc.split("\n").map((line) => line.trim());
  const fact = /^([A-Za-z][a-z ]*): (.+)$/;
  return {
    prose: lines.filter((line) => !fact.test(line)).join("\n"),
    told: lines.flatMap((line): [string, string][] => {
      const [, name, value] = fact.exec(line) ?? [];
      return name && value ? [[name[0]!.toUpperCase() + name.slice(1), value]] : [];
    }),
  };
}
