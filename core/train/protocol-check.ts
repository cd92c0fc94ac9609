/**
 * Checks messages on receipt: what arrives over a socket, from a panel or from another process is unknown until it has
 * been looked at. The shapes below mirror `protocol.ts`; the compiler refuses one that has drifted from its type.
 */
import type { DerivationSummary } from "../views/derivation";
import type { Alteration, Setting } from "../data/alterations/alteration";
import type { Diagnostic } from "../language/diagnostic";
import { LARGEST_USED, MOST_USED, type UsedFile, type Uses } from "../language/uses";
import type { Step } from "../theory/derivation/loss";
import { dataDescription } from "./data-check";
import { executorIds } from "./executors/index";
import { inspectedShapes, inspection } from "./inspect/check";
import type {
  Confusion,
  ExecutorStatus,
  Finding,
  FromHost,
  KnobSummary,
  LatentSummary,
  LeftBehind,
  Unpredicted,
  Unreconstructed,
  MeasuredValue,
  Overrides,
  RunIdentity,
  SampleCounts,
  SpecSummary,
  TermPoint,
  TermSummary,
  ToHost,
  Trial,
  Verdict,
} from "./protocol";
import type { Samples, Sound } from "./shown";
import {
  bytes,
  count,
  flag,
  isRecord,
  list,
  number,
  object,
  optional,
  orNull,
  table,
  tagged,
  text,
  word,
  type Kinds,
  type Shape,
} from "./shape";
import { changedSettingNames, type Change } from "../theory/change";
import { boundSides } from "../theory/sides";
import type { Transform } from "../theory/spec";
import { transformWords } from "../language/words";

const range = object<{ start: number; end: number }>({ start: count, end: count });
const edit = object<{ range: { start: number; end: number }; text: string }>({ range, text });
const diagnostic = object<Diagnostic>({
  code: text,
  severity: word("error", "warning", "information", "hint"),
  message: text,
  range,
  related: optional(
    list(
      object<NonNullable<Diagnostic["related"]>[number]>({ message: text, range, location: optional(text) }),
    ),
  ),
  fixes: optional(list(object({ title: text, edits: list(edit) }))),
});

const between = object<{ low: number; high: number }>({ low: number, high: number });
const transform = object<Transform>({ by: word(...transformWords), between: optional(between) });
export const change = tagged<Change>({
  knob: { name: text, value: number },
  setting: { name: word(...changedSettingNames), value: number },
  weight: { term: text, value: number },
  transform: { stream: text, transform },
  missing: { stream: text, rate: number },
});
const finding = object<Finding>({
  code: text,
  about: optional(text),
  severity: word("error", "warning", "information"),
  message: text,
  fix: optional(change),
});

export const derivation = object<DerivationSummary>({
  steps: list(
    object<Step>({
      title: text,
      text,
      formula: optional(text),
      latex: optional(text),
      proof: optional(
        object<NonNullable<Step["proof"]>>({ lead: text, formula: text, latex: text, by: text }),
      ),
      facts: optional(list(object<NonNullable<Step["facts"]>[number]>({ name: text, text }))),
    }),
  ),
  latex: text,
  encoderGraph: text,
  decoderGraph: text,
});

export const identity = object<RunIdentity>({ program: text, data: text });

