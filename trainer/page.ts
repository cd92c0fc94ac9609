/** One page that shows a run, as its relay sees it: told of everything in order, and of no more than it can take. */
import type { FromEditor } from "../core/train/page-protocol";
import type { FromHost } from "../core/train/protocol";

/** Messages on the way to a page past which it is told no more of until it has caught up. */
export const MOST_PENDING = 64;

type Told = FromHost | FromEditor;

/** What carries messages to a page. @param taken called once the message has left, or never will */
export type PageLine = (message: Told, taken: () => void) => void;

export class RelayedPage {
  private listening = false;
  private pending = 0;
  private behind = false;

  /** @param past what brings a page to the present, whatever it was told before */
  constructor(
    private readonly line: PageLine,
    private readonly past: () => Told[],
  ) {}

  /** The page listens: it is told what it has missed, and from now on what comes. */
  begin(): void {
    this.listening = true;
    this.catchUp();
  }

  /** Tells what has happened. A page that cannot take it now is told the state of things once it can. */
  tell(message: Told): void {
    if (!this.listening || this.behind) return;
    if (this.pending >= MOST_PENDING) this.behind = true;
    else this.send(message);
  }

  /** Answers what the page has asked for. */
  answer(message: Told): void {
    this.send(message);
  }

  private send(message: Told): void {
    this.pending++;
    this.line(message, () => {
      this.pending--;
      if (this.behind && this.pending === 0) this.catchUp();
    });
  }

  private catchUp(): void {
    this.behind = false;
    for (const message of this.past()) this.send(message);
  }
}
