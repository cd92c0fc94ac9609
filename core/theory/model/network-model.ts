/** The model of a spec: its networks, codes and decoders, each made once. */
import {
  concat,
  expand,
  input,
  labelled,
  matmul,
  mul,
  network,
  parameter,
  slice,
  sub,
  type Expr,
} from "../../program/expression";
import { widthOf } from "../critics/critic";
import { Encoders } from "./encoders";
import { codeOf, labelledDistribution, labelOf } from "./labels";
import { lawOf } from "../laws/index";
import type { Distribution, Drawn, Noise } from "../laws/law";
import { drawnThere, meanOfThere, noneThere, total } from "../laws/there";
import { presenceOf, presenceText } from "../missing/presence";
import { componentsOf } from "../fusions/mixture";
import type { Code, Model } from "../model-interface";
import { ChosenNetworks } from "../networks/chosen";
import { Decoders, inOrderOf } from "../networks/decoders";
import { variableText } from "../terms/print";
import { priorOf } from "../priors/index";
import type { PriorParameters } from "../priors/prior";
import { latentNamed, streamNamed, streamOf } from "../terms/roles";
import type { Latent, NetworkChoice, Spec, Stream, Variable } from "../spec";

/** Where a decoder finds what it reads; one of a name gives the same values. */
interface Reader {
  name: string;
  value(variable: Variable): Expr;
}

export class NetworkModel implements Model {
  private readonly made = new Map<string, unknown>();
  private readonly decoders = new Decoders();
  private readonly networks: ChosenNetworks;
  private readonly encoders: Encoders;

  /** Codes made so far that an encoder infers, as they are written: `Z`, `Z[X]`. */
  readonly inferred = new Map<string, Code>();

  constructor(readonly spec: Spec) {
    this.networks = new ChosenNetworks(spec);
    this.encoders = new Encoders({
      spec,
      networks: this.networks,
      parameter: (...asked) => this.parameter(...asked),
      prior: (latent) => this.prior(latent),
      tokens: (stream) => this.tokens(stream),
    });
  }

  /** Choices of networks that cannot stand where they are asked for, with the reason. */
  get unfit(): ReadonlyMap<NetworkChoice, string> {
    return this.networks.unfit;
  }

  /** The value of `make` the first time, and the same one ever after. */
  private once<T>(key: string, make: () => T): T {
    if (!this.made.has(key)) this.made.set(key, make());
    return this.made.get(key) as T;
  }

  stream(name: string): Expr {
    return this.once(`stream ${name}`, () => input(name, ["N", streamNamed(this.spec, name).width]));
  }

  shares(name: string): Expr {
    return this.once(`shares ${name}`, () =>
      input({ kind: "shares", of: name }, [streamNamed(this.spec, name).width]),
    );
  }

  /** The words of a text by number, [N, length]; its vocabulary's size where none stands. */
  private tokens({ name, size }: Stream): Expr {
    return this.once(`tokens ${name}`, () => input({ kind: "tokens", of: name }, ["N", size], "int32"));
  }

  code(variable: Variable): Code {
    const text = variableText(variable);
    return this.once(`code ${text}`, () => {
      const latent = latentNamed(this.spec, variable.name);
      const components = componentsOf(this.spec, variable);
      if (components) return this.mixture(text, components);
      const law = lawOf(latent.law.name);
      const noise = (width: number): Expr => input({ kind: "noise", of: text }, ["N", width]);
      if (variable.subset?.length === 0) return codeOf(this.drawnFromPrior(latent, text, noise), text);
      const posterior = this.encoders.posterior(latent, variable, {
        value: (input) => this.value(input),
        there: (input) => this.there(input),
      });
      const distribution = law.deterministic ? posterior : labelledDistribution(posterior, text);
      const drawn = law.draw(distribution, noise);
      const code = codeOf(drawn, text, law.deterministic ? undefined : distribution);
      this.inferred.set(text, code);
      return code;
    });
  }

  value(variable: Variable): Expr {
    return streamOf(this.spec, variable) ? this.stream(variable.name) : this.code(variable).sample;
  }

  prior(name: string): PriorParameters | undefined {
    return this.once(`prior ${name}`, () => {
      const latent = latentNamed(this.spec, name);
      const { density } = lawOf(latent.law.name);
      // A code without noise has the standard prior alone.
      if (density === undefined) return undefined;
      return priorOf(latent.prior.name).parameters({
        latent,
        density,
        pseudo: (count) => this.encoders.pseudo(latent, count, (input) => this.there(input)),
        guess: () => this.guess(`prior.${name}`, latent, latent.prior.from ?? []),
      });
    });
  }

  backward(name: string, given: Variable[]): Distribution {
    const names = given.map((variable) => variable.name);
    return this.guess(`backward.${name}-${names.join("+")}`, latentNamed(this.spec, name), names);
  }

