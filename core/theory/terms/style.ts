/** Greek letters for knobs that are named after them. */
const greek: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

import type { ScalarStyle } from "./scalar";

export const unicodeStyle: ScalarStyle = { knob: (name) => greek.get(name) ?? name, times: "·", minus: "−" };

export const latexStyle: ScalarStyle = {
  knob: (name) =>
    greek.has(name) ? `\\${name}` : name.length === 1 ? name : `\\mathit{${name.replaceAll("_", "\\_")}}`,
  times: " \\cdot ",
  minus: "-",
};
