/** What a knob is at each step. */
import { scheduled } from "../theory/terms/schedule";
import type { Knob } from "../theory/spec";

/** Values of the knobs over a run: annealed as the spec says until a person turns one. */
export class KnobSchedule {
  private readonly turned = new Map<string, number>();

  constructor(
    private readonly knobs: readonly Knob[],
    private readonly stepsPerEpoch: number,
  ) {}

  /**
   * Sets a knob from now on, within its range; an anneal of it is over.
   * @returns the value taken, or undefined when there is no such knob
   */
  turn(name: string, value: number): number | undefined {
    const knob = this.knobs.find((one) => one.name === name);
    if (knob === undefined) return undefined;
    const inside = Math.min(knob.to, Math.max(knob.from, value));
    this.turned.set(name, inside);
    return inside;
  }

  /** Those that were turned by hand in another run, and no others. */
  takeUp(byHand: Readonly<Record<string, number>>): void {
    this.turned.clear();
    for (const [name, value] of Object.entries(byHand)) this.turn(name, value);
  }

  /**
   * Every knob's value at step `step` (from 0).
   * @param ended whether the training ends before this step
   */
  at(step: number, ended = false): Record<string, number> {
    return Object.fromEntries(
      this.knobs.map((knob) => [
        knob.name,
        this.turned.get(knob.name) ?? scheduled(knob, step, this.stepsPerEpoch, ended),
      ]),
    );
  }

  /** The knobs that were turned by hand. */
  get byHand(): Record<string, number> {
    return Object.fromEntries(this.turned);
  }
}
