/** The examples of the rules, among the files that they use. */
import type { Diagnostic } from "../../core/language/diagnostic";
import { generate } from "../../core/data/generator";
import { generatorOf } from "../../core/data/generators/index";
import { addressOf, usedAddress, type Uses } from "../../core/language/uses";
import { analyse, type Analysis } from "../../core/theory/analyse";
import type { Rule } from "../../core/theory/faults/rule";
import { refusedBy } from "../../core/train/own-networks";
import { chooseSpec, prepare } from "../../core/train/prepare";
import { Rejection } from "../../core/train/rejection";

const location = "file:///example.bottleneck";

/** What is known of a text that uses the files of a rule; others are not there. */
export function analyseExample(text: string, { files = {} }: Pick<Rule, "files">): Analysis {
  const uses: Uses = {};
  for (const [path, other] of Object.entries(files)) uses[addressOf(path, location)!] = { text: other };
  for (const [, path = ""] of text.matchAll(/^use "(.*)"/gm)) {
    const named = usedAddress(path, location);
    if ("address" in named) uses[named.address] ??= { problem: "there is no such file" };
  }
  return analyse(text, { location, uses });
}

/** What a preview on the extension's own kernels refuses of a text, whose data, if any, are those of a generator. */
export function refusedExample(text: string): Diagnostic[] {
  try {
    const choice = chooseSpec({ text });
    const own = refusedBy("wasm", choice);
    if (own.length > 0) return own;
    prepare(choice, generate(generatorOf(choice.data.source)!, choice.data));
    return [];
  } catch (error) {
    if (error instanceof Rejection) return error.diagnostics;
    throw error;
  }
}
