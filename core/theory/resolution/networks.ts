/** `network encoder X = mlp(256, 256)`. */
import type { NetworkStatement } from "../../language/tree";
import { unfitNetwork } from "../diagnostics/unfit-network";
import { wrongArguments } from "../diagnostics/wrong-arguments";
import { wrongRole } from "../diagnostics/wrong-role";
import { networks } from "../networks/index";
import type { Network } from "../networks/network";
import type { BuiltNetwork, NetworkChoice } from "../spec";
import type { Scope } from "./scope";
import { sizes } from "./values";
import { pythonKeywords } from "../python";

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
  const known = networks.find(({ name }) => name === word);
  if (known === undefined && word !== "torch")
    return scope.unknownWord(network.name, "network", [...networks.map(({ name }) => name), "torch"]);
  if (role === "critic" && !known?.ofValues) {
    const message = `A critic scores codes, by \`mlp\` or \`linear\` alone, and \`${word}\` is neither.`;
    return scope.tell(unfitNetwork, network.range, message);
  }
  const found = known ? numbersOf(scope, statement, known) : moduleOf(scope, statement);
  if (found === undefined || !whole) return undefined;
  return {
    role,
    names: statement.names.map(({ text }) => text),
    network: found,
    range: statement.range,
  };
}

/** A package and what is in it: names of Python with dots between, and nothing that could run when it is written down. */
const FULL_NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/;

const isFullName = (text: string): boolean =>
  FULL_NAME.test(text) && !text.split(".").some((part) => pythonKeywords.has(part));

function moduleOf(scope: Scope, { network }: NetworkStatement): NetworkChoice["network"] | undefined {
  const [first, ...rest] = network.args;
  const value = first?.name === undefined ? first?.value : undefined;
  if (value?.kind === "string" && rest.length === 0 && isFullName(value.value))
    return { name: "torch", module: value.value };
  const message = 'Write the full name of a module in quotes, as in `torch("package.Module")`.';
  return scope.tell(wrongArguments, network.range, message);
}

function numbersOf(
  scope: Scope,
  { network }: NetworkStatement,
  { name, numbers }: Network,
): BuiltNetwork | undefined {
  if (numbers !== undefined && network.args.length === 0)
    return scope.tell(wrongArguments, network.range, numbers.advice);
  const named = (i: number): string => (i === 0 ? numbers!.first : `${numbers!.further} ${i + 1}`);
  const found = sizes(scope, network, numbers === undefined ? [] : network.args.map((_, i) => named(i)));
  return found && { name, sizes: found };
}
