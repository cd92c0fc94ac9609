/** The run before of a relay: what its pages are offered, and what becomes of it when it is taken up again. */
import type { FromEditor } from "../core/train/page-protocol";
import { summaryOf, takesPlace, unlike, type PreviousRun } from "../core/train/previous-run";
import type { FromHost } from "../core/train/protocol";
import { restoredRun, type RunState } from "../core/train/run-state";

type Cause = Extract<FromHost, { kind: "replaced" }>["by"] | "close";

export class Previous {
  private kept: PreviousRun | undefined;
  /** The one that is being taken up again. */
  private restoring: PreviousRun | undefined;
  private offered = false;

  /**
   * @param keep told of every other run that is kept, and of none
   * @param tell tells the pages
   */
  constructor(
    private readonly keep: (run: PreviousRun | undefined) => void,
    private readonly tell: (message: FromEditor) => void,
  ) {}

  /** What brings a page to the present. */
  get past(): FromEditor[] {
    return this.offered ? [this.message] : [];
  }

  /** A run that was kept another day. */
  offer(run: PreviousRun): void {
    this.kept ??= run;
    this.say();
  }

  /** A run has been given up, or its page was closed. */
  replaced(run: PreviousRun, by: Cause): void {
    // That which makes way for the kept one is kept in any case: a restore can be undone.
    if (by === "restore" || takesPlace(run, this.kept)) this.set(run);
  }

  /** The weights with which the trainer is to go on; undefined where there are none that fit what is open. */
  takeUp({ summary }: RunState): Uint8Array | undefined {
    const { kept } = this;
    const identity = kept?.state.summary?.identity;
    if (kept === undefined || identity === undefined || summary === undefined) return undefined;
    if (unlike(identity, summary.identity) !== undefined) return undefined;
    this.restoring = kept;
    return kept.snapshot;
  }

  /** The trainer has taken it up: the state that is shown from now on. */
  restored(present: RunState): RunState {
    const { restoring } = this;
    if (restoring === undefined) return present;
    this.restoring = undefined;
    // No run had begun that would have made way for it.
    if (this.kept === restoring) this.set(undefined);
    return restoredRun(restoring.state, present);
  }

  private set(run: PreviousRun | undefined): void {
    this.kept = run;
    this.keep(run);
    this.say();
  }

  private say(): void {
    this.offered = true;
    this.tell(this.message);
  }

  private get message(): FromEditor {
    const run = this.kept && summaryOf(this.kept);
    return { kind: "previous", ...(run === undefined ? {} : { run }) };
  }
}
