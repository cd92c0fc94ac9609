/** `network encoder X = mlp(256, 256)`. */
import type { NetworkStatement } from "../../language/tree";
import { notDerived } from "../diagnostics/not-derived";
import { unfitNetwork } from "../diagnostics/unfit-network";
import { wrongArguments } from "../diagnostics/wrong-arguments";
import { wrongRole } from "../diagnostics/wrong-role";
import type { NetworkChoice, NetworkName } from "../spec";
import type { Scope } from "./scope";
import { sizes } from "./values";

/** What the numbers of each network are: the first, and every further one; how it is written otherwise. */
const numbers: Record<NetworkName, { first?: string; further?: string; advice: string }> = {
  linear: { advice: "" },
  mlp: {
    first: "width",
    further: "width",
    advice: "Write the widths of the hidden layers, as in `mlp(256, 256)`.",
  },
  bag: {
    first: "width of the word vectors",
    further: "width",
    advice: "Write the width of the word vectors, as in `bag(64)`; widths of hidden layers may follow.",
  },
};
const pending = ["cnn", "torch"];
/** What scores the codes of a pair. */
const ofCritics: readonly NetworkName[] = ["linear", "mlp"];

const isKnown = (word: string): word is NetworkName => Object.hasOwn(numbers, word);

export function resolveNetwork(scope: Scope, statement: NetworkStatement): NetworkChoice | undefined {
  const { role, network } = statement;
  let whole = true;
  for (const name of statement.names) {
    const found = scope.find(name, "stream or latent", ["stream", "latent"]);
    if (found === "knob")
      scope.tell(wrongRole, name.range, `\`${name.text}\` is a knob, and has no network.`);
    if (found !== "stream" && found !== "latent") whole = false;
  }
  const word = network.name.text;
  if (pending.includes(word)) {
    return scope.tell(
      notDerived,
      network.range,
      `\`${word}\` is understood but not derived yet; use \`mlp(256, 256)\` or \`linear\`.`,
    );
  }
  if (!isKnown(word))
    return scope.unknownWord(network.name, "network", [...Object.keys(numbers), ...pending]);
  if (role === "critic" && !ofCritics.includes(word)) {
    const message = `A critic scores codes, by \`mlp\` or \`linear\` alone; \`${word}\` reads streams.`;
    return scope.tell(unfitNetwork, network.range, message);
  }
  const found = numbersOf(scope, statement, word);
  if (found === undefined || !whole) return undefined;
  return {
    role,
    names: statement.names.map(({ text }) => text),
    network: { name: word, sizes: found },
    range: statement.range,
  };
}

function numbersOf(scope: Scope, { network }: NetworkStatement, name: NetworkName): number[] | undefined {
  const { first, further, advice } = numbers[name];
  if (first === undefined) return sizes(scope, network, []);
  if (network.args.length === 0) return scope.tell(wrongArguments, network.range, advice);
  return sizes(
    scope,
    network,
    network.args.map((_, i) => (i === 0 && first !== further ? first : `${further} ${i + 1}`)),
  );
}
