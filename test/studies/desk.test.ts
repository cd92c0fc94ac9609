/** What a page fills in reaches a study as the command line's options would. */
import assert from "node:assert/strict";
import test from "node:test";
import { samples } from "../../core/studies/samples/index";
import { studies } from "../../core/studies/index";
import { sweep } from "../../core/studies/sweep/index";
import type { Job, Outcome } from "../../core/studies/job";
import { checkedChannel, portPair } from "../../core/train/channel";
import type { FromHost, ToHost } from "../../core/train/protocol";
import { faultOfFromHost } from "../../core/train/protocol-check";
import { defaultSettings } from "../../trainer/settings";
import { givenOf, studySettings } from "../../trainer/studies/desk";
import { createPool } from "../../trainer/studies/pool";

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

test("a job that asks for an executor gets a trainer that has it, and others keep theirs", async () => {
  const started: (string | undefined)[] = [];
  const pool = createPool((executor) => {
    started.push(executor);
    // A trainer that refuses whatever it is given.
    const [near, far] = portPair();
    far.receive((value) => {
      const message = value as ToHost;
      if (message.kind === "open")
        far.post({ kind: "phase", generation: message.generation, phase: "failed", detail: "no" });
    });
    const channel = checkedChannel<ToHost, FromHost>(near, faultOfFromHost, assert.fail);
    return { channel, ended: new Promise(() => undefined), stop: () => undefined };
  }, 1);
  const job: Job = {
    ...{ text: "", uses: {}, location: "", spec: "A" },
    overrides: {},
    alterations: [],
  };
  for (const executor of [undefined, "torch", undefined, "torch"] as const) {
    const outcomes: unknown[] = [];
    await pool.train(
      { ...job, ...(executor && { executor }) },
      {
        progress: () => undefined,
        leg: (_leg, outcome) => outcomes.push(outcome),
      },
      new AbortController().signal,
    );
    assert.deepEqual(outcomes, [{ refused: "no" }] satisfies Outcome[]);
  }
  pool.close();
  assert.deepEqual(started, [undefined, "torch"]);
  assert.deepEqual(
    [studySettings(defaultSettings).executor, studySettings(defaultSettings, "torch").executor],
    ["wasm", "torch"],
  );
});
