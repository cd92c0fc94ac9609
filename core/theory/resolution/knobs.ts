/** `knob beta = 32 in 0.1 .. 1024 log` and `anneal beta from 1 over 10 epochs`. */
import type { AnnealStatement, KnobStatement, Value } from "../../language/tree";
import { knobRange } from "../diagnostics/knob-range";
import { negativeWeight } from "../diagnostics/negative-weight";
import { wrongArguments } from "../diagnostics/wrong-arguments";
import { wrongRole } from "../diagnostics/wrong-role";
import { BETA } from "../terms/scalar";
import type { Knob } from "../spec";
import { plainNumber } from "./values";
import type { Scope } from "./scope";

/** A range to turn in when none is written: a hundred times down and up, or 0 to 1 for a knob at zero. */
function defaultRange(value: number): Pick<Knob, "from" | "to" | "log"> {
  if (value > 0) return { from: value / 100, to: value * 100, log: true };
  return { from: value < 0 ? 2 * value : 0, to: value < 0 ? 0 : 1, log: false };
}

export function resolveKnob(scope: Scope, statement: KnobStatement): Knob | undefined {
  const name = statement.name.text;
  const value = read(scope, statement.value, `The value of the knob \`${name}\``);
  if (value === undefined) return undefined;
  const base = { name, value, range: statement.range };
  if (name === BETA && value < 0) {
    const message = "`beta` weighs what is kept and is never negative.";
    return scope.tell(negativeWeight, statement.value.range, message);
  }
  if (!statement.from || !statement.to) return { ...base, ...defaultRange(value) };
  const from = read(scope, statement.from, `The lower end of \`${name}\``);
  const to = read(scope, statement.to, `The upper end of \`${name}\``);
  if (from === undefined || to === undefined) return undefined;
  const place = { start: statement.from.range.start, end: statement.to.range.end };
  if (!(from < to)) {
    scope.tell(
      knobRange,
      place,
      `The range of \`${name}\` runs from its smaller end to its larger one; ${from} .. ${to} does not.`,
    );
  } else if (statement.log && from <= 0) {
    scope.tell(
      knobRange,
      place,
      `A \`log\` range is above zero at both ends; start \`${name}\` above 0, or leave \`log\` out.`,
    );
  } else if (value < from || value > to) {
    const message = `\`${name}\` starts at ${value}, outside its range ${from} .. ${to}; change the value or the range.`;
    scope.tell(knobRange, statement.value.range, message);
  } else if (name === BETA && from < 0) {
    const message = "`beta` weighs what is kept and is never negative; start its range at 0 or above.";
    scope.tell(negativeWeight, statement.from.range, message);
  } else return { ...base, from, to, log: statement.log };
  return undefined;
}

function read(scope: Scope, value: Value, what: string): number | undefined {
  const plain = plainNumber(value);
  if (plain !== undefined && Number.isFinite(plain)) return plain;
  return scope.tell(wrongArguments, value.range, `${what} is a number, without other knobs in it.`);
}

/** Adds the schedule to the knob that it names. */
export function resolveAnneal(scope: Scope, statement: AnnealStatement, knobs: Knob[]): void {
  const { name } = statement;
  const role = scope.find(name, "knob", ["knob"]);
  if (role === undefined) return;
  if (role !== "knob") {
    scope.tell(wrongRole, name.range, `\`${name.text}\` is no knob; only knobs are annealed.`);
    return;
  }
  const from = read(scope, statement.from, `The start of the schedule of \`${name.text}\``);
  const over = read(scope, statement.over, "The length of a schedule");
  if (from === undefined || over === undefined) return;
  const knob = knobs.find((candidate) => candidate.name === name.text);
  if (knob === undefined) return;
  if (over <= 0)
    scope.tell(wrongArguments, statement.over.range, "A schedule is longer than 0, as in `over 10 epochs`.");
  else if (knob.log && from <= 0) {
    scope.tell(
      knobRange,
      statement.from.range,
      `\`${name.text}\` turns on a log scale; start its schedule above 0.`,
    );
  } else knob.anneal = { from, over, unit: statement.unit };
}
