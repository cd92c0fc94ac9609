/** The module's entry: carries out a table of operations made by encode.ts. */
import { adam } from "./adam";
import { START, TABLE } from "./layout";
import { map } from "./map";
import { matmul } from "./matmul";
import { copy, gather, scatterAdd } from "./move";
import { reduce } from "./reduce";
import { fold, unfold } from "./slide";
import { triangular } from "./triangular";
import { awaitChange, barrier } from "./threads";

export { lowOnce, lowSpread, tallOnce, tallSpread } from "./tile";
export { start } from "./threads";

// What the numbers of a table mean, by name: whoever writes one checks that they are the same there (../kernels.ts).
export { F as Elementwise } from "./map";
export { R as Reduction } from "./reduce";
export { Function as Triangle } from "./triangular";

export enum Kind {
  end,
  barrier,
  matmul,
  map,
  reduce,
  gather,
  scatterAdd,
  copy,
  adam,
  triangular,
  unfold,
  fold,
}

function run(kind: Kind, words: usize, thread: i32, threads: i32, scratch: usize): void {
  switch (kind) {
    case Kind.matmul:
      return matmul(words, thread, threads, scratch);
    case Kind.map:
      return map(words, thread, threads, scratch);
    case Kind.reduce:
      return reduce(words, thread, threads);
    case Kind.gather:
      return gather(words, thread, threads);
    case Kind.scatterAdd:
      return scatterAdd(words);
    case Kind.copy:
      return copy(words);
    case Kind.adam:
      return adam(words, thread, threads, scratch);
    case Kind.triangular:
      return triangular(words);
    case Kind.unfold:
      return unfold(words, thread, threads);
    case Kind.fold:
      return fold(words, thread, threads);
    default:
      unreachable();
  }
}

/**
 * Carries out the operations at `table`: (kind, length in bytes, whether threads share it, words) each. What is not
 * shared is done by thread 0. Returns false when another thread has stopped.
 */
export function execute(table: usize, thread: i32, threads: i32, scratch: usize): bool {
  let kind = load<i32>(table);
  while (kind != Kind.end) {
    const words = table + 12;
    const shared = load<i32>(table, 8) != 0;
    const part = shared ? thread : 0;
    const sharers = shared ? threads : 1;
    if (kind == Kind.barrier) {
      if (threads > 1 && !barrier(threads)) return false;
    } else if (shared || thread == 0) run(kind, words, part, sharers, scratch);
    table += load<u32>(table, 4);
    kind = load<i32>(table);
  }
  return true;
}

/** The life of a helping thread: carries out what `start` says until that is nothing. */
export function serve(thread: i32, threads: i32, scratch: usize): void {
  let seen = 0;
  for (;;) {
    awaitChange(START, seen, Infinity);
    seen++;
    const table = <usize>atomic.load<u32>(TABLE);
    if (table == 0 || !execute(table, thread, threads, scratch)) return;
  }
}
