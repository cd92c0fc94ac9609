/** Greek letters for knobs that are named after them. */
const greek: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  eta: "η",
  kappa: "κ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  omega: "ω",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  theta: "θ",
};

import type { ScalarStyle } from "./scalar";

export const unicodeStyle: ScalarStyle = { knob: (name) => greek[name] ?? name, times: "·", minus: "−" };

export const latexStyle: ScalarStyle = {
  knob: (name) =>
    Object.hasOwn(greek, name)
      ? `\\${name}`
      : name.length === 1
        ? name
        : `\\mathit{${name.replaceAll("_", "\\_")}}`,
  times: " \\cdot ",
  minus: "-",
};
