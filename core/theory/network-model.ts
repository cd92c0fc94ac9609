/** The model of a spec: its networks, codes and decoders, each made once. */
import {
  concat,
  constant,
  exp,
  expand,
  input,
  labelled,
  matmul,
  mul,
  network,
  parameter,
  perceptron,
  slice,
  sub,
  type Expr,
  type NetworkShape,
} from "../program/expression";
import { widthOf } from "./critics/critic";
import { fusionOf } from "./fusions/index";
import { lawOf } from "./laws/index";
import type { Distribution, Drawn, Expert, Noise } from "./laws/law";
import { drawnThere, meanOfThere, noneThere, total, whereThere } from "./missing/there";
import type { Code, Model } from "./model";
import { presenceOf, presenceText } from "./missing/presence";
import { componentsOf } from "./mixture";
import { DEFAULT_WIDTHS, defaultNetwork, networkOf } from "./networks/index";
import type { Ends } from "./networks/network";
import { variableText } from "./print";
import { priorOf } from "./priors/index";
import { within } from "./priors/within";
import type { PriorParameters } from "./priors/prior";
import { latentOf, streamOf } from "./roles";
import type { Latent, NetworkChoice, Spec, Stream, Variable } from "./spec";

/** What begins the name of an input that says on which rows a stream is there. */
export const PRESENT = "present.";

/** Where a decoder finds what it reads; one of a name gives the same values. */
export interface Reader {
  name: string;
  value(variable: Variable): Expr;
}

interface Decoder {
  /** Prefix of its parameters. */
  name: string;
  /** Names of what it reads, in order. */
  reads: string[];
}

export class NetworkModel implements Model {
  private readonly made = new Map<string, unknown>();
  private readonly decoders = new Map<string, Decoder>();

  /** Codes made so far that an encoder infers, as they are written: `Z`, `Z[X]`. */
  readonly inferred = new Map<string, Code>();

  /** Choices of networks that cannot stand where they are asked for, with the reason; defaults stand there. */
  readonly unfit = new Map<NetworkChoice, string>();

  constructor(readonly spec: Spec) {}

  /** The value of `make` the first time, and the same one ever after. */
  private once<T>(key: string, make: () => T): T {
    if (!this.made.has(key)) this.made.set(key, make());
    return this.made.get(key) as T;
  }

  stream(name: string): Expr {
    return this.once(`stream ${name}`, () => input(name, ["N", this.streamNamed(name).width]));
  }

  /** The words of a text by number, [N, length]; its vocabulary's size where none stands. */
  private tokens({ name, size }: Stream): Expr {
    return this.once(`tokens ${name}`, () => input(`tokens.${name}`, ["N", size], "int32"));
  }

  code(variable: Variable): Code {
    const text = variableText(variable);
    return this.once(`code ${text}`, () => {
      const latent = this.latentNamed(variable.name);
      const components = componentsOf(this.spec, variable);
      if (components) return this.mixture(text, components);
      const law = lawOf(latent.law.name);
      const noise = (width: number): Expr => input(`noise.${text}`, ["N", width]);
      if (variable.subset?.length === 0) return codeOf(this.drawnFromPrior(latent, text, noise), text);
      const posterior = this.posterior(latent, variable);
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
      const latent = this.latentNamed(name);
      const { density } = lawOf(latent.law.name);
      // A code without noise has the standard prior alone.
      if (density === undefined) return undefined;
      return priorOf(latent.prior.name).parameters({
        latent,
        density,
        pseudo: (count) => this.pseudo(latent, count),
        guess: () => {
          const given = (latent.prior.from ?? []).map((source) => ({ name: source }));
          const choice = this.choice("encoder", [name, ...given.map((variable) => variable.name)]);
          const { law } = latent;
          const outputs = lawOf(law.name).outputs(law.size);
          const output = this.perceptron(`prior.${name}`, this.joined(given), outputs, choice);
          return lawOf(law.name).read(output, law.size);
        },
      });
    });
  }

  backward(name: string, given: Variable[]): Distribution {
    const { law } = this.latentNamed(name);
    const names = given.map((variable) => variable.name);
    const output = this.perceptron(
      `backward.${name}-${names.join("+")}`,
      this.joined(given),
      lawOf(law.name).outputs(law.size),
      this.choice("encoder", [name, ...names]),
    );
    return lawOf(law.name).read(output, law.size);
  }

