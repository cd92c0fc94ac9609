/**
 * The cosine w between a von Mises-Fisher code and its mean direction: p(w) ~ exp(kappa w) (1 - w^2)^((k - 3) / 2) on
 * [-1, 1]. With w = tanh(s) the density of s is exp(kappa tanh s) sech(s)^(k - 1): smooth on the whole line, falling at
 * least like exp(-(k - 1) |s|), and about as wide at any concentration. On equal steps of s, sums are integrals up to
 * rounding (the trapezoidal rule: Trefethen and Weideman 2014), so no Bessel function is needed.
 */
import {
  add,
  binary,
  constant,
  div,
  exp,
  labelled,
  logSumExp,
  lower,
  matmul,
  mul,
  neg,
  sigmoid,
  softplus,
  square,
  sub,
  sum,
  type Expr,
} from "../../program/expression";

/** The largest concentration; a larger one counts as this, with no gradient. Codes then are 0.01 sqrt(k - 1) wide. */
export const LARGEST_CONCENTRATION = 1e4;

/** Steps a standard deviation of s: a draw, uniform within its step, is so wider by 1 part in 200. */
const STEPS = 3;
/** How many nats below its peak the density is at the ends of the grid. */
const DEPTH = 24;
/** Keeps a cell of no mass from being divided by zero. */
const SMALLEST_MASS = 1e-12;

interface Grid {
  /** First edge of the grid of s, its step, and the number of cells. */
  start: number;
  step: number;
  cells: number;
}

/** The grid of s that serves every concentration from 0 to the largest. */
function gridOf(size: number): Grid {
  const power = size - 1;
  // Within the peak the exponent is quadratic, beyond it linear: the wider of the two reaches the depth.
  const reach = (DEPTH + power * Math.LN2) / power;
  const peak = Math.max(0, 0.5 * Math.log((4 * LARGEST_CONCENTRATION) / power));
  const step = 1 / (STEPS * Math.sqrt(2 * power));
  const cells = Math.ceil((2 * reach + peak) / step);
  return { start: -reach, step, cells };
}

/** What a concentration counts as. */
export const held = (concentration: Expr): Expr =>
  labelled("kappa", binary("min", concentration, LARGEST_CONCENTRATION));

/** (1 - tanh s) / 2, without cancellation near 1. */
const below = (s: Expr): Expr => sigmoid(mul(-2, s));

/** log cosh s. */
const logCosh = (s: Expr): Expr => sub(sub(softplus(mul(2, s)), s), Math.LN2);

/**
 * Of each cell, [cells]: s at its centre, log of the density at concentration 0, and 1 - w. `before` is, at [j, i], 1 where
 * cell i lies before cell j and half where it is cell j, so that its rows add to centres of cells.
 */
function cellsOf(size: number): Record<"before" | "shape" | "lacking", Expr> & Grid {
  const grid = gridOf(size);
  const before = labelled("before", lower(constant(1, [grid.cells, grid.cells])));
  const s = labelled("centres", add(grid.start, mul(grid.step, sum(before, 1))));
  return {
    ...grid,
    before,
    shape: labelled("shape", mul(1 - size, logCosh(s))),
    lacking: labelled("lacking", mul(2, below(s))),
  };
}

/** The density of the cells relative to its value at w = 1: [..., cells], and log of its sum, [..., 1]. */
function massesOf({ shape, lacking }: ReturnType<typeof cellsOf>, concentration?: Expr) {
  const logMasses = concentration ? labelled("log_mass", sub(shape, mul(concentration, lacking))) : shape;
  const logNorm = labelled("log_norm", logSumExp(logMasses, -1, true));
  return { logNorm, masses: labelled("mass", exp(sub(logMasses, logNorm))) };
}

/** The log-normaliser less kappa (up to a constant of the size), and 1 - E[w]: [..., 1] each. */
interface Cosine {
  logNorm: Expr;
  lack: Expr;
}

/** @param concentration [..., 1], at most the largest; undefined for 0 */
export function cosine(size: number, concentration?: Expr): Cosine {
  const cells = cellsOf(size);
  const { logNorm, masses } = massesOf(cells, concentration);
  return { logNorm, lack: sum(mul(masses, cells.lacking), -1, true) };
}

/**
 * A draw of the cosine and its sine, [N, 1] each, by the inverse of the distribution function, which is linear within
 * each cell: the cells that `chance` has passed, each in full or in part.
 * @param concentration [N, 1], at most the largest
 * @param normal two standard normal draws, [N, 2]
 */
export function drawCosine(size: number, concentration: Expr, normal: Expr): { cosine: Expr; sine: Expr } {
  const cells = cellsOf(size);
  const masses = labelled("held_mass", binary("max", massesOf(cells, concentration).masses, SMALLEST_MASS));
  const middles = matmul(masses, cells.before, false, true);
  // The squared length of two normal draws is exponential, so this is uniform.
  const chance = labelled("chance", exp(mul(-0.5, sum(square(normal), -1, true))));
  const passed = binary("min", binary("max", add(div(sub(chance, middles), masses), 0.5), 0), 1);
  const s = labelled("s", add(cells.start, mul(cells.step, sum(passed, -1, true))));
  return { cosine: labelled("cosine", sub(1, mul(2, below(s)))), sine: exp(neg(logCosh(s))) };
}
