/** Checks what a page and the editor, or the command, that shows it tell each other; see `protocol-check`. */
import type { DerivationPage } from "../views/derivation";
import type { Picture } from "../views/picture";
import type { TableMethod, TableSummary } from "../views/table-summary";
import type { Series } from "./curves";
import { dataDescription } from "./data-check";
import type { FromEditor, Lacks, ToEditor, WorkerOrder, WorkerReport } from "./page-protocol";
import type { CheckpointSummary, FromHost } from "./protocol";
import {
  change,
  checkpointFields,
  derivation,
  fromHostKinds,
  identity,
  inspected,
  summary,
} from "./protocol-check";
import type { PreviousRun, PreviousSummary } from "./previous-run";
import type { Progress, RunState } from "./run-state";
import {
  anything,
  bytes,
  count,
  flag,
  list,
  number,
  object,
  optional,
  table,
  tagged,
  text,
  word,
  type Shape,
} from "./shape";
import type { OfferedStudy, StudyOption, StudyProgress, StudyTable, StudyView } from "./study-protocol";

const toEditor = tagged<ToEditor>({
  ready: {},
  shown: {},
  restorePrevious: {},
  write: { change },
  reveal: { name: text },
  table: {},
  openText: { text },
  worker: {
    report: tagged<WorkerReport>({
      gpu: { lacks: object<Lacks>({ webgpu: optional(text), tfjs: optional(text) }) },
      said: { value: anything },
      ended: { reason: text },
    }),
  },
  studies: {},
  startStudy: { id: text, options: table(text) },
  stopStudy: {},
  saveText: { name: text, text },
  export: {},
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

const derivationPage = object<DerivationPage>({
  name: text,
  title: optional(text),
  method: optional(text),
  loss: text,
  shortLoss: text,
  derivation,
  current: flag,
});

const lists = object<Series>({ steps: list(count), values: list(number), every: count });
const series: Shape<Series> = (value, path) =>
  lists(value, path) ??
  ((value as Series).steps.length === (value as Series).values.length
    ? undefined
    : `${path} has other steps than values`);

const { step, steps, epoch, epochs, millisecondsPerStep, secondsLeft } = fromHostKinds.progress;
const runState = object<RunState>({
  generation: count,
  summary: optional(summary),
  phase: fromHostKinds.phase.phase,
  phaseDetail: text,
  progress: optional(object<Progress>({ step, steps, epoch, epochs, millisecondsPerStep, secondsLeft })),
  curves: object<RunState["curves"]>({
    total: series,
    terms: table(series),
    heldOutTotal: series,
    heldOutTerms: table(series),
  }),
  checkpoint: optional(object<CheckpointSummary>(checkpointFields)),
  rates: fromHostKinds.rates.rates,
  measurements: fromHostKinds.measurements.measurements,
  verdicts: fromHostKinds.verdicts.verdicts,
  confusions: fromHostKinds.verdicts.confusions,
  leftBehind: fromHostKinds["left-behind"].leftBehind,
  sentence: fromHostKinds.verdicts.sentence,
  samples: fromHostKinds.samples.samples,
  inspected: inspected.all,
  data: optional(dataDescription),
  findings: list(fromHostKinds.finding.finding),
  rejected: fromHostKinds.rejected.diagnostics,
  knobs: table(number),
  executors: fromHostKinds.executors.executors,
});

const previousRun = object<PreviousRun>({ state: runState, snapshot: bytes, at: count });

const studyOption = object<StudyOption>({
  name: text,
  value: optional(text),
  multiple: optional(flag),
  doc: text,
});
const offeredStudy = object<OfferedStudy>({
  id: text,
  question: text,
  doc: text,
  options: list(studyOption),
});
const cell: Shape<string | number | null> = (value, path) =>
  value === null || typeof value === "string" ? undefined : number(value, path);
const studyTable = object<StudyTable>({
  columns: list(object<StudyTable["columns"][number]>({ name: text, title: text, doc: text })),
  rows: list(list(cell)),
});
const pictureAxis = object<Picture["x"]>({ title: text, log: flag, names: optional(list(text)) });
const picture = object<Picture>({
  id: text,
  title: text,
  x: pictureAxis,
  y: pictureAxis,
  series: list(
    object<Picture["series"][number]>({
      name: text,
      style: word("line", "points", "theory", "intervals"),
      points: list(
        object<Picture["series"][number]["points"][number]>({
          x: number,
          y: number,
          knobs: optional(table(number)),
        }),
      ),
    }),
  ),
  marks: list(
    object<Picture["marks"][number]>({ x: number, text, from: word("theory", "predicted", "measured") }),
  ),
});
const studyView = object<StudyView>({
  id: text,
  options: table(text),
  progress: optional(object<StudyProgress>({ done: count, asked: count, secondsLeft: optional(number) })),
  problem: optional(text),
  answer: optional(
    object<NonNullable<StudyView["answer"]>>({ sentence: text, table: studyTable, pictures: list(picture) }),
  ),
});

const toPanel = tagged<FromHost | FromEditor>({
  ...fromHostKinds,
  state: { state: runState },
  previous: {
    run: optional(object<PreviousSummary>({ spec: text, step: count, at: count, identity })),
  },
  table: { table: periodicTable },
  derivation: { page: optional(derivationPage) },
  cursor: { terms: list(text) },
  worker: {
    order: tagged<WorkerOrder>({ start: { script: text }, tell: { value: anything }, stop: {} }),
  },
  studies: { studies: list(offeredStudy), refused: optional(text) },
  study: { view: studyView },
});

/** What is wrong with a value that should be the state of a run; undefined when nothing is. */
export const faultOfRunState = (value: unknown): string | undefined => runState(value, "state");

/** The same for a kept run, to be had back. */
export const faultOfPreviousRun = (value: unknown): string | undefined => previousRun(value, "run");

/** The same for what the panel is told, by the host or by the editor. */
export const faultOfToPanel = (message: unknown): string | undefined => toPanel(message, "message");
/** The same for what the panel asks of the editor. */
export const faultOfToEditor = (message: unknown): string | undefined => toEditor(message, "message");
