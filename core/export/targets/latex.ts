/** The loss, its terms and its derivation as a LaTeX document that compiles as it is. */
import type { DerivedLoss, Step } from "../../theory/derivation/loss";
import { recognise } from "../../theory/recognition/recognise";
import { lossLatex } from "../../views/latex";
import { termRowsLatex } from "../term-rows";
import { citationsOf, citedKeys } from "../citations";
import { exportMark, type ExportTarget } from "../target";
import { latexText } from "../latex-text";

export const latex = {
  id: "latex",
  title: "LaTeX derivation",
  doc: "The loss, a table of its terms and its derivation, step by step with proofs and sources, as a LaTeX document. Its citations have the keys of the target `bibtex`.",
  format: "LaTeX",
  extension: "tex",
  write(derived, base) {
    const { name, title } = derived.spec;
    const bibliography = citationsOf(derived).length > 0;
    const lines = [
      `% ${exportMark}`,
      ...header(base, bibliography),
      "\\documentclass{article}",
      "\\usepackage[utf8]{inputenc}",
      "\\usepackage{amsmath,amssymb,graphicx,textcomp}",
      "\\newenvironment{formula}{\\begin{quote}\\raggedright$\\displaystyle}{$\\end{quote}}",
      "\\setlength{\\emergencystretch}{3em}",
      `\\title{${latexText(title === undefined || title === name ? name : `${name}: ${title}`)}}`,
      "\\date{}",
      "\\begin{document}",
      "\\maketitle",
      "",
      "Values are in nats, summed over dimensions and averaged over the batch.",
      displayed(lossLatex(derived)),
      ...methodLines(derived),
      ...termTable(derived),
      "",
      ...derived.steps.flatMap(stepLines),
      ...(bibliography ? ["\\nocite{*}", "\\bibliographystyle{plain}", `\\bibliography{${base}}`] : []),
      "\\end{document}",
    ];
    return [{ name: `${base}.tex`, text: `${lines.join("\n")}\n` }];
  },
} as const satisfies ExportTarget;

/** A formula that goes on in the next line where it is too long for one: between sized delimiters it could not. */
const displayed = (formula: string): string =>
  `\\begin{formula}\n${formula.replaceAll("\\left[", "\\bigl[").replaceAll("\\right]", "\\bigr]")}\n\\end{formula}`;

/** How to compile it. */
const header = (base: string, bibliography: boolean): string[] =>
  bibliography
    ? [
        `% Compile: pdflatex ${base}.tex, bibtex ${base}, then pdflatex ${base}.tex twice.`,
        `% The bibliography is ${base}.bib: bottleneck export FILE --to bibtex --output ${base}.bib`,
        "% Without it, run pdflatex alone: citations are then shown as question marks.",
      ]
    : [`% Compile: pdflatex ${base}.tex`];

/** What the loss is recognised as, with its source. */
function methodLines(derived: DerivedLoss): string[] {
  const { match, text, source = "" } = recognise(derived);
  if (match === "none") return [];
  return [
    `${match === "near" ? "Closest published method" : "Published method"}: ${cited(text, source)}.`,
    "",
  ];
}

/** The terms, as many as there are names for; a table wider than the page is scaled to it. */
function termTable(derived: DerivedLoss): string[] {
  const rows = termRowsLatex(derived);
  if (rows.length === 0) return [];
  return [
    "\\begin{center}",
    "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%",
    "\\begin{tabular}{llllll}",
    "\\hline",
    "& Term & Weight & Bound & Formula & Side \\\\",
    "\\hline",
    ...rows.map(
      ({ side, term, weight, bound, formula, boundSide }) =>
        `${side} & $${term}$ & $${weight}$ & ${latexText(`\`${bound}\``)} & $${formula}$ & ${latexText(boundSide)} \\\\`,
    ),
    "\\hline",
    "\\end{tabular}}",
    "\\end{center}",
  ];
}

/** A text, then the keys of what a source cites. */
function cited(text: string, source: string): string {
  const keys = citedKeys(source);
  return `${latexText(text)}${keys.length > 0 ? ` \\cite{${keys.join(",")}}` : ""}`;
}

function stepLines({ title, text, formula, latex: written, proof, facts = [] }: Step): string[] {
  const shown =
    written === undefined
      ? formula && `\\begin{center}\n${latexText(formula)}\n\\end{center}`
      : displayed(written);
  const list = facts.map((fact) => {
    const source = fact.name === "Source" ? fact.text : "";
    return `\\item[${latexText(fact.name)}] ${cited(fact.text, source)}`;
  });
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
