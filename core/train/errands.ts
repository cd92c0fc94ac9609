/** What must not overlap with a step of the training: done one after another, when the training makes way. */
export class Errands {
  private readonly waiting: (() => Promise<void>)[] = [];
  private done: Promise<void> = Promise.resolve();

  /** Waits for the next `run`; settles as the act does. */
  add<T>(act: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => Promise.resolve().then(act).then(resolve, reject));
    });
  }

  /** Carries out all that wait; settles once none is at work. */
  run(): Promise<void> {
    if (this.waiting.length > 0)
      this.done = this.done.then(async () => {
        for (let errand = this.waiting.shift(); errand !== undefined; errand = this.waiting.shift())
          await errand();
      });
    return this.done;
  }
}