  decode(
    name: string,
    read: Variable[],
    outputs: number,
    as?: string,
    reader: Reader = { name: "samples", value: (variable) => this.value(variable) },
  ): Expr {
    const decoder = this.decoder(name, read, as);
    const ordered = inOrderOf(read, decoder.reads);
    return this.once(`${decoder.name} ${ordered.map(variableText).join(", ")} ${reader.name}`, () => {
      const x = concat(ordered.map((variable) => reader.value(variable)));
      const stream = this.streamNamed(name);
      const ends = { role: "decoder", reads: decoder.reads, stream, output: outputs * stream.width } as const;
      const choice = this.choice("decoder", [name, ...decoder.reads]);
      return network(this.shape(decoder.name, { ...ends, input: widthOf(x) }, choice), x);
    });
  }

  parameter(name: string, shape: readonly number[], value: number): Expr {
    return this.once(`parameter ${name}`, () => parameter(name, shape, { kind: "constant", value }));
  }

  critic(pair: string, names: string[], x: Expr, output: number, tower?: "first" | "second"): Expr {
    const name = `critic.${pair}${tower ? `.${tower}` : ""}`;
    return this.perceptron(name, x, output, this.criticChoice(names));
  }

  baseline(pair: string, names: string[], x: Expr): Expr {
    return this.perceptron(`baseline.${pair}`, x, 1, this.criticChoice(names));
  }

  permutation(name: string): Expr {
    return this.once(`permutation ${name}`, () => input(`permutation.${name}`, ["N"], "int32"));
  }

  /** One sample of a mixture, each row of a component drawn for it; its mean is the components'. */
  private mixture(text: string, variables: readonly Variable[]): Code {
    const components = variables.map((variable) => this.code(variable));
    const there = variables.map((variable) => this.there(variable));
    const drawn = there.some((each) => each !== undefined)
      ? labelled(
          `drawn_${labelOf(text)}`,
          drawnThere(input(`noise.component of ${text}`, ["N", components.length]), there),
        )
      : input(`component.${text}`, ["N", components.length]);
    const mean = meanOfThere(components.map((code, i) => ({ value: code.mean, there: there[i] })));
    const sample = total(components.map((code, i) => mul(slice(drawn, 1, i, 1), code.sample)));
    return codeOf({ mean, sample }, text);
  }

  /**
   * What a code's encoders say.
   * @param values what they read of a stream or a code
   * @param there the rows that have it; undefined where all do
   */
  private posterior(
    latent: Latent,
    variable: Variable,
    values = (input: Variable): Expr => this.value(input),
    there = (input: Variable): Expr | undefined => this.there(input),
  ): Distribution {
    const law = lawOf(latent.law.name);
    const fusion = fusionOf(latent.fusion.name);
    const inputs = (variable.subset ?? latent.from).map((name) => ({ name }));
    const given = latent.given.map((name) => ({ name }));
    // All that stands in brackets is there on every row of which such a part of a code is read.
    const has = (input: Variable): Expr | undefined => (variable.subset ? undefined : there(input));
    // A shared encoder has the names of the code whose own it is; inputs are matched by their places.
    const owner = latent.encoder === undefined ? latent : this.latentNamed(latent.encoder);
    const owned = (input: string): string => owner.from[latent.from.indexOf(input)]!;
    /** One network on several inputs: zeros for what is absent, and a column for each input that may be. */
    const sideBySide = (names: Variable[]): Expr[] => [
      ...names.map((input) => {
        // A stream is zero where it is absent; what an encoder makes of zeros is not.
        const isCode = latentOf(this.spec, input) !== undefined;
        return isCode ? whereThere({ value: values(input), there: has(input) }) : values(input);
      }),
      ...names.map(has).filter((column) => column !== undefined),
    ];
    const read = (parameters: string, names: Variable[]): Distribution => {
      const choice = this.choice("encoder", [owner.name, ...names.map(({ name }) => owned(name))]);
      const x = concat([...(names.length > 1 ? sideBySide(names) : names.map(values)), ...given.map(values)]);
      const output = law.outputs(latent.law.size);
      return law.read(this.encode(parameters, [...names, ...given], x, output, choice), latent.law.size);
    };
    const { options } = latent.fusion;
    const weighed = options.includes("weights = learned");
    const expert = (input: Variable): Expert => {
      const name = `${owner.name}-${owned(input.name)}`;
      const says = read(`encoder.${name}`, [input]);
      const weight = weighed ? { weight: exp(this.parameter(`fusion.${name}.logWeight`, [], 0)) } : {};
      return { says, there: has(input), ...weight };
    };
    if (fusion.experts && latent.from.length > 1) return fusion.fuse(inputs.map(expert), law, options);
    const own = { name: owner.name, ...(variable.subset ? { subset: variable.subset.map(owned) } : {}) };
    const says = read(`encoder.${variableText(own)}`, inputs);
    return fusion.fuse([{ says, there: inputs.length > 1 ? undefined : has(inputs[0]!) }], law, options);
  }

