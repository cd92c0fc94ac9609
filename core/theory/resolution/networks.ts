/** `network encoder X = mlp(256, 256)`. */
import type { NetworkStatement } from "../../language/tree";
import { duplicateName } from "../faults/duplicate-name";
import { unfitNetwork } from "../faults/unfit-network";
import { wrongArguments } from "../faults/wrong-arguments";
import { wrongRole } from "../faults/wrong-role";
import { networks } from "../networks/index";
import type { Network } from "../networks/network";
import type { BuiltNetwork, NetworkChoice } from "../spec";
import type { Scope } from "./scope";
import { sizes } from "./values";
import { reasonOutside } from "../../language/outside";
import { pythonKeywords } from "../python";

export function resolveNetwork(scope: Scope, statement: NetworkStatement): void {
  const { role, network } = statement;
  let whole = true;
  for (const name of statement.names) {
    const found = scope.find(name, "stream or latent");
    if (found === "knob") scope.report(wrongRole.network(name.range, name.text));
    if (found !== "stream" && found !== "latent") whole = false;
  }
  const word = network.name.text;
  const known = networks.find(({ name }) => name === word);
  if (known === undefined && word !== "torch") {
    scope.unknownWord(network.name, "network", [...networks.map(({ name }) => name), "torch"]);
    return;
  }
  if (role === "critic" && !known?.ofValues) {
    scope.report(unfitNetwork.critic(network.range, word));
    return;
  }
  const found = known ? numbersOf(scope, statement, known) : moduleOf(scope, statement);
  if (found === undefined || !whole || isRepeated(scope, statement)) return;
  scope.networks.push({
    role,
    names: statement.names.map(({ text }) => text),
    network: found,
    range: statement.range,
  });
}

/** Whether an earlier statement chose this network, of a critic for the same pair; reports it. */
function isRepeated(scope: Scope, { role, names, range }: NetworkStatement): boolean {
  const earlier = scope.networks.filter((choice) => choice.role === role);
  const pair = (of: readonly string[]): string => [...of].sort().join(" ");
  const texts = names.map(({ text }) => text);
  const isTaken = (name: string): boolean =>
    earlier.some((choice) =>
      role === "critic" ? pair(choice.names) === pair(texts) : choice.names.includes(name),
    );
  const taken = texts.filter(isTaken);
  if (taken.length === 0) return false;
  const place = names.find(({ text }) => taken.includes(text))!.range;
  const whole = taken.length === texts.length ? range : undefined;
  scope.report(duplicateName.network(place, role, taken, whole));
  return true;
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
  return scope.report(wrongArguments.torchModule(network.range));
}

function numbersOf(
  scope: Scope,
  { network }: NetworkStatement,
  { name, numbers }: Network,
): BuiltNetwork | undefined {
  const words = network.args.map(
    ({ name: of, value }) => of?.text ?? (value.kind === "name" ? value.text : ""),
  );
  const reason = words.map(reasonOutside).find((one) => one !== undefined);
  if (reason !== undefined) return scope.report(wrongArguments.network(network.range, reason));
  if (numbers !== undefined && network.args.length === 0)
    return scope.report(wrongArguments.network(network.range, numbers.advice));
  const named = (i: number): string => (i === 0 ? numbers!.first : `${numbers!.further} ${i + 1}`);
  const found = sizes(scope, network, numbers === undefined ? [] : network.args.map((_, i) => named(i)));
  return found && { name, sizes: found };
}
