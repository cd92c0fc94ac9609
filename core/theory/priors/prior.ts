import type { Expr } from "../../program/expression";

/** Mean and log-variance of a Gaussian prior, each [size]; none for the standard normal. */
export interface PriorParameters {
  mean: Expr;
  logVariance: Expr;
}

/** What a rate is measured against. One file a prior. */
export interface Prior {
  name: string;
  doc: string;
  /** Creates its parameters for a latent; undefined for the standard normal. */
  parameters(latent: string, size: number): PriorParameters | undefined;
}