  /** What its encoders say at trained inputs, which lie where the streams do. */
  private pseudo(latent: Latent, count: number): Distribution[] {
    const values = ({ name }: Variable): Expr => {
      const stream = this.streamNamed(name);
      const initial = { kind: "uniform", fanIn: 1 } as const;
      return within(
        stream,
        parameter(`pseudo.${latent.name}-${name}.inputs`, [count, stream.width], initial),
      );
    };
    const whole = { name: latent.name };
    const variables = componentsOf(this.spec, whole) ?? [whole];
    const there = (of: Variable): Expr | undefined => this.there(of) && constant(1, [count, 1]);
    return variables.map((variable) => this.posterior(latent, variable, values, there));
  }

  /** A draw from the prior for each row: of a mixture, from the component drawn for it. */
  private drawnFromPrior({ name, law }: Latent, text: string, noise: Noise): Drawn {
    const prior = this.prior(name);
    if (prior === undefined) return lawOf(law.name).standard(law.size, noise);
    const { logWeights } = prior;
    const chosen = logWeights && input(`component.${text}`, ["N", logWeights.shape[0]!]);
    const rows = Object.entries(prior.distribution).map(([parameter, value]): [string, Expr] => [
      parameter,
      chosen ? matmul(chosen, value) : expand(value, ["N", value.shape.at(-1)!]),
    ]);
    return lawOf(law.name).draw(Object.fromEntries(rows), noise);
  }

  /** 1 on the rows that have a variable, else 0, [N, 1]; undefined where all rows do. */
  private there(variable: Variable): Expr | undefined {
    const presence = presenceOf(this.spec, variable);
    if (presence.length === 0) return undefined;
    return this.once(`there ${presenceText(presence)}`, () => {
      const present = (name: string): Expr => input(`${PRESENT}${name}`, ["N", 1]);
      const clauses = presence.map((names) =>
        names.length === 1 ? present(names[0]!) : sub(1, noneThere(names.map(present))!),
      );
      return clauses.reduce((product, clause) => mul(product, clause));
    });
  }

  private joined(variables: readonly Variable[]): Expr {
    return concat(variables.map((variable) => this.value(variable)));
  }

  /** What a network reads of a variable where nothing is drawn. */
  mean(variable: Variable): Expr {
    return streamOf(this.spec, variable) ? this.stream(variable.name) : this.code(variable).mean;
  }

  /**
   * The decoder of (stream, what it reads, `as`). The first of a stream bears its name alone; another says what it reads,
   * or its `as`. What it reads has the order in which it was first written.
   */
  private decoder(stream: string, read: readonly Variable[], as: string | undefined): Decoder {
    const reads = read.map(({ name }) => name);
    const identity = `${stream} ${as ?? [...reads].sort().join(" ")}`;
    const first = ![...this.decoders.keys()].some((key) => key.startsWith(`${stream} `));
    const suffix = as ?? (first ? undefined : reads.join("+"));
    const known = this.decoders.get(identity) ?? {
      name: `decoder.${stream}${suffix ? `-${suffix}` : ""}`,
      reads,
    };
    this.decoders.set(identity, known);
    return known;
  }

  private encode(
    name: string,
    variables: readonly Variable[],
    x: Expr,
    output: number,
    choice: NetworkChoice | undefined,
  ): Expr {
    const stream = variables.length === 1 ? streamOf(this.spec, variables[0]!) : undefined;
    const reads = variables.map((variable) => variable.name);
    const ends: Ends = { role: "encoder", reads, input: widthOf(x), output, ...(stream ? { stream } : {}) };
    const shape = this.shape(name, ends, choice);
    return network(shape, shape.layers[0]?.kind === "embeddingBag" ? this.tokens(stream!) : x);
  }

