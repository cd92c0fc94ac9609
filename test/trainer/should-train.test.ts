import assert from "node:assert/strict";
import { test } from "node:test";
import { shouldTrain, type Circumstances } from "../../core/train/should-train";

const shown = { visible: true, drawn: true, pauseWhenHidden: true };
const loading = { ...shown, drawn: false };
const hidden = { ...shown, visible: false };
const hiddenButFree = { ...hidden, drawn: false, pauseWhenHidden: false };
const atWork = { finished: false, changed: false };
const finished = { finished: true, changed: false };
const changed = { finished: true, changed: true };

const rows: [string, Circumstances, boolean][] = [
  ["nobody has said anything: as the setting says", { autorun: true }, true],
  ["nobody has said anything, and the setting is off", { autorun: false }, false],
  ["a person's run outweighs the setting", { asked: true, autorun: false }, true],
  ["a person's pause outweighs the setting", { asked: false, autorun: true }, false],
  ["a page that has drawn", { autorun: true, page: shown }, true],
  ["a page that is still loading", { autorun: true, page: loading }, false],
  [
    "a page that is still loading, and a person who wants it",
    { asked: true, autorun: true, page: loading },
    false,
  ],
  ["a hidden page", { autorun: true, page: hidden }, false],
  ["a hidden page, and a person who wants it", { asked: true, autorun: true, page: hidden }, false],
  ["a hidden page that pauses nothing", { autorun: true, page: hiddenButFree }, true],
  ["a paused training on a page that has drawn", { asked: false, autorun: true, page: shown }, false],
  ["a training at work", { autorun: true, training: atWork }, true],
  ["a finished training", { autorun: true, training: finished }, false],
  ["a finished training whose text or knob has changed", { autorun: true, training: changed }, true],
  [
    "a finished training that has changed, paused by a person",
    { asked: false, autorun: true, training: changed },
    false,
  ],
  ["a finished training that has changed, without autorun", { autorun: false, training: changed }, false],
  ["a finished training that has changed, hidden", { autorun: true, page: hidden, training: changed }, false],
];

for (const [what, circumstances, expected] of rows)
  test(`should it train? ${what}`, () => assert.equal(shouldTrain(circumstances), expected));
