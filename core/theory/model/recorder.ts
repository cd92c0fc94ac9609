/** Finds which rows a bound needs from what it asks of the model, so that no bound has to say it. */
import type { Expr } from "../../program/expression";
import type { Bound } from "../bound";
import type { Distribution } from "../laws/law";
import type { Code, Model } from "../model-interface";
import { NetworkModel } from "./network-model";
import type { PriorParameters } from "../priors/prior";
import { latentOf } from "../terms/roles";
import type { BoundRequest, Spec, Term, Variable } from "../spec";
import { all, presenceOf, type Presence } from "../missing/presence";

/** The rows on which a term has all that its bound reads. */
export function presenceOfTerm(
  { term, bound, request }: { term: Term; bound: Bound; request?: BoundRequest },
  spec: Spec,
): Presence {
  const recorder = new Recorder(spec);
  bound.arguments(term, recorder, request);
  return all(recorder.read.map((variable) => presenceOf(spec, variable)));
}

/** A model that notes which variables it is asked for. */
class Recorder implements Model {
  readonly read: Variable[] = [];
  private readonly model: NetworkModel;

  constructor(readonly spec: Spec) {
    this.model = new NetworkModel(spec);
  }

  private note(...variables: Variable[]): void {
    this.read.push(...variables);
  }

  code(variable: Variable): Code {
    this.note(variable);
    return this.model.code(variable);
  }

  stream(name: string): Expr {
    this.note({ name });
    return this.model.stream(name);
  }

  shares(label: string): Expr {
    return this.model.shares(label);
  }

  value(variable: Variable): Expr {
    this.note(variable);
    return this.model.value(variable);
  }

  prior(latent: string): PriorParameters | undefined {
    this.note(...(latentOf(this.spec, { name: latent })?.prior.from ?? []).map((name) => ({ name })));
    return this.model.prior(latent);
  }

  backward(latent: string, given: Variable[]): Distribution {
    this.note(...given);
    return this.model.backward(latent, given);
  }

  decode(stream: string, read: Variable[], outputs: number, as?: string): Expr {
    this.note(...read);
    return this.model.decode(stream, read, outputs, as);
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
}
