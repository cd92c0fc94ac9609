/** The networks of a spec: for each encoder, decoder and critic what was chosen for it, else the default. */
import { perceptron, type NetworkShape } from "../../program/expression";
import { streamOf } from "../terms/roles";
import type { NetworkChoice, Spec } from "../spec";
import { DEFAULT_WIDTHS, defaultNetwork, networkOf } from "./index";
import type { Ends } from "./network";

export class ChosenNetworks {
  /** Choices that cannot stand where they are asked for, with the reason; defaults stand there. */
  readonly unfit = new Map<NetworkChoice, string>();

  constructor(private readonly spec: Spec) {}

  /**
   * An encoder or a decoder; of the user's own, with the default's layers for whoever cannot build it.
   * @param name prefix of its parameters
   * @param names what a choice for it may name, in the order in which they are asked for
   */
  between(name: string, ends: Ends, names: readonly string[]): NetworkShape {
    const choice = this.choice(ends.role, names);
    const built = choice?.network.name === "torch" ? undefined : choice?.network;
    const refusal = built && networkOf(built.name).refuses(ends);
    if (choice !== undefined && refusal !== undefined)
      this.unfit.set(choice, `${refusal}${this.remedy(ends, choice)}`);
    const taken = built === undefined || refusal !== undefined ? defaultNetwork(ends) : built;
    const { input, output } = ends;
    const own = choice?.network.name === "torch" ? { module: { name: choice.network.module, input } } : {};
    return { name, layers: networkOf(taken.name).layers(taken, ends), output, ...own };
  }

  /** A network that guesses a code from others, or from conditions, as their encoder would. */
  guess(name: string, input: number, output: number, names: readonly string[]): NetworkShape {
    return perceptronOf(name, input, output, this.choice("encoder", names));
  }

  /** A critic's network, or what stands beside it, of the pair that these names are. */
  critic(name: string, input: number, output: number, names: readonly string[]): NetworkShape {
    const pair = (of: readonly string[]): string => [...of].sort().join(" ");
    const choice = this.choices("critic").find((each) => pair(each.names) === pair(names));
    return perceptronOf(name, input, output, choice);
  }

  /** The choice that names the first of `names` that any names. */
  private choice(role: Ends["role"], names: readonly string[]): NetworkChoice | undefined {
    const choices = this.choices(role);
    return names
      .map((name) => choices.find((choice) => choice.names.includes(name)))
      .find((choice) => choice !== undefined);
  }

  private choices(role: NetworkChoice["role"]): NetworkChoice[] {
    return this.spec.networks.filter((choice) => choice.role === role);
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
    return ` For ${list} only, write \`network encoder ${codes.join(", ")} = ${name}(${sizes.join(", ")})\`.`;
  }
}

/** A network that reads values of any kind; of a choice for streams it takes nothing. */
function perceptronOf(
  name: string,
  input: number,
  output: number,
  choice: NetworkChoice | undefined,
): NetworkShape {
  const chosen = choice?.network;
  const widths = chosen?.name === "mlp" || chosen?.name === "linear" ? chosen.sizes : DEFAULT_WIDTHS;
  return { name, layers: perceptron([input, ...widths, output]), output };
}
