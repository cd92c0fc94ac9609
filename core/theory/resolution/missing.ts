/** `missing X rate 0.2`: X may be absent. */
import type { MissingStatement } from "../../language/tree";
import { duplicateName } from "../diagnostics/duplicate-name";
import { fix } from "../diagnostics/rule";
import { wrongArguments } from "../diagnostics/wrong-arguments";
import { wrongRole } from "../diagnostics/wrong-role";
import { streamOf } from "../terms/roles";
import type { Missing } from "../spec";
import type { Scope } from "./scope";
import { plainNumber } from "./values";

/** More streams than this have too many ways of being absent together. */
const MOST_MISSING = 8;

export function resolveMissing(scope: Scope, { name, rate, range }: MissingStatement): void {
  const role = scope.find(name, "stream", ["stream"]);
  if (role === undefined) return;
  const stream = streamOf(scope, { name: name.text });
  if (role !== "stream") {
    scope.tell(wrongRole, name.range, `\`${name.text}\` is a ${role}; only streams can be absent.`);
    return;
  }
  // What could not be read of the stream was told there.
  if (stream === undefined) return;
  if (stream.role !== "modality") {
    const because =
      stream.role === "target"
        ? "a `target`: with some absent the loss is a semi-supervised sum, which a spec does not say"
        : "`observe`d: no term reads it";
    const message = `\`${name.text}\` is ${because}. Only a \`modality\` may be absent; remove this line.`;
    scope.tell(wrongRole, name.range, message, fix("Remove the statement", range, ""));
    return;
  }
  if (scope.missing.some(({ stream: known }) => known === name.text)) {
    const message = `How often \`${name.text}\` is absent is said twice; say it once.`;
    scope.tell(duplicateName, name.range, message, fix("Remove the statement", range, ""));
    return;
  }
  const value = plainNumber(rate);
  if (value === undefined || !(value >= 0 && value < 1)) {
    const message = `The rate of \`missing\` is the share of samples without \`${name.text}\`: a number from 0 to less than 1, as in \`missing ${name.text} rate 0.2\`.`;
    scope.tell(wrongArguments, rate.range, message);
    return;
  }
  if (scope.missing.length >= MOST_MISSING) {
    const message = `At most ${MOST_MISSING} streams may be absent; leave \`${name.text}\` always there.`;
    scope.tell(wrongArguments, range, message);
    return;
  }
  const missing: Missing = { stream: name.text, rate: value, range };
  scope.missing.push(missing);
}
