/** Time, handed in: core has none of its own. */
export interface Clock {
  /** Milliseconds from any start, never going back. */
  now(): number;
  /** Resolves after whatever else waits on the event loop (messages above all) has had its turn. */
  defer(): Promise<void>;
}

/** Longest stretch of work between two looks at the event loop, in milliseconds. */
const SLICE = 20;

/** Long work cut into slices, so that a pause or a turned knob is heard in between. */
export class Slices {
  private started: number;

  constructor(private readonly clock: Clock) {
    this.started = clock.now();
  }

  /** Call between pieces of work; gives way when the slice is used up. */
  async breathe(): Promise<void> {
    if (this.clock.now() - this.started < SLICE) return;
    await this.clock.defer();
    this.started = this.clock.now();
  }
}
