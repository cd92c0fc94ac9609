/** What the panel shows: the run, and what is only the panel's. Views are functions of it. */
import type { FromEditor } from "../core/train/page-protocol";
import type { PreviousSummary } from "../core/train/previous-run";
import { PROTOCOL_VERSION, type FromHost } from "../core/train/protocol";
import { emptyRun, fold, type RunState } from "../core/train/run-state";
import type { DerivationPage } from "../core/views/derivation";
import type { OfferedStudy, StudyView } from "../core/train/study-protocol";
import type { TableSummary } from "../core/views/table-summary";

export interface PanelState {
  /** What is between the panel and the host: waiting for the first word, in step, or at odds. */
  connection: "waiting" | "ready" | "lost" | { mismatch: number };
  run: RunState;
  /** Knobs as turned here, until the host has answered: a slider must not jump back under a hand. */
  turning: Record<string, number>;
  /** The run before, where there is one to be had back. */
  previous: PreviousSummary | undefined;
  /** The periodic table, once it has been asked for. */
  table: TableSummary | undefined;
  /** The derivation of a page of its own: `none` where its spec has never been free of errors. */
  derivation: DerivationPage | "none" | undefined;
  /** The studies there are, once they have been asked for, and why none runs here. */
  studies: { offered: OfferedStudy[]; refused?: string } | undefined;
  /** The study that was asked for last. */
  study: StudyView | undefined;
  /** Ids of the terms at the cursor of the text. */
  lit: readonly string[];
}

export const initialState = (): PanelState => ({
  connection: "waiting",
  run: emptyRun(),
  turning: {},
  previous: undefined,
  table: undefined,
  derivation: undefined,
  studies: undefined,
  study: undefined,
  lit: [],
});

/** The state after a message of the host or the editor. */
export function receive(state: PanelState, message: FromHost | FromEditor): PanelState {
  switch (message.kind) {
    case "table":
      return { ...state, table: message.table };
    case "derivation":
      return { ...state, derivation: message.page ?? "none" };
    case "studies": {
      const { studies: offered, refused } = message;
      return { ...state, studies: { offered, ...(refused !== undefined && { refused }) } };
    }
    case "study":
      return { ...state, study: message.view };
    case "cursor":
      return { ...state, lit: message.terms };
    case "worker":
      return state;
    case "previous":
      return { ...state, previous: message.run };
    case "state":
      return { ...state, run: message.state, turning: {} };
    case "welcome": {
      const { protocol } = message;
      return { ...state, connection: protocol === PROTOCOL_VERSION ? "ready" : { mismatch: protocol } };
    }
    default: {
      const run = fold(state.run, message);
      return {
        ...state,
        run,
        turning: message.kind === "opened" ? {} : unanswered(state.turning, run.knobs),
      };
    }
  }
}

/** What was turned here and is not known to the host yet. */
const unanswered = (turning: Record<string, number>, known: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(turning).filter(([name, value]) => known[name] !== value));

/** The value of a knob: as turned here, else as the host says. */
export const knobValue = ({ turning, run }: PanelState, name: string, otherwise: number): number =>
  (Object.hasOwn(turning, name) ? turning[name] : run.knobs[name]) ?? otherwise;
