/** Time, handed in: core has none of its own. */
export interface Clock {
  /** Milliseconds from any start, never going back. */
  now(): number;
  /** Resolves after whatever else waits on the event loop (messages above all) has had its turn. */
  defer(): Promise<void>;
}

/** Longest stretch of work between two looks at the event loop, in milliseconds. */
export const SLICE = 20;

/** Work that was ended before it was done. */
class Interrupted extends Error {}

/** Long work cut into slices, so that a pause or a turned knob is heard in between. */
export class Slices {
  private started: number;
  private interrupted = false;

  constructor(private readonly clock: Clock) {
    this.started = clock.now();
  }

  /** Call between pieces of work; gives way when the slice is used up. @throws Interrupted where it is to end */
  async breathe(): Promise<void> {
    if (this.clock.now() - this.started >= SLICE) {
      await this.clock.defer();
      this.started = this.clock.now();
    }
    if (this.interrupted) throw new Interrupted();
  }

  /** Carries out work that `interrupt` may end. @returns whether it was done */
  async interruptibly(work: () => Promise<void>): Promise<boolean> {
    this.interrupted = false;
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof Interrupted) return false;
      throw error;
    } finally {
      this.interrupted = false;
    }
  }

  /** Ends the work in hand, at its next breath. */
  interrupt(): void {
    this.interrupted = true;
  }
}
