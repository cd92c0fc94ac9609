/** `modality X2 = augment(X, crop, flip)`, `past(S, 20)`, `future(S, 20)`, `partner(X, same = L)`. */
import type { Call, StreamStatement } from "../../language/tree";
import { unfitBound } from "../faults/unfit-bound";
import { wrongArguments } from "../faults/wrong-arguments";
import type { Stream, StreamDerivation } from "../spec";
import type { Scope } from "./scope";
import { lengths } from "./streams";
import { plainNumber } from "../../language/plain";

/** Changes that `augment` knows, and the kinds of stream that each is for. */
const changes = ["crop", "flip", "noise"];

const examples = {
  augment: "augment(X, crop, flip)",
  past: "past(S, 20)",
  future: "future(S, 20)",
  partner: "partner(X, same = L)",
} as const;

type Word = keyof typeof examples;

/**
 * @param sources the streams that are declared with a kind
 * @param made names of the streams that are made from others; one that is neither has a kind that could not be read
 */
export function resolveDerived(
  scope: Scope,
  statement: StreamStatement,
  sources: readonly Stream[],
  made: ReadonlySet<string>,
): Stream | undefined {
  const call = statement.derived!;
  const word = call.name.text;
  if (!Object.hasOwn(examples, word))
    return scope.unknownWord(call.name, "stream function", Object.keys(examples));
  const wrong = (): undefined =>
    scope.report(wrongArguments.form(call.range, examples[word as Word], examples[word as Word]));
  const first = call.args[0];
  if (first?.value.kind !== "name" || first.name !== undefined) return wrong();
  const name = first.value;
  const role = scope.find(name, "stream");
  if (role === undefined) return undefined;
  const source = sources.find((stream) => stream.name === name.text);
  if (source === undefined) {
    if (!made.has(name.text)) return undefined;
    return scope.report(wrongArguments.madeFrom(name.range, word, name.text));
  }
  const derived = derivation(scope, call, word as Word, { source, sources, made }, wrong);
  if (derived === undefined) return undefined;
  const { by } = derived;
  const kind = by === "past" || by === "future" ? shortened(source, derived.steps) : source.kind;
  return {
    name: statement.name.text,
    role: statement.role,
    kind,
    ...lengths(kind),
    derived,
    ...(statement.doc !== undefined ? { doc: statement.doc } : {}),
    range: statement.range,
  };
}

const shortened = ({ kind }: Stream, steps: number): Stream["kind"] => ({
  ...kind,
  sizes: [steps, ...kind.sizes.slice(1)],
});

function derivation(
  scope: Scope,
  call: Call,
  word: Word,
  { source, sources, made }: { source: Stream; sources: readonly Stream[]; made: ReadonlySet<string> },
  wrong: () => undefined,
): StreamDerivation | undefined {
  const [, ...rest] = call.args;
  const of = source.name;
  const kind = source.kind.name;
  if (word === "partner") {
    const [same] = rest;
    if (rest.length !== 1 || same?.name?.text !== "same" || same.value.kind !== "name") return wrong();
    const { text } = same.value;
    if (scope.find(same.value, "stream") === undefined) return undefined;
    const labels = sources.find(({ name }) => name === text);
    if (labels?.kind.name === "label") return { by: word, of, same: text };
    if (labels === undefined && !made.has(text)) return undefined;
    return scope.report(wrongArguments.partner(same.range, text));
  }
  if (word === "augment") {
    const words = rest.map(({ name, value }) =>
      name === undefined && value.kind === "name" ? value.text : "",
    );
    if (words.length === 0 || words.some((each) => !changes.includes(each))) {
      return scope.report(wrongArguments.augment(call.range, changes, examples.augment));
    }
    if (kind === "label" || kind === "text" || (kind !== "image" && words.some((each) => each !== "noise"))) {
      return scope.report(unfitBound.augment(call.range, of, kind));
    }
    return { by: word, of, changes: words };
  }
  const steps = rest.length === 1 && rest[0]!.name === undefined ? plainNumber(rest[0]!.value) : undefined;
  if (steps === undefined || !Number.isInteger(steps) || steps < 1) return wrong();
  if (kind !== "signal" && kind !== "audio" && kind !== "video") {
    return scope.report(unfitBound.time(call.range, word, of, kind));
  }
  const own = { before: word === "past" ? steps : 0, after: word === "future" ? steps : 0 };
  return { by: word, of, steps, ...own };
}

/** Pasts and futures of one stream have the same present, which leaves room for the longest of each. */
export function withPresents(scope: Scope, streams: readonly Stream[]): Stream[] {
  return streams.map((stream) => {
    const made = stream.derived;
    if (made?.by !== "past" && made?.by !== "future") return stream;
    const parts = streams.flatMap(({ derived }) =>
      (derived?.by === "past" || derived?.by === "future") && derived.of === made.of ? [derived] : [],
    );
    const before = Math.max(...parts.map((each) => each.before));
    const after = Math.max(...parts.map((each) => each.after));
    const length = streams.find(({ name }) => name === made.of)?.kind.sizes[0] ?? 0;
    if (before + after > length)
      scope.report(wrongArguments.present(stream.range, made.of, length, before, after));
    return { ...stream, derived: { ...made, before, after } };
  });
}
