/** Contenders take turns, so that whatever else runs on the machine meets all of them. */

/** Milliseconds: on the clock, and on processors (all threads), which does not count waiting for other programs. */
export interface Time {
  wall: number;
  processor: number;
}

/** Something measured by turns: the time of `count` repetitions. */
export interface Contender {
  name: string;
  run(count: number): Promise<Time>;
}

/** Each turn lasts about this long. */
export const TURN_MS = 200;

/** The time of `count` calls in this process. */
export async function timed(count: number, once: () => unknown): Promise<Time> {
  const processor = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < count; i++) await once();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(processor);
  return { wall, processor: (user + system) / 1000 };
}

/** The time of one repetition of each contender in each round, after turns to warm up. */
export async function takeTurns(contenders: readonly Contender[], rounds: number): Promise<Time[][]> {
  const counts: number[] = [];
  for (const { run } of contenders) {
    const first = Math.ceil((2 * TURN_MS) / ((await run(3)).wall / 3));
    counts.push(Math.max(1, Math.round(TURN_MS / ((await run(first)).wall / first))));
  }
  const times: Time[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run }] of contenders.entries()) {
      const count = counts[i]!;
      const { wall, processor } = await run(count);
      times[i]!.push({ wall: wall / count, processor: processor / count });
    }
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median over the rounds of one contender's time over another's in the same round. */
export function ratio(times: readonly Time[], peer: readonly Time[], of: keyof Time): number {
  return median(times.map((time, round) => time[of] / peer[round]![of]));
}
