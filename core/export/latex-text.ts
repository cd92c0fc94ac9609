/** Sentences of the derivation as LaTeX text. */

/** What LaTeX reads otherwise, and the signs of mathematics that the sentences hold. */
const WRITTEN: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "$<$",
  ">": "$>$",
  "|": "$|$",
  "·": "$\\cdot$",
  "×": "$\\times$",
  "−": "$-$",
  "±": "$\\pm$",
  "→": "$\\to$",
  "←": "$\\leftarrow$",
  "—": "---",
  "–": "--",
  "…": "\\dots{}",
  "‖": "$\\|$",
  "∑": "$\\sum$",
  Σ: "$\\Sigma$",
  "∏": "$\\prod$",
  "≤": "$\\le$",
  "≥": "$\\ge$",
  "≠": "$\\ne$",
  "≈": "$\\approx$",
  "∞": "$\\infty$",
  "√": "$\\surd$",
  "⟨": "$\\langle$",
  "⟩": "$\\rangle$",
  "²": "$^{2}$",
  "′": "$'$",
  "½": "$\\tfrac{1}{2}$",
  "∈": "$\\in$",
  "∇": "$\\nabla$",
  ᵀ: "$^{\\top}$",
  "∪": "$\\cup$",
  "∅": "$\\emptyset$",
  ℒ: "$\\mathcal{L}$",
  α: "$\\alpha$",
  β: "$\\beta$",
  γ: "$\\gamma$",
  δ: "$\\delta$",
  ε: "$\\varepsilon$",
  η: "$\\eta$",
  κ: "$\\kappa$",
  λ: "$\\lambda$",
  μ: "$\\mu$",
  ν: "$\\nu$",
  ω: "$\\omega$",
  π: "$\\pi$",
  ρ: "$\\rho$",
  σ: "$\\sigma$",
  τ: "$\\tau$",
  θ: "$\\theta$",
};

/** Text with code between backquotes, as LaTeX: letters stay, signs become what pdfLaTeX can set. */
export const latexText = (text: string): string =>
  text
    .split("`")
    .map((part, i) => (i % 2 === 1 ? `\\texttt{${escaped(part)}}` : escaped(part)))
    .join("");

const escaped = (text: string): string =>
  [...text.replace(/\p{Cc}/gu, " ")]
    .map((sign) => WRITTEN[sign] ?? (/[\p{ASCII}\p{Script=Latin}]/u.test(sign) ? sign : named(sign)))
    .join("");

/** A sign that LaTeX cannot be expected to know, by its number. */
const named = (sign: string): string => `(U+${sign.codePointAt(0)!.toString(16).toUpperCase()})`;
