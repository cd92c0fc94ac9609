/** The loss and its derivation as a LaTeX document that compiles as it is. */
import type { Step } from "../../theory/derivation/loss";
import { lossLatex } from "../../views/latex";
import { exportMark, type ExportTarget } from "../target";
import { latexText } from "../latex-text";

export const latex = {
  id: "latex",
  title: "LaTeX derivation",
  doc: "The loss and its derivation, step by step with proofs and sources, as a LaTeX document.",
  format: "LaTeX",
  extension: "tex",
  write(derived, base) {
    const { name, title } = derived.spec;
    const lines = [
      `% ${exportMark}`,
      "\\documentclass{article}",
      "\\usepackage[utf8]{inputenc}",
      "\\usepackage{amsmath,amssymb,textcomp}",
      `\\title{${latexText(title === undefined || title === name ? name : `${name}: ${title}`)}}`,
      "\\date{}",
      "\\begin{document}",
      "\\maketitle",
      "",
      "Values are in nats, summed over dimensions and averaged over the batch.",
      displayed(lossLatex(derived)),
      "",
      ...derived.steps.flatMap(stepLines),
      "\\end{document}",
    ];
    return [{ name: `${base}.tex`, text: `${lines.join("\n")}\n` }];
  },
} as const satisfies ExportTarget;

const displayed = (formula: string): string => `\\[\n${formula}\n\\]`;

function stepLines({ title, text, formula, latex: written, proof, facts = [] }: Step): string[] {
  const shown =
    written === undefined
      ? formula && `\\begin{center}\n${latexText(formula)}\n\\end{center}`
      : displayed(written);
  const list = facts.map((fact) => `\\item[${latexText(fact.name)}] ${latexText(fact.text)}`);
  return [
    `\\section{${latexText(title)}}`,
    latexText(text),
    ...(shown ? [shown] : []),
    ...(proof === undefined
      ? []
      : [latexText(proof.lead), displayed(proof.latex), latexText(proof.by.replace(/\.?$/, "."))]),
    ...(list.length === 0 ? [] : ["\\begin{description}", ...list, "\\end{description}"]),
    "",
  ];
}
