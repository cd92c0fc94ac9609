/** How threads wait for each other: they spin for a while, since most waits are short, then sleep. */
import { ARRIVED, GENERATION, START, TABLE } from "./layout";

const SPINS: i32 = 4000;

/**
 * `Atomics.wait` (false when timed out) and `Atomics.notify`, handed in: WebAssembly's own instruction for waiting
 * overwrites a neighbouring local in the first of V8's compilers (Node 20).
 */
// @ts-ignore: decorator
@external("env", "sleep")
declare function sleep(at: usize, old: i32, milliseconds: f64): bool;
// @ts-ignore: decorator
@external("env", "wake")
declare function wake(at: usize): void;

/**
 * Waits until the word at `at` is no longer `old`; false when nothing happened for that long, twice: a machine that
 * wakes from sleep may find one wait long over.
 */
export function awaitChange(at: usize, old: i32, milliseconds: f64): bool {
  for (let i = 0; i < SPINS; i++) {
    if (atomic.load<i32>(at) != old) return true;
  }
  let patience = 2;
  while (atomic.load<i32>(at) == old) {
    if (!sleep(at, old, milliseconds) && --patience == 0) return false;
  }
  return true;
}

/** Returns once all threads have come here; false when one does not come for a minute. */
export function barrier(threads: i32): bool {
  const generation = atomic.load<i32>(GENERATION);
  if (atomic.add<i32>(ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(ARRIVED, 0);
    atomic.add<i32>(GENERATION, 1);
    wake(GENERATION);
    return true;
  }
  return awaitChange(GENERATION, generation, 30_000);
}

/** Tells the other threads to carry out the table at `table`, or to end when it is 0. */
export function start(table: usize): void {
  atomic.store<u32>(TABLE, <u32>table);
  atomic.add<i32>(START, 1);
  wake(START);
}
