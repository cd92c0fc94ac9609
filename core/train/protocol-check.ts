/**
 * Checks messages on receipt: what arrives over a socket, from a panel or from another process is unknown until it has
 * been looked at. The shapes below mirror `protocol.ts`; the compiler refuses one that has drifted from its type.
 */
import type { TableMethod, TableSummary } from "../views/table-summary";
import type { Diagnostic } from "../language/diagnostic";
import { LARGEST_USED, MOST_USED, type UsedFile, type Uses } from "../language/uses";
import type { Step } from "../theory/derivation/loss";
import { executorIds } from "./executors/index";
import type {
  DerivationSummary,
  FromEditor,
  FromHost,
  KnobSummary,
  Overrides,
  Pictures,
  SpecSummary,
  TermPoint,
  TermSummary,
  ToEditor,
  ToHost,
} from "./protocol";

/** Says what is wrong with a value, starting with its path; undefined when nothing is. */
type Fault = string | undefined;

/** Looks at a value that should be a T. The property is never there: it only carries the type. */
interface Shape<T> {
  (value: unknown, path: string): Fault;
  readonly type?: (value: T) => T;
}
interface Optional<T> {
  readonly optional: Shape<T>;
}

type Fields<T> = {
  [K in keyof T]-?: object extends Pick<T, K> ? Optional<Exclude<T[K], undefined>> : Shape<T[K]>;
};
type AnyFields = Record<string, Shape<never> | Optional<never>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === "[object Object]";

const text: Shape<string> = (value, path) =>
  typeof value === "string" ? undefined : `${path} is not a text`;
const flag: Shape<boolean> = (value, path) =>
  typeof value === "boolean" ? undefined : `${path} is not true or false`;
const number: Shape<number> = (value, path) =>
  typeof value === "number" && Number.isFinite(value) ? undefined : `${path} is not a finite number`;
const count: Shape<number> = (value, path) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? undefined
    : `${path} is not a whole number from 0`;
const bytes: Shape<Uint8Array> = (value, path) =>
  value instanceof Uint8Array ? undefined : `${path} is not an array of bytes`;

function word<const W extends string>(...words: W[]): Shape<W> {
  return (value, path) =>
    words.includes(value as W) ? undefined : `${path} is not one of ${words.join(", ")}`;
}

