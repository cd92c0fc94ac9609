/** Means and standard deviations of named values that come one after another (Welford 1962). */

interface Running {
  count: number;
  mean: number;
  squares: number;
}

export class Moments {
  private readonly running = new Map<string, Running>();

  add(name: string, value: number): void {
    const now = this.running.get(name) ?? { count: 0, mean: 0, squares: 0 };
    const count = now.count + 1;
    const off = value - now.mean;
    const mean = now.mean + off / count;
    this.running.set(name, { count, mean, squares: now.squares + off * (value - mean) });
  }

  clear(): void {
    this.running.clear();
  }

  /** How many values each name has had; 0 where there are none. */
  get count(): number {
    return Math.max(0, ...[...this.running.values()].map(({ count }) => count));
  }

  means(): Record<string, number> {
    return Object.fromEntries([...this.running].map(([name, { mean }]) => [name, mean]));
  }

  /** Standard deviations of the values; 0 of a single one. */
  deviations(): Record<string, number> {
    return Object.fromEntries(
      [...this.running].map(([name, { count, squares }]) => [
        name,
        Math.sqrt(squares / Math.max(1, count - 1)),
      ]),
    );
  }
}