  /** What a network guesses of a latent from variables. */
  private guess(
    parameters: string,
    { name, law: { name: lawName, size } }: Latent,
    from: string[],
  ): Distribution {
    const law = lawOf(lawName);
    const x = concat(from.map((source) => this.value({ name: source })));
    const shape = this.networks.guess(parameters, widthOf(x), law.outputs(size), [name, ...from]);
    return law.read(network(shape, x), size);
  }

  decode(
    name: string,
    read: Variable[],
    outputs: number,
    as?: string,
    reader: Reader = { name: "samples", value: (variable) => this.value(variable) },
  ): Expr {
    const decoder = this.decoders.of(name, read, as);
    const ordered = inOrderOf(read, decoder.reads);
    return this.once(`${decoder.name} ${ordered.map(variableText).join(", ")} ${reader.name}`, () => {
      const x = concat(ordered.map((variable) => reader.value(variable)));
      const stream = streamNamed(this.spec, name);
      const { reads } = decoder;
      const ends = {
        role: "decoder",
        reads,
        stream,
        input: widthOf(x),
        output: outputs * stream.width,
      } as const;
      return network(this.networks.between(decoder.name, ends, [name, ...reads]), x);
    });
  }

  parameter(name: string, shape: readonly number[], value: number): Expr {
    return this.once(`parameter ${name}`, () => parameter(name, shape, { kind: "constant", value }));
  }

  critic(pair: string, names: string[], x: Expr, output: number, tower?: "first" | "second"): Expr {
    const name = `critic.${pair}${tower ? `.${tower}` : ""}`;
    return network(this.networks.critic(name, widthOf(x), output, names), x);
  }

  baseline(pair: string, names: string[], x: Expr): Expr {
    return network(this.networks.critic(`baseline.${pair}`, widthOf(x), 1, names), x);
  }

  permutation(name: string): Expr {
    return this.once(`permutation ${name}`, () => input({ kind: "permutation", of: name }, ["N"], "int32"));
  }

  /** One sample of a mixture, each row of a component drawn for it; its mean is the components'. */
  private mixture(text: string, variables: readonly Variable[]): Code {
    const components = variables.map((variable) => this.code(variable));
    const there = variables.map((variable) => this.there(variable));
    const drawn = there.some((each) => each !== undefined)
      ? labelled(
          `drawn_${labelOf(text)}`,
          drawnThere(input({ kind: "noise", of: `component of ${text}` }, ["N", components.length]), there),
        )
      : input({ kind: "component", of: text }, ["N", components.length]);
    const mean = meanOfThere(components.map((code, i) => ({ value: code.mean, there: there[i] })));
    const sample = total(components.map((code, i) => mul(slice(drawn, 1, i, 1), code.sample)));
    return codeOf({ mean, sample }, text);
  }

  /** A draw from the prior for each row: of a mixture, from the component drawn for it by the weights. */
  private drawnFromPrior({ name, law }: Latent, text: string, noise: Noise): Drawn {
    const prior = this.prior(name);
    if (prior === undefined) return lawOf(law.name).standard(law.size, noise);
    const chosen = prior.logWeights && this.chosenComponent(prior.logWeights, text);
    const rows = Object.entries(prior.distribution).map(([parameter, value]): [string, Expr] => [
      parameter,
      chosen ? matmul(chosen, value) : expand(value, ["N", value.shape.at(-1)!]),
    ]);
    return lawOf(law.name).draw(Object.fromEntries(rows), noise);
  }

  /** The component of a mixture drawn for each row, one-hot: equally likely ones are an input, others a draw by their weights. */
  private chosenComponent(logWeights: Expr, text: string): Expr {
    const shape = ["N", logWeights.shape[0]!] as const;
    if (logWeights.op === "constant") return input({ kind: "component", of: text }, shape);
    const noise: Noise = (width) => input({ kind: "noise", of: `component of ${text}` }, ["N", width]);
    return lawOf("categorical").draw({ logits: expand(logWeights, shape) }, noise).sample;
  }

  /** 1 on the rows that have a variable, else 0, [N, 1]; undefined where all rows do. */
  private there(variable: Variable): Expr | undefined {
    const presence = presenceOf(this.spec, variable);
    if (presence.length === 0) return undefined;
    return this.once(`there ${presenceText(presence)}`, () => {
      const present = (name: string): Expr => input({ kind: "present", of: name }, ["N", 1]);
      const clauses = presence.map((names) =>
        names.length === 1 ? present(names[0]!) : sub(1, noneThere(names.map(present))!),
      );
      return clauses.reduce((product, clause) => mul(product, clause));
    });
  }

  /** What a network reads of a variable where nothing is drawn. */
  mean(variable: Variable): Expr {
    return streamOf(this.spec, variable) ? this.stream(variable.name) : this.code(variable).mean;
  }
}
