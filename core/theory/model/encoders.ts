/** What the encoders of a code say: one network on all that it reads, or experts that are fused. */
import { concat, constant, exp, network, parameter, stop, type Expr } from "../../program/expression";
import { widthOf } from "../critics/critic";
import { fusionOf } from "../fusions/index";
import { lawOf } from "../laws/index";
import type { Distribution, Expert } from "../laws/law";
import { whereThere } from "../laws/there";
import { componentsOf } from "../fusions/mixture";
import type { Model } from "../model-interface";
import type { ChosenNetworks } from "../networks/chosen";
import type { Ends } from "../networks/network";
import { variableText } from "../terms/print";
import { within } from "../priors/within";
import { latentNamed, latentOf, streamNamed, streamOf } from "../terms/roles";
import type { Latent, Stream, Variable } from "../spec";

/** Where encoders find what they read. */
interface Source {
  /** A stream's rows, or a code's. */
  value(input: Variable): Expr;
  /** 1 on the rows that have it, else 0, [N, 1]; undefined where all rows do. */
  there(input: Variable): Expr | undefined;
}

/** What encoders share with the rest of their model. */
interface Shared extends Pick<Model, "spec" | "parameter" | "prior"> {
  networks: ChosenNetworks;
  /** The words of a text by number, [N, length]. */
  tokens(stream: Stream): Expr;
}

export class Encoders {
  constructor(private readonly shared: Shared) {}

  /** The distribution of a code, or of the part of it that a variable names. */
  posterior(latent: Latent, variable: Variable, source: Source): Distribution {
    const { spec, parameter } = this.shared;
    const law = lawOf(latent.law.name);
    const fusion = fusionOf(latent.fusion.name);
    const inputs = (variable.subset ?? latent.from).map((name) => ({ name }));
    // All that stands in brackets is there on every row of which such a part of a code is read.
    const there = (input: Variable): Expr | undefined => (variable.subset ? undefined : source.there(input));
    // A shared encoder has the names of the code whose own it is; inputs are matched by their places.
    const owner = latent.encoder === undefined ? latent : latentNamed(spec, latent.encoder);
    const owned = (input: string): string => owner.from[latent.from.indexOf(input)]!;
    // No gradient reaches the weights of a frozen code.
    const fixed = (of: Expr): Expr => (latent.frozen ? stop(of) : of);
    const says = (name: string, read: Variable[]): Distribution => {
      const names = [owner.name, ...read.map((input) => owned(input.name))];
      const output = this.encode(name, read, latent, { value: source.value, there }, names);
      return law.read(fixed(output), latent.law.size);
    };
    const { options } = latent.fusion;
    const shape = options.includes("weights = learned") && law.density?.powers(latent.law.size);
    const expert = (name: string, read: Variable[]): Expert => ({
      says: says(`encoder.${name}`, read),
      there: read.length > 1 ? undefined : there(read[0]!),
      ...(shape ? { weight: fixed(exp(parameter(`fusion.${name}.logWeight`, shape, 0))) } : {}),
    });
    const own = { name: owner.name, ...(variable.subset ? { subset: variable.subset.map(owned) } : {}) };
    const experts =
      fusion.experts && latent.from.length > 1
        ? inputs.map((input) => expert(`${owner.name}-${owned(input.name)}`, [input]))
        : [expert(variableText(own), inputs)];
    const prior = options.includes("prior") ? this.shared.prior(latent.name)?.distribution : undefined;
    return fusion.fuse(experts, law, options, prior);
  }

  /**
   * What the encoders of a code, each component of a mixture, say at trained inputs, which lie where the streams do.
   * @param there which rows have a variable: what may be absent is always there among these
   */
  pseudo(latent: Latent, count: number, there: Source["there"]): Distribution[] {
    const { spec } = this.shared;
    const value = ({ name }: Variable): Expr => {
      const stream = streamNamed(spec, name);
      const initial = { kind: "uniform", fanIn: 1 } as const;
      return within(
        stream,
        parameter(`pseudo.${latent.name}-${name}.inputs`, [count, stream.width], initial),
      );
    };
    const whole = { name: latent.name };
    const always: Source = { value, there: (input) => there(input) && constant(1, [count, 1]) };
    return (componentsOf(spec, whole) ?? [whole]).map((variable) => this.posterior(latent, variable, always));
  }

  /** The output of one network on what it reads of a code's inputs, and on all that the code is given besides. */
  private encode(
    name: string,
    read: readonly Variable[],
    latent: Latent,
    source: Source,
    names: readonly string[],
  ): Expr {
    const given = latent.given.map((other) => ({ name: other }));
    const { value } = source;
    const x = concat([
      ...(read.length > 1 ? this.sideBySide(read, source) : read.map(value)),
      ...given.map(value),
    ]);
    const all = [...read, ...given];
    const stream = all.length === 1 ? streamOf(this.shared.spec, all[0]!) : undefined;
    const ends: Ends = {
      role: "encoder",
      reads: all.map((input) => input.name),
      input: widthOf(x),
      output: lawOf(latent.law.name).outputs(latent.law.size),
      ...(stream ? { stream } : {}),
    };
    const shape = this.shared.networks.between(name, ends, names);
    return network(shape, shape.layers[0]?.kind === "embeddingBag" ? this.shared.tokens(stream!) : x);
  }

  /** What one network reads of several inputs: zeros for what is absent, and a column for each that may be. */
  private sideBySide(inputs: readonly Variable[], { value, there }: Source): Expr[] {
    return [
      ...inputs.map((input) => {
        // A stream is zero where it is absent; what an encoder makes of zeros is not.
        const isCode = latentOf(this.shared.spec, input) !== undefined;
        return isCode ? whereThere({ value: value(input), there: there(input) }) : value(input);
      }),
      ...inputs.map(there).filter((column) => column !== undefined),
    ];
  }
}
