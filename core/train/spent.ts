/**
 * How long training and measuring take, so that measuring keeps to its share: looks, rounds, answers to pages and saved states,
 * all that happens between the steps. What is measured after the last step is apart, and not counted here.
 */
import type { Clock } from "./clock";

/**
 * Most share of the training's time that looks and rounds of measurements take; with what happens around them, such as messages
 * and freed memory, measuring takes a quarter at most.
 */
const SHARE = 0.22;
/** Most share of all steps of the training that the first round takes: it comes early, before that much has been spent. */
const EARLY = 0.06;
/**
 * What a round is taken to last before there was one: this many looks, and these milliseconds at least, for its probes. They are
 * those of an idle machine: on a busy one a step takes longer than the shortest, and a round as many times longer.
 */
const LOOKS_A_ROUND = 12;
const LEAST_ROUND = 300;
/** Most share of the training's time that answers to what pages ask again and again take: rounds need the rest. */
const ASKED = 0.08;
/** Milliseconds between two looks that a knob under a hand asks for. */
const PAUSE = 100;

export class Spent {
  private training = 0;
  /** Steps, and the least time that one has taken: the first ones take longer, until their code is compiled. */
  private steps = 0;
  private leastStep = Infinity;
  private measuring = 0;
  private answering = 0;
  private lastRound = 0;
  private rounds = 0;
  /** When a look last showed what a turned knob does. */
  private answeredAt = -Infinity;
  private lastLook = 0;
  /** Whether a knob has been turned since the last look, and since the last round. */
  private readonly turned = { look: false, round: false };

  constructor(private readonly clock: Clock) {}

  /** Steps have taken this many milliseconds. */
  trained(milliseconds: number): void {
    this.training += milliseconds;
    this.steps++;
    this.leastStep = Math.min(this.leastStep, milliseconds);
  }

  /** A knob has been turned: what was measured is of another loss. */
  turn(): void {
    this.turned.look = true;
    this.turned.round = true;
  }

  /** Whether a turned knob asks for a look that no step count does. */
  wantsLook(): boolean {
    return this.turned.look && this.clock.now() - this.answeredAt >= PAUSE;
  }

  /** Whether a knob has been turned since the last look: what that measured is of another loss. */
  get outdated(): boolean {
    return this.turned.look;
  }

  /** Does what belongs to measuring, and notes how long it took. */
  async besides<T>(act: () => Promise<T>): Promise<T> {
    const [result] = await this.timed(act);
    return result;
  }

  /** Measures, and notes how long it took. */
  async look<T>(measure: () => Promise<T>): Promise<T> {
    const answers = this.turned.look;
    this.turned.look = false;
    const [result, time] = await this.timed(measure);
    this.lastLook = time;
    if (answers) this.answeredAt = this.clock.now();
    return result;
  }

  /**
   * Whether a round of all measurements is due: a turned knob asks for one, and the first comes early.
   * @param progress share of the training that is done
   */
  allowsRound(progress = 1): boolean {
    const first = this.rounds === 0;
    const slowed = this.leastStep > 0 ? this.training / (this.steps * this.leastStep) : 1;
    const guess = this.lastLook > 0 ? Math.max(LEAST_ROUND * slowed, LOOKS_A_ROUND * this.lastLook) : 0;
    const cost = first ? guess : this.lastRound;
    const early = first && cost <= EARLY * this.leastStep * (this.steps / progress);
    return early || this.turned.round || this.measuring + cost <= SHARE * this.training;
  }

  /** @param measure whether it was done, or ended before */
  async round(measure: () => Promise<boolean>): Promise<void> {
    const [done, time] = await this.timed(measure);
    if (!done) return;
    this.lastRound = time;
    this.rounds++;
    this.turned.round = false;
  }

  /** Whether a page may be answered again what it was answered before. @param cost milliseconds */
  allowsAnswer(cost: number): boolean {
    return this.answering + cost <= ASKED * this.training && this.measuring + cost <= SHARE * this.training;
  }

  /** Answers a page. @returns how long it took, in milliseconds */
  async answer(act: () => Promise<void>): Promise<number> {
    const [, time] = await this.timed(act);
    this.answering += time;
    return time;
  }

  now(): number {
    return this.clock.now();
  }

  private async timed<T>(measure: () => Promise<T>): Promise<[T, number]> {
    const started = this.clock.now();
    const result = await measure();
    const time = this.clock.now() - started;
    this.measuring += time;
    return [result, time];
  }
}