const sampleCounts = object<SampleCounts>({ train: count, validation: count, test: count });
export const summary = object<SpecSummary>({
  identity,
  name: text,
  title: optional(text),
  loss: text,
  shortLoss: text,
  method: optional(text),
  terms: list(
    object<TermSummary>({
      id: text,
      side: word("compress", "keep"),
      text,
      left: list(text),
      right: list(text),
      given: list(text),
      bound: text,
      boundSide: word(...boundSides),
      formula: text,
      weightText: text,
      weight: number,
      weightAtEnd: number,
      reads: text,
      temperature: optional(number),
      entropy: optional(object<NonNullable<TermSummary["entropy"]>>({ of: text, nats: optional(number) })),
      reason: text,
    }),
  ),
  streams: list(
    object({ name: text, role: word("modality", "target", "observe"), kind: text, sizes: list(count) }),
  ),
  latents: list(
    object<LatentSummary>({
      name: text,
      law: text,
      deterministic: flag,
      size: count,
      from: list(text),
      given: optional(list(text)),
    }),
  ),
  knobs: list(
    object<KnobSummary>({
      name: text,
      value: number,
      turned: optional(number),
      from: number,
      to: number,
      log: flag,
    }),
  ),
  derivation,
  executor: text,
  findings: list(finding),
  parameters: count,
  samples: sampleCounts,
  lacking: optional(sampleCounts),
  facts: optional(table(number)),
  steps: count,
  epochs: number,
  unit: word("epochs", "steps"),
});

const used: Shape<UsedFile> = (value, path) => {
  if (!isRecord(value) || "text" in value === "problem" in value)
    return `${path} is neither a text nor a problem`;
  const said = value["text"] ?? value["problem"];
  return text(said, path) ?? ((said as string).length > LARGEST_USED ? `${path} is too large` : undefined);
};
const uses: Shape<Uses> = (value, path) => {
  const fault = table(used)(value, path);
  if (fault !== undefined) return fault;
  const texts = Object.values(value as Uses).filter((file) => "text" in file).length;
  return texts > MOST_USED ? `${path} has more than ${MOST_USED} texts` : undefined;
};

const setting: Shape<Setting> = (value, path) =>
  value === null || ["number", "string", "boolean"].includes(typeof value)
    ? undefined
    : Array.isArray(value)
      ? list(setting)(value, path)
      : table(setting)(value, path);
const alteration: Shape<Alteration> = (value, path) =>
  table(setting)(value, path) ?? text((value as Alteration).id, `${path}.id`);

const toHost = tagged<ToHost>({
  hello: { protocol: count },
  open: {
    generation: count,
    uri: text,
    text,
    uses,
    spec: optional(text),
    autorun: flag,
    overrides: optional(
      object<Overrides>({
        epochs: optional(count),
        steps: optional(count),
        seed: optional(count),
        knobs: optional(table(number)),
      }),
    ),
    trial: optional(object<Trial>({ alterations: list(alteration), light: flag })),
    snapshot: optional(bytes),
  },
  run: {},
  resume: {},
  pause: {},
  reset: { seed: optional(count) },
  restore: { snapshot: bytes },
  judge: { name: text, weights: bytes },
  knob: { name: text, value: number },
  inspect: { question: inspection },
  describe: {},
  save: {},
  measure: {},
  file: { id: count, bytes: optional(bytes), problem: optional(text) },
  close: {},
});

const measured = object<MeasuredValue>({
  id: text,
  code: optional(text),
  factor: optional(text),
  term: optional(text),
  class: optional(count),
  coordinate: optional(count),
  value: number,
  low: number,
  high: orNull(number),
  unit: word("nats", "share", "R2", "number"),
  chance: optional(number),
  given: optional(list(text)),
});
const confusion = object<Confusion>({ code: text, factor: text, counts: list(list(count)) });
const verdict = object<Verdict>({
  code: text,
  factor: text,
  verdict: word("keeps", "some", "hidden", "drops", "unjudged"),
  because: optional(word("constant", "one-class", "few-rows")),
});

const valuesOfTerms = object<{ total: number; terms: Record<string, number> }>({
  total: number,
  terms: table(number),
});
export const checkpointFields = {
  step: count,
  because: optional(text),
  tested: optional(valuesOfTerms),
};

