/** `train { ... }` and `data "..." { ... }`. */
import type { Range } from "../../language/diagnostic";
import type { DataStatement, Setting, TrainStatement, Value } from "../../language/tree";
import { wrongSetting } from "../faults/wrong-setting";
import type { DataRequest, Training } from "../spec";
import type { Scope } from "./scope";
import { plainNumber } from "../../language/plain";

export const defaultTraining: Training = {
  epochs: 10,
  batch: 128,
  optimizer: { name: "adam", rate: 1e-3 },
  seed: 1,
};

/** Whole-number settings: the least that each may be, and what it usually is. */
const whole = {
  epochs: { least: 1, usual: defaultTraining.epochs },
  steps: { least: 1, usual: 2000 },
  batch: { least: 2, usual: defaultTraining.batch },
  seed: { least: 0, usual: defaultTraining.seed },
} as const;

const isWhole = (word: string): word is keyof typeof whole => Object.hasOwn(whole, word);

export function resolveTraining(scope: Scope, statement: TrainStatement): Training {
  const training: Training = { ...defaultTraining, range: statement.range };
  for (const setting of statement.settings) {
    const word = setting.name.text;
    if (isWhole(word)) {
      const value = plainNumber(setting.value);
      if (value === undefined || !Number.isSafeInteger(value) || value < whole[word].least)
        scope.report(wrongSetting.whole(setting.range, word, setting.value.range, whole[word]));
      else training[word] = value;
    } else if (word === "optimizer") {
      training.optimizer = resolveOptimizer(scope, setting) ?? training.optimizer;
    } else scope.unknownWord(setting.name, "setting of `train`", [...Object.keys(whole), "optimizer"]);
  }
  checkLength(scope, statement.settings);
  return training;
}

/** A training is as long as its epochs or its steps say, not both. */
function checkLength(scope: Scope, settings: readonly Setting[]): void {
  const first = settings.find(({ name }) => name.text === "epochs" || name.text === "steps");
  const second = settings.findIndex(
    ({ name }) => ["epochs", "steps"].includes(name.text) && name.text !== first?.name.text,
  );
  if (second >= 0) scope.report(wrongSetting.twoLengths(settings, second));
}

function resolveOptimizer(scope: Scope, { value, range }: Setting): Training["optimizer"] | undefined {
  const wrong = (): undefined => scope.report(wrongSetting.optimizer(range, value.range));
  if (value.kind === "name" && value.text === "adam") return defaultTraining.optimizer;
  if (value.kind !== "call" || value.name.text !== "adam" || value.args.length > 1) return wrong();
  const argument = value.args[0];
  if (argument === undefined) return defaultTraining.optimizer;
  const rate = plainNumber(argument.value);
  if (argument.name !== undefined && argument.name.text !== "rate") return wrong();
  return rate !== undefined && rate > 0 && Number.isFinite(rate) ? { name: "adam", rate } : wrong();
}

export function resolveData(scope: Scope, statement: DataStatement): DataRequest {
  const options = new Map<string, DataRequest["options"][string]>();
  const places = new Map<string, Range>();
  for (const setting of statement.settings) {
    const value = option(setting.value);
    if (value === undefined) {
      scope.report(wrongSetting.option(setting.range, setting.name.text));
      continue;
    }
    options.set(setting.name.text, value);
    places.set(setting.name.text, setting.range);
  }
  const { source, location, range } = statement;
  return {
    source: source.value,
    options: Object.fromEntries(options),
    ranges: { source: source.range, options: Object.fromEntries(places) },
    range,
    ...(location === undefined ? {} : { location }),
  };
}

function option(value: Value): DataRequest["options"][string] | undefined {
  if (value.kind === "name")
    return value.text === "true" ? true : value.text === "false" ? false : value.text;
  if (value.kind === "string") return value.value;
  if (value.kind !== "list") return plainNumber(value);
  const items = value.items.map((item) =>
    item.kind === "name" ? item.text : item.kind === "string" ? item.value : undefined,
  );
  return items.every((item) => item !== undefined) ? items : undefined;
}
