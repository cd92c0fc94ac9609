/**
 * Knobs that were turned after the state of a run was asked for. That state lacks them, and a trainer that starts from it is
 * sent them once it has opened the text.
 */
import type { ToHost } from "../core/train/protocol";

type Turn = Extract<ToHost, { kind: "knob" }>;

export class LateKnobs {
  /** By name, with how many states had been asked for before. */
  private readonly turned = new Map<string, { turn: Turn; asked: number }>();
  /** States that the trainer at work was asked for, and those that it has given, in the same order. */
  private asked = 0;
  private given = 0;

  /** A page turns one. */
  turn(turn: Turn): void {
    this.turned.set(turn.name, { turn, asked: this.asked });
  }

  /** The trainer is asked for the state of its run. */
  ask(): void {
    this.asked++;
  }

  /** It has given one, which has all that was turned before it was asked for. */
  give(): void {
    if (this.given < this.asked) this.given++;
    for (const [name, { asked }] of this.turned) if (asked < this.given) this.turned.delete(name);
  }

  /** Another trainer starts from the last state. */
  begin(): void {
    this.asked = this.given = 0;
    for (const { turn } of this.turned.values()) this.turn(turn);
  }

  /** What it is sent once it has opened the text. */
  get all(): Turn[] {
    return [...this.turned.values()].map(({ turn }) => turn);
  }

  /** Another run is taken up, with knobs of its own. */
  forget(): void {
    this.turned.clear();
  }
}
