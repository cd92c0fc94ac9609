/** The session of a training, which another executor can take over between two of its steps. */
import type { Program } from "../program/program";
import type { Session, Values } from "./executor";
import { readWeights, writeWeights } from "./weights";

/** Everything that reads or writes a training's session has this one, and goes on with it when it has been taken over. */
export class SessionInUse implements Session {
  constructor(private session: Session) {}

  /**
   * Goes on in another session with the weights and the optimiser state of now. Inputs need no copy: they are written
   * before every run.
   * @param program that has all parameters and states, as `name` in both sessions
   */
  async moveTo(next: Session, name: string, program: Program): Promise<void> {
    const tensors = await readWeights(this.session, name, program);
    writeWeights(next, name, program, tensors, ["parameter", "state"]);
    this.session.dispose();
    this.session = next;
  }

  write(program: string, name: string, values: ArrayLike<number>): void {
    this.session.write(program, name, values);
  }

  run(program: string): Promise<void> {
    return this.session.run(program);
  }

  read(program: string, name: string): Promise<Values> {
    return this.session.read(program, name);
  }

  buildOwn(seed: number): void {
    this.session.buildOwn?.(seed);
  }

  dispose(): void {
    this.session.dispose();
  }
}
