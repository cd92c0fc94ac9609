/** Damaged data files are read or refused, never anything else. The whole count is in docs/robustness.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { surveyFiles } from "./data-files";

test("a damaged file is read, or refused with what is wrong and what to do", async () => {
  const { files, read, refused, failings } = await surveyFiles(2000, 21);
  assert.deepEqual(failings, []);
  assert.equal(read + refused, files);
  assert.ok(refused > 0.6 * files, `${refused} of ${files} were refused`);
  assert.ok(read > 0, "some damage is to a number alone");
});
