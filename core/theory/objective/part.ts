/** A part of the batch: the rows that have what a term reads. A bound that is given them knows of no others. */
import { gather, input, type BatchDim, type Expr, type Parts } from "../../program/expression";
import { children, withChildren } from "../../program/traverse";
import type { Objective } from "../derivation/loss";
import type { Distribution } from "../laws/law";
import type { Code, Model } from "../model-interface";
import type { NetworkModel } from "../model/network-model";
import type { PriorParameters } from "../priors/prior";
import type { Pattern, Spec, Variable } from "../spec";
import { presenceText, type Presence } from "../missing/presence";
import { rowsWith } from "../missing/patterns";

/** How many rows a part has, as an axis' length. */
const dimOf = (presence: Presence): BatchDim => `N(${presenceText(presence)})`;

/** The rows of every part that an objective reads. @param known patterns of the batch, as the data have them */
export const partsOf = (
  { parts, missing }: Pick<Objective, "parts" | "missing">,
  batch: number,
  known?: readonly Pattern[],
): Parts =>
  Object.fromEntries(parts.map((presence) => [dimOf(presence), rowsWith(presence, missing, batch, known)]));

/**
 * The model of a term over the rows that have all it reads. Codes are inferred for the whole batch, once for all terms;
 * what a term reads of them is gathered. Everything it hands out is as long as `"N"`, which `within` makes the part's.
 */
export class PartModel implements Model {
  readonly spec: Spec;
  /** What its rows have, in words: the name of the input that holds them. */
  private readonly name: string;
  private readonly rows: Expr;
  private readonly gathered = new Map<Expr, Expr>();
  private readonly named = new Map<Expr, Expr>();

  constructor(
    private readonly model: NetworkModel,
    readonly presence: Presence,
  ) {
    this.spec = model.spec;
    this.name = presenceText(presence);
    this.rows = input({ kind: "rows", of: this.name }, ["N"], "int32");
  }

  /** The rows of what has one for each row of the batch; anything else as it is. */
  private take(e: Expr): Expr {
    if (e.shape[0] !== "N") return e;
    const known = this.gathered.get(e) ?? gather(e, this.rows);
    this.gathered.set(e, known);
    return known;
  }

  private takeAll(distribution: Distribution): Distribution {
    return Object.fromEntries(Object.entries(distribution).map(([name, e]) => [name, this.take(e)]));
  }

  code(variable: Variable): Code {
    const { mean, sample, distribution } = this.model.code(variable);
    return { mean: this.take(mean), sample: this.take(sample), distribution: this.takeAll(distribution) };
  }

  stream(name: string): Expr {
    return this.take(this.model.stream(name));
  }

  shares(label: string): Expr {
    return this.model.shares(label);
  }

  value(variable: Variable): Expr {
    return this.take(this.model.value(variable));
  }

  prior(latent: string): PriorParameters | undefined {
    const prior = this.model.prior(latent);
    return prior && { ...prior, distribution: this.takeAll(prior.distribution) };
  }

  backward(latent: string, given: Variable[]): Distribution {
    return this.takeAll(this.model.backward(latent, given));
  }

  decode(stream: string, read: Variable[], outputs: number, as?: string): Expr {
    const reader = { name: `rows with ${this.name}`, value: (variable: Variable) => this.value(variable) };
    return this.model.decode(stream, read, outputs, as, reader);
  }

  parameter(...asked: Parameters<Model["parameter"]>): Expr {
    return this.model.parameter(...asked);
  }

  critic(...asked: Parameters<Model["critic"]>): Expr {
    return this.model.critic(...asked);
  }

  baseline(...asked: Parameters<Model["baseline"]>): Expr {
    return this.model.baseline(...asked);
  }

  permutation(name: string): Expr {
    return this.model.permutation(name);
  }

  /** The same expression with the part's length for `"N"`, down to where its rows are taken from the whole batch. */
  within(e: Expr): Expr {
    const known = this.named.get(e);
    if (known !== undefined) return known;
    const dim = dimOf(this.presence);
    const taken = e.op === "gather" && e.index === this.rows;
    const inner = taken
      ? { ...e, index: this.within(this.rows) }
      : withChildren(
          e,
          children(e).map((child) => this.within(child)),
        );
    const shaped = inner.shape.includes("N")
      ? { ...inner, shape: inner.shape.map((length) => (length === "N" ? dim : length)) }
      : inner;
    const result = shaped.op === "batch" ? { ...shaped, of: dim } : shaped;
    this.named.set(e, result);
    return result;
  }
}