const samples = tagged<Samples>({
  pictures: {
    stream: text,
    count,
    height: count,
    width: count,
    channels: (value, path) => (value === 1 || value === 3 ? undefined : `${path} is not 1 or 3`),
    original: bytes,
    reconstruction: optional(bytes),
    frames: optional(count),
    sound: optional(object<Sound>({ rate: number, original: bytes, reconstruction: optional(bytes) })),
  },
  texts: { stream: text, original: list(text), reconstruction: optional(list(text)) },
});
export const inspected = inspectedShapes(samples);
const nothing: Shape<null> = (value, path) => (value === null ? undefined : `${path} is not null`);
const leftRows = {
  share: number,
  apart: list(
    object<LeftBehind["apart"][number]>({
      factor: text,
      value: (value, path) => (typeof value === "string" ? undefined : number(value, path)),
      lift: number,
    }),
  ),
  samples: list(count),
};
const unpredicted = object<Unpredicted>({
  ...leftRows,
  target: text,
  accuracyByCodes: number,
  accuracyByStreams: number,
  low: number,
  high: number,
  quarters: flag,
  shown: object<Unpredicted["shown"]>({
    truth: list(count),
    byStreams: list(count),
    byCodes: list(count),
    samples: list(samples),
  }),
});
const unreconstructed = object<Unreconstructed>({
  ...leftRows,
  target: nothing,
  stream: text,
  accuracyByCodes: nothing,
  accuracyByStreams: nothing,
  low: nothing,
  high: nothing,
  shown: object<Unreconstructed["shown"]>({ samples: list(samples) }),
});
const leftBehind: Shape<LeftBehind> = (value, path) =>
  (value as LeftBehind | null)?.target === null ? unreconstructed(value, path) : unpredicted(value, path);

/** The fields of every message from the host, by its kind. */
export const fromHostKinds: Kinds<FromHost> = {
  welcome: { protocol: count },
  read: { id: count, uri: text, path: text },
  executors: {
    generation: count,
    executors: list(
      object<ExecutorStatus>({
        name: word(...executorIds),
        available: flag,
        detail: text,
        used: optional(flag),
        milliseconds: optional(number),
      }),
    ),
  },
  rejected: { generation: count, diagnostics: list(diagnostic) },
  opened: { generation: count, summary, restarted: flag },
  turned: { generation: count, knobs: table(number), weights: table(number), weightsAtEnd: table(number) },
  phase: {
    generation: count,
    phase: word("idle", "loading", "compiling", "training", "paused", "finished", "failed"),
    detail: optional(text),
  },
  progress: {
    generation: count,
    step: count,
    steps: count,
    epoch: number,
    epochs: number,
    millisecondsPerStep: number,
    secondsLeft: number,
    weights: table(number),
  },
  points: {
    generation: count,
    points: list(
      object<TermPoint>({
        step: count,
        total: number,
        terms: table(number),
        heldOut: optional(valuesOfTerms),
      }),
    ),
  },
  checkpoint: { generation: count, ...checkpointFields },
  rates: { generation: count, step: count, rates: table(list(number)) },
  measurements: { generation: count, step: count, measurements: list(measured) },
  verdicts: {
    generation: count,
    step: count,
    verdicts: list(verdict),
    confusions: list(confusion),
    sentence: text,
  },
  "left-behind": {
    generation: count,
    step: count,
    leftBehind: list(leftBehind),
    sentence: optional(text),
  },
  samples: {
    generation: count,
    step: count,
    samples: list(samples),
  },
  inspected: { generation: count, found: inspected.one },
  described: { generation: count, data: dataDescription },
  settled: { generation: count, step: count, code: text, about: optional(text) },
  finding: {
    generation: count,
    step: count,
    finding,
  },
  replaced: { generation: count, step: count, by: word("text", "reset", "restore"), bytes },
  restored: { generation: count, step: count },
  snapshot: { generation: count, step: count, bytes },
};
const fromHost = tagged<FromHost>(fromHostKinds);

/** What is wrong with a message to the host, as a phrase that names the part; undefined when nothing is. */
export const faultOfToHost = (message: unknown): string | undefined => toHost(message, "message");
/** The same for a message from the host. */
export const faultOfFromHost = (message: unknown): string | undefined => fromHost(message, "message");
