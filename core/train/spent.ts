/** How long training and measuring take, so that measuring keeps to its share. */
import type { Clock } from "./clock";

/** Most share of the training's time that looks and rounds of measurements take. */
const SHARE = 0.25;
/** Milliseconds between two looks that a knob under a hand asks for. */
const PAUSE = 100;

export class Spent {
  private training = 0;
  private measuring = 0;
  private lastRound = 0;
  private rounds = 0;
  private lookedAt = -Infinity;
  /** Whether a knob has been turned since the last look, and since the last round. */
  private readonly turned = { look: false, round: false };

  constructor(private readonly clock: Clock) {}

  /** Steps have taken this many milliseconds. */
  trained(milliseconds: number): void {
    this.training += milliseconds;
  }

  /** A knob has been turned: what was measured is of another loss. */
  turn(): void {
    this.turned.look = true;
    this.turned.round = true;
  }

  /** Whether a turned knob asks for a look that no step count does. */
  wantsLook(): boolean {
    return this.turned.look && this.clock.now() - this.lookedAt >= PAUSE;
  }

  /** Measures, and notes how long it took. */
  async look<T>(measure: () => Promise<T>): Promise<T> {
    const started = this.clock.now();
    const result = await measure();
    this.lookedAt = this.clock.now();
    this.turned.look = false;
    this.measuring += this.lookedAt - started;
    return result;
  }

  /** Whether a round of all measurements is due: the first look has one, and a turned knob asks for one. */
  allowsRound(): boolean {
    return this.rounds === 0 || this.turned.round || this.measuring + this.lastRound <= SHARE * this.training;
  }

  async round(measure: () => Promise<void>): Promise<void> {
    const before = this.measuring;
    await this.look(measure);
    this.lastRound = this.measuring - before;
    this.rounds++;
    this.turned.round = false;
  }
}
