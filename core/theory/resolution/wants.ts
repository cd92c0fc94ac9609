/** `want shared(X, Y), forget(angle) in Zx`. */
import type { WantStatement } from "../../language/tree";
import { wrongArguments } from "../faults/wrong-arguments";
import type { Want } from "../spec";
import type { Scope } from "./scope";

/** Names each intent takes: at least, and at most. */
const intents: Record<Want["intent"], readonly [number, number]> = {
  shared: [2, Infinity],
  private: [1, 1],
  predict: [1, 1],
  reconstruct: [1, 1],
  forget: [1, 1],
};

const isIntent = (word: string): word is Want["intent"] => Object.hasOwn(intents, word);

export function resolveWants(scope: Scope, statement: WantStatement): Want[] {
  const wants: Want[] = [];
  for (const want of statement.wants) {
    const word = want.intent.text;
    if (!isIntent(word)) {
      scope.unknownWord(want.intent, "intent", Object.keys(intents));
      continue;
    }
    const [least, most] = intents[word];
    if (want.of.length < least || want.of.length > most) {
      scope.report(wrongArguments.want(want.range, word));
      continue;
    }
    const known =
      want.of.every((name) => scope.find(name, "stream") === "stream") &&
      want.in.every((name) => scope.find(name, "latent") === "latent");
    if (!known) continue;
    wants.push({
      intent: word,
      of: want.of.map(({ text }) => text),
      in: want.in.map(({ text }) => text),
      range: want.range,
    });
  }
  return wants;
}
