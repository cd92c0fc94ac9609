/** What a page fills in reaches a study as the command line's options would. */
import assert from "node:assert/strict";
import test from "node:test";
import { samples } from "../../core/studies/samples/index";
import { studies } from "../../core/studies/index";
import { sweep } from "../../core/studies/sweep/index";
import { givenOf } from "../../trainer/studies/desk";

test("a ticked flag is given, and every flag there is can be", () => {
  assert.deepEqual(givenOf(samples, { before: "yes", measure: "", rho: " 0.5 ", pilot: " " }), {
    before: true,
    rho: "0.5",
  });
  for (const study of studies)
    for (const { name, value } of study.options)
      if (value === undefined) assert.deepEqual(givenOf(study, { [name]: "yes" }), { [name]: true });
});

test("an option that may be given more than once has its texts between commas", () => {
  assert.deepEqual(givenOf(sweep, { knob: "beta, w,", from: "1,5" }), { knob: ["beta", "w"], from: "1,5" });
  assert.deepEqual(givenOf(sweep, { knob: "beta" }), { knob: ["beta"] });
  assert.deepEqual(givenOf(sweep, { knob: " , ", other: "1" }), {});
});
