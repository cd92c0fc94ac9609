/** `network encoder X = mlp(256, 256)`. */
import type { NetworkStatement } from "../../language/tree";
import { notDerived } from "../diagnostics/not-derived";
import { wrongArguments } from "../diagnostics/wrong-arguments";
import { wrongRole } from "../diagnostics/wrong-role";
import type { NetworkChoice } from "../spec";
import type { Scope } from "./scope";
import { sizes } from "./values";

const known = ["linear", "mlp"] as const;
const pending = ["cnn", "bag", "torch"];

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
  const name = known.find((candidate) => candidate === word);
  if (name === undefined) return scope.unknownWord(network.name, "network", [...known, ...pending]);
  if (name === "mlp" && network.args.length === 0) {
    return scope.tell(
      wrongArguments,
      network.range,
      "Write the widths of the hidden layers, as in `mlp(256, 256)`.",
    );
  }
  const widths = sizes(scope, network, name === "linear" ? [] : network.args.map((_, i) => `width ${i + 1}`));
  if (widths === undefined || !whole) return undefined;
  return {
    role,
    names: statement.names.map(({ text }) => text),
    network: { name, widths },
    range: statement.range,
  };
}
