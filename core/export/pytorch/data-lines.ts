/** What a file's header says of the rows: where they are, and how they are split. Built-in data are drawn, and have no lines. */
import { generatorOf } from "../../data/generators/index";
import type { Spec } from "../../theory/spec";

export function dataLines({ data }: Pick<Spec, "data">): string[] {
  if (data === undefined || generatorOf(data.source) !== undefined) return [];
  const { groups, stratify, split, seed = 1, samples, validation, test, window, step } = data.options;
  const tenth = "a tenth of the rows";
  const how =
    split !== undefined
      ? `as the field ${String(split)} says`
      : [
          groups === undefined ? "single rows" : `whole groups of ${String(groups)}`,
          ...(stratify === undefined ? [] : [`each class of ${String(stratify)} in every split`]),
          `at random, seed ${String(seed)}`,
        ].join(", ");
  const sizes = [
    `training ${samples === undefined ? "the rest" : String(samples)}`,
    `validation ${validation === undefined ? tenth : String(validation)}`,
    `test ${test === undefined ? tenth : String(test)}`,
  ].join(", ");
  const windows = `Samples are windows of ${String(window)} rows, ${String(step ?? window)} rows apart.`;
  return [
    `Rows are those of ${data.source}, split into training, validation and test rows:`,
    "",
    `    ${how}`,
    ...(split === undefined ? [`    ${sizes}`] : []),
    ...(window === undefined ? [] : [`    ${windows}`]),
    "",
  ];
}
