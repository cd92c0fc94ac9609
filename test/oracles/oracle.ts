/** Tests of what a bound's proof claims. */
import { test } from "node:test";

/**
 * A test that holds the proofs of these bounds to sums over every case of something small. `test/lists/bounds.test.ts` reads
 * the names where they are written, and asks for one such test of every bound.
 */
export function oracle(of: readonly string[], title: string, body: () => void | Promise<void>): void {
  test(`${of.join(", ")}: ${title}`, body);
}
