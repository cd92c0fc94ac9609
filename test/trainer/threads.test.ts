/** How many threads a trainer takes. */
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { threadsFor } from "../../trainer/executors/node";

test("an idle machine gives all its cores, a busy one all but one, and a setting is taken as it is", () => {
  const cores = availableParallelism();
  assert.equal(threadsFor(0, 0), Math.min(8, cores));
  assert.equal(threadsFor(0, 0.5), Math.max(1, Math.min(8, cores - 1)));
  assert.equal(threadsFor(0, 40), threadsFor(0, 0.5));
  assert.equal(threadsFor(3, 40), 3);
});
