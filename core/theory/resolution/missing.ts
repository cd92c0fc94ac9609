/** `missing X rate 0.2`: X may be absent. */
import type { MissingStatement } from "../../language/tree";
import { duplicateName } from "../faults/duplicate-name";
import { wrongArguments } from "../faults/wrong-arguments";
import { wrongRole } from "../faults/wrong-role";
import { streamOf } from "../terms/roles";
import type { Missing } from "../spec";
import type { Scope } from "./scope";
import { plainNumber } from "../../language/plain";

export function resolveMissing(scope: Scope, { name, rate, range }: MissingStatement): void {
  const role = scope.find(name, "stream");
  if (role === undefined) return;
  const stream = streamOf(scope, { name: name.text });
  if (role !== "stream") {
    if (role !== "unread") scope.report(wrongRole.missing(name.range, name.text, role, range));
    return;
  }
  // A stream that could not be read is reported there.
  if (stream === undefined) return;
  if (stream.role === "observe") {
    scope.report(wrongRole.missingObserved(name.range, name.text, range));
    return;
  }
  if (scope.missing.some(({ stream: known }) => known === name.text)) {
    scope.report(duplicateName.missing(name.range, name.text, range));
    return;
  }
  const value = plainNumber(rate);
  if (value === undefined || !(value >= 0 && value < 1)) {
    scope.report(wrongArguments.missingRate(rate.range, name.text));
    return;
  }
  const missing: Missing = { stream: name.text, rate: value, range };
  scope.missing.push(missing);
}
