/** `knob beta = 32 in 0.1 .. 1024 log` and `anneal beta from 1 over 10 epochs`. */
import type { AnnealStatement, KnobStatement, Value } from "../../language/tree";
import { duplicateName } from "../faults/duplicate-name";
import { knobRange } from "../faults/knob-range";
import { negativeWeight } from "../faults/negative-weight";
import { wrongArguments } from "../faults/wrong-arguments";
import { wrongRole } from "../faults/wrong-role";
import { BETA } from "../terms/scalar";
import type { Anneal, Knob } from "../spec";
import { plainNumber } from "../../language/plain";
import type { Scope } from "./scope";

/** The range when none is written: a hundred times down and up, or 0 to 1 for a knob at zero. */
function defaultRange(value: number): Pick<Knob, "from" | "to" | "log"> {
  if (value > 0) return { from: value / 100, to: value * 100, log: true };
  return { from: value < 0 ? 2 * value : 0, to: value < 0 ? 0 : 1, log: false };
}

/** The range in which a knob may be turned: as written, else by its value; undefined where that is no number. */
export function declaredRange({ value, from, to }: KnobStatement): { from: number; to: number } | undefined {
  if (from && to) {
    const [low, high] = [plainNumber(from), plainNumber(to)];
    return low === undefined || high === undefined ? undefined : { from: low, to: high };
  }
  const now = plainNumber(value);
  return now === undefined ? undefined : defaultRange(now);
}

export function resolveKnob(scope: Scope, statement: KnobStatement): Knob | undefined {
  const name = statement.name.text;
  const value = read(scope, statement.value, `The value of the knob \`${name}\``);
  if (value === undefined) return undefined;
  const base = { name, value, range: statement.range };
  if (name === BETA && value < 0) return scope.report(negativeWeight.beta(statement.value.range, value));
  if (!statement.from || !statement.to) return { ...base, ...defaultRange(value) };
  const from = read(scope, statement.from, `The lower end of \`${name}\``);
  const to = read(scope, statement.to, `The upper end of \`${name}\``);
  if (from === undefined || to === undefined) return undefined;
  const place = { start: statement.from.range.start, end: statement.to.range.end };
  if (!(from < to)) {
    scope.report(knobRange.order(place, name, from, to));
  } else if (statement.log && from <= 0) {
    scope.report(knobRange.log(place, name, statement.from.range, value));
  } else if (value < from || value > to) {
    const end = value < from ? statement.from.range : statement.to.range;
    scope.report(knobRange.outside(statement.value.range, name, value, [from, to], end));
  } else if (name === BETA && from < 0) {
    scope.report(negativeWeight.betaRange(statement.from.range, from));
  } else return { ...base, from, to, log: statement.log };
  return undefined;
}

function read(scope: Scope, value: Value, what: string): number | undefined {
  const plain = plainNumber(value);
  if (plain !== undefined && Number.isFinite(plain)) return plain;
  return scope.report(wrongArguments.knobNumber(value.range, what));
}

/** Adds the schedule to the knob that it names. */
export function resolveAnneal(scope: Scope, statement: AnnealStatement, knobs: Knob[]): void {
  const { name } = statement;
  const role = scope.find(name, "knob");
  if (role === undefined) return;
  if (role !== "knob") {
    scope.report(wrongRole.notKnob(name.range, name.text));
    return;
  }
  const from = read(scope, statement.from, `The start of the schedule of \`${name.text}\``);
  const over = read(scope, statement.over, `The length of the schedule of \`${name.text}\``);
  const cycles = resolveCycles(scope, statement);
  if (from === undefined || over === undefined || cycles === undefined) return;
  const knob = knobs.find((candidate) => candidate.name === name.text);
  if (knob === undefined) return;
  if (knob.anneal !== undefined) scope.report(duplicateName.schedule(statement.range, name.text));
  else if (over <= 0) scope.report(wrongArguments.scheduleLength(statement.over.range));
  else if (knob.log && from <= 0) {
    scope.report(knobRange.schedule(statement.from.range, name.text, knob.from));
  } else knob.anneal = { from, over, unit: statement.unit, ...cycles };
}

/** What a schedule has beside its ramp; undefined after reporting what is wrong with it. */
function resolveCycles(
  scope: Scope,
  { name, after, hold, repeat }: AnnealStatement,
): Pick<Anneal, "after" | "hold" | "repeat"> | undefined {
  const cycles: Pick<Anneal, "after" | "hold" | "repeat"> = {};
  for (const [word, length] of [["after", after] as const, ["hold", hold] as const]) {
    if (length === undefined) continue;
    const value = read(
      scope,
      length.value,
      `The length after \`${word}\` in the schedule of \`${name.text}\``,
    );
    if (value === undefined) return undefined;
    if (value < 0) return scope.report(wrongArguments.partOfSchedule(length.value.range, word));
    cycles[word] = { value, unit: length.unit };
  }
  if (hold && !repeat) return scope.report(wrongArguments.holdOnce(hold.range));
  if (repeat === undefined) return cycles;
  if (repeat.count === undefined) return { ...cycles, repeat: "endless" };
  const count = read(scope, repeat.count, `The number of cycles of \`${name.text}\``);
  if (count === undefined) return undefined;
  return Number.isInteger(count) && count >= 1
    ? { ...cycles, repeat: count }
    : scope.report(wrongArguments.cycles(repeat.count.range));
}