  /** The chosen network; the default where none is chosen, the chosen one cannot stand there, or it is the user's own. */
  private shape(name: string, ends: Ends, choice: NetworkChoice | undefined): NetworkShape {
    const built = choice?.network.name === "torch" ? undefined : choice?.network;
    const refusal = built && networkOf(built.name).refuses(ends);
    if (choice !== undefined && refusal !== undefined)
      this.unfit.set(choice, `${refusal}${this.remedy(ends, choice)}`);
    const taken = built === undefined || refusal !== undefined ? defaultNetwork(ends) : built;
    const { input, output } = ends;
    const own = choice?.network.name === "torch" ? { module: { name: choice.network.module, input } } : {};
    return { name, layers: networkOf(taken.name).layers(taken, ends), output, ...own };
  }

  /** Where a network that cannot read streams together fits the codes that read one of them alone: to name these. */
  private remedy({ role, reads }: Ends, { names, network }: NetworkChoice): string {
    if (role !== "encoder" || reads.length < 2 || network.name === "torch") return "";
    const { name, sizes } = network;
    const fits = this.spec.latents.filter(({ from, given }) => {
      const stream = streamOf(this.spec, { name: from[0]! });
      const alone = from.length === 1 && given.length === 0 && names.includes(from[0]!) && stream;
      if (!alone) return false;
      return !networkOf(name).refuses({ role, reads: from, stream, input: stream.width, output: 1 });
    });
    if (fits.length === 0) return "";
    const codes = [...new Set(fits.map((latent) => latent.encoder ?? latent.name))];
    const list = codes.map((code) => `\`${code}\``).join(" and ");
    return ` For ${list} alone, write \`network encoder ${codes.join(", ")} = ${name}(${sizes.join(", ")})\`.`;
  }

  /** A network that reads codes, or conditions as rows; of a choice for streams it takes nothing. */
  private perceptron(name: string, x: Expr, output: number, choice: NetworkChoice | undefined): Expr {
    const chosen = choice?.network;
    const widths = chosen?.name === "mlp" || chosen?.name === "linear" ? chosen.sizes : DEFAULT_WIDTHS;
    return network({ name, layers: perceptron([widthOf(x), ...widths, output]), output }, x);
  }

  /** The choice for an encoder or decoder that names the first of `names` that any names. */
  private choice(role: "encoder" | "decoder", names: readonly string[]): NetworkChoice | undefined {
    const choices = this.choices(role);
    return names
      .map((name) => choices.find((choice) => choice.names.includes(name)))
      .find((choice) => choice !== undefined);
  }

  /** The choice for a critic that names the same pair. */
  private criticChoice(names: readonly string[]): NetworkChoice | undefined {
    const wanted = [...names].sort().join(" ");
    return this.choices("critic").find((choice) => [...choice.names].sort().join(" ") === wanted);
  }

  private choices(role: NetworkChoice["role"]): NetworkChoice[] {
    return this.spec.networks.filter((choice) => choice.role === role);
  }

  private streamNamed(name: string): Stream {
    const stream = streamOf(this.spec, { name });
    if (stream === undefined) throw new Error(`no stream named ${name}`);
    return stream;
  }

  private latentNamed(name: string): Latent {
    const latent = latentOf(this.spec, { name });
    if (latent === undefined) throw new Error(`no latent named ${name}`);
    return latent;
  }
}

const labelOf = (text: string): string => text.replace(/[^A-Za-z0-9_]+/g, "_").replace(/_$/, "");

/** The same variables in the order of `names`; what stands there twice keeps its own order. */
function inOrderOf(variables: readonly Variable[], names: readonly string[]): Variable[] {
  return [...variables].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

/** Labels that the export makes local variables of: `mean_Zx`, `logVariance_Zx`. */
const labelledDistribution = (distribution: Distribution, text: string): Distribution =>
  Object.fromEntries(
    Object.entries(distribution).map(([name, value]) => [name, labelled(`${name}_${labelOf(text)}`, value)]),
  );

/** A draw as a code: its sample is labelled `z_Zx`, and so is its mean where the two are one. */
function codeOf({ mean, sample }: Drawn, text: string, distribution?: Distribution): Code {
  const z = labelled(`z_${labelOf(text)}`, sample);
  const known = mean.label !== undefined;
  const centre = mean === sample ? z : known ? mean : labelled(`mean_${labelOf(text)}`, mean);
  return { mean: centre, sample: z, distribution: distribution ?? { mean: centre } };
}