function list<T>(of: Shape<T>): Shape<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return `${path} is not a list`;
    for (let i = 0; i < value.length; i++) {
      const fault = of(value[i], `${path}[${i}]`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

function table<T>(of: Shape<T>): Shape<Record<string, T>> {
  return (value, path) => {
    if (!isRecord(value)) return `${path} is not a table`;
    for (const [key, entry] of Object.entries(value)) {
      const fault = of(entry, `${path}.${key}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape });

function checkFields(fields: AnyFields, value: unknown, path: string): Fault {
  if (!isRecord(value)) return `${path} is not an object`;
  for (const [key, shape] of Object.entries(fields)) {
    const entry = Object.hasOwn(value, key) ? value[key] : undefined;
    if ("optional" in shape) {
      if (entry === undefined) continue;
      const fault = shape.optional(entry, `${path}.${key}`);
      if (fault !== undefined) return fault;
    } else {
      const fault = shape(entry, `${path}.${key}`);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function object<T>(fields: Fields<T>): Shape<T> {
  return (value, path) => checkFields(fields as unknown as AnyFields, value, path);
}

type Tagged = { kind: string };
type Kinds<T extends Tagged> = { [K in T["kind"]]: Fields<Omit<Extract<T, { kind: K }>, "kind">> };

function tagged<T extends Tagged>(kinds: Kinds<T>): Shape<T> {
  return (value, path) => {
    if (!isRecord(value)) return `${path} is not an object`;
    const kind = value["kind"];
    if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) return `${path}.kind is not known`;
    return checkFields(kinds[kind as T["kind"]] as unknown as AnyFields, value, path);
  };
}

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

const summary = object<SpecSummary>({
  name: text,
  title: optional(text),
  loss: text,
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
      boundSide: word("upper", "lower", "exact", "estimate", "proxy"),
      formula: text,
      weightText: text,
      weight: number,
      reads: text,
      entropy: optional(object<NonNullable<TermSummary["entropy"]>>({ of: text, nats: optional(number) })),
      reason: text,
    }),
  ),
  streams: list(
    object({ name: text, role: word("modality", "target", "observe"), kind: text, sizes: list(count) }),
  ),
  latents: list(object({ name: text, law: text, size: count, from: list(text) })),
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
  derivation: object<DerivationSummary>({
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
  }),
  executor: text,
  parameters: count,
  samples: object({ train: count, validation: count, test: count }),
  steps: count,
  epochs: number,
});

const used: Shape<UsedFile> = (value, path) => {
  if (!isRecord(value) || "text" in value === "problem" in value) return `${path} is no text and no problem`;
  const said = value["text"] ?? value["problem"];
  return text(said, path) ?? ((said as string).length > LARGEST_USED ? `${path} is too large` : undefined);
};
const uses: Shape<Uses> = (value, path) => {
  const fault = table(used)(value, path);
  if (fault !== undefined) return fault;
  const texts = Object.values(value as Uses).filter((file) => "text" in file).length;
  return texts > MOST_USED ? `${path} has more than ${MOST_USED} texts` : undefined;
};

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
      object<Overrides>({ epochs: optional(count), seed: optional(count), knobs: optional(table(number)) }),
    ),
    snapshot: optional(bytes),
  },
  run: {},
  resume: {},
  pause: {},
  reset: { seed: optional(count) },
  knob: { name: text, value: number },
  save: {},
  close: {},
});

const fromHostKinds: Kinds<FromHost> = {
  welcome: {
    protocol: count,
    executors: list(object({ name: word(...executorIds), available: flag, detail: text })),
  },
  rejected: { generation: count, diagnostics: list(diagnostic) },
  opened: { generation: count, summary, restarted: flag },
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
  },
  points: {
    generation: count,
    points: list(
      object<TermPoint>({
        step: count,
        total: number,
        terms: table(number),
        heldOut: optional(object<NonNullable<TermPoint["heldOut"]>>({ total: number, terms: table(number) })),
      }),
    ),
  },
  rates: { generation: count, step: count, rates: table(list(number)) },
  probes: {
    generation: count,
    step: count,
    probes: list(
      object({
        factor: text,
        code: text,
        measure: word("accuracy", "R2"),
        value: number,
        low: number,
        high: number,
        chance: number,
      }),
    ),
    sentence: text,
  },
  pictures: {
    generation: count,
    step: count,
    pictures: list(
      object<Pictures>({
        stream: text,
        count,
        height: count,
        width: count,
        original: bytes,
        reconstruction: optional(bytes),
      }),
    ),
  },
  settled: { generation: count, step: count, code: text },
  finding: {
    generation: count,
    step: count,
    finding: object({ code: text, severity: word("error", "warning", "information"), message: text }),
  },
  snapshot: { generation: count, step: count, bytes },
};
const fromHost = tagged<FromHost>(fromHostKinds);

const toEditor = tagged<ToEditor>({
  ready: {},
  shown: {},
  writeKnob: { name: text, value: number },
  reveal: { name: text },
  table: {},
  openText: { text },
});

const axis = object<TableSummary["rows"][number]>({ id: text, title: text, formula: text, doc: text });

const periodicTable = object<TableSummary>({
  rows: list(axis),
  columns: list(axis),
  traits: list(text),
  methods: list(
    object<TableMethod>({
      file: text,
      method: text,
      symbol: text,
      year: optional(count),
      row: text,
      column: text,
      aliases: list(text),
      summary: text,
      keeps: text,
      discards: text,
      source: text,
      loss: text,
      latex: text,
      traits: list(text),
      text,
      changes: optional(list(text)),
    }),
  ),
  outside: list(object<TableSummary["outside"][number]>({ method: text, source: text, outside: text })),
  own: optional(
    object<NonNullable<TableSummary["own"]>>({
      name: text,
      row: text,
      column: text,
      recognised: text,
      nearest: optional(text),
    }),
  ),
});

const toPanel = tagged<FromHost | FromEditor>({ ...fromHostKinds, table: { table: periodicTable } });

/** What is wrong with a message to the host, as a phrase that names the part; undefined when nothing is. */
export const faultOfToHost = (message: unknown): string | undefined => toHost(message, "message");
/** The same for a message from the host. */
export const faultOfFromHost = (message: unknown): string | undefined => fromHost(message, "message");
/** The same for what the panel is told, by the host or by the editor. */
export const faultOfToPanel = (message: unknown): string | undefined => toPanel(message, "message");
/** The same for what the panel asks of the editor. */
export const faultOfToEditor = (message: unknown): string | undefined => toEditor(message, "message");
