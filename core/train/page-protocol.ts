/**
 * Messages between a page that shows a run and the editor, or the command, that shows the page. Everything else a page
 * says is `ToHost` and is passed on; everything else it hears is `FromHost`. Checked on receipt by `page-check`.
 */
import type { DerivationPage } from "../views/derivation";
import type { TableSummary } from "../views/table-summary";
import type { Change } from "../theory/change";
import type { ExecutorId } from "./executors/index";
import type { PreviousSummary } from "./previous-run";
import type { RunState } from "./run-state";
import type { OfferedStudy, PageOptions, StudyView } from "./study-protocol";

/** What the panel asks of the editor; everything else it sends is `ToHost` and is passed on. */
export type ToEditor =
  /** The page listens. */
  | { kind: "ready" }
  /** It has drawn what is opened: from now on it is seen to train. */
  | { kind: "shown" }
  /** Takes up the run before, where it fits what is open. */
  | { kind: "restorePrevious" }
  /** Writes a change into the text: the value of a knob, or the fix of a finding. */
  | { kind: "write"; change: Change }
  /** Shows the declaration or term of this name in the text. */
  | { kind: "reveal"; name: string }
  /** Asks for a `table`. */
  | { kind: "table" }
  /** Asks for the `studies`. */
  | { kind: "studies" }
  /** Runs a study of the text as it is, in place of one at work. */
  | { kind: "startStudy"; id: string; options: PageOptions }
  /** Ends the study at work. */
  | { kind: "stopStudy" }
  /** Saves a text as a file of this name, wherever the person chooses. */
  | { kind: "saveText"; name: string; text: string }
  /** Exports the spec, in a format and to a place that the person chooses. */
  | { kind: "export" }
  /** Opens a text as a new document beside the panel. */
  | { kind: "openText"; text: string }
  /** Of a trainer in a worker of this page. */
  | { kind: "worker"; report: WorkerReport };

/** The executors of a page's GPU, in order of preference. */
export const pageExecutors = ["webgpu", "tfjs"] as const satisfies readonly ExecutorId[];
export type PageExecutor = (typeof pageExecutors)[number];

/** Why a page cannot have an executor, of each that it cannot. */
export type Lacks = { [E in PageExecutor]?: string };

/** What a page says of a trainer of its own. */
export type WorkerReport =
  /** What its GPU would carry out programs with: why not, of each executor that it cannot have. */
  | { kind: "gpu"; lacks: Lacks }
  /** A message of it: a `FromHost`, which is checked by whoever it is for. */
  | { kind: "said"; value: unknown }
  /** It has ended by itself. */
  | { kind: "ended"; reason: string };

/** What a page is asked to do with a trainer of its own. */
export type WorkerOrder =
  /** Starts it from the text of its script. */
  | { kind: "start"; script: string }
  /** Hands it a message: a `ToHost`, which it checks. */
  | { kind: "tell"; value: unknown }
  /** Ends it. */
  | { kind: "stop" };

/** What the panel asks of the editor or the command alone. */
export type PanelRequest = Exclude<ToEditor, { kind: (typeof OF_RUN)[number] }>;

/** What is asked of the relay, which has the run and the studies. */
const OF_RUN = ["ready", "shown", "restorePrevious", "worker", "studies", "startStudy", "stopStudy"] as const;

/** Whether a request is the relay's to answer. */
export const isOfRun = (request: ToEditor): request is Extract<ToEditor, { kind: (typeof OF_RUN)[number] }> =>
  (OF_RUN as readonly string[]).includes(request.kind);

/** What the editor answers the panel; everything else it hears is `FromHost`. */
export type FromEditor =
  /** The run as it is now: told to a page that has just been loaded, or that has fallen behind. */
  | { kind: "state"; state: RunState }
  /** The run before that can be had back; none where there is none any longer. */
  | { kind: "previous"; run?: PreviousSummary }
  /** The periodic table, with the panel's spec in its cell where it can be derived. */
  | { kind: "table"; table: TableSummary }
  /** A derivation, for a page of its own; without one its spec has never been free of errors. */
  | { kind: "derivation"; page?: DerivationPage }
  /** The studies there are, and why none runs here. */
  | { kind: "studies"; studies: OfferedStudy[]; refused?: string }
  /** The study that was asked for, as it is now. */
  | { kind: "study"; view: StudyView }
  /** The terms at the cursor of the text, by their ids. */
  | { kind: "cursor"; terms: string[] }
  /** Of a trainer in a worker of this page. */
  | { kind: "worker"; order: WorkerOrder };
