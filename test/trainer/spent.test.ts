import assert from "node:assert/strict";
import { test } from "node:test";
import { Spent } from "../../core/train/spent";

/** A clock that stands still but for `work`. */
function clock(): { now(): number; defer(): Promise<void>; work(milliseconds: number): Promise<void> } {
  let time = 0;
  return {
    now: () => time,
    defer: () => Promise.resolve(),
    work: (milliseconds) => {
      time += milliseconds;
      return Promise.resolve();
    },
  };
}

test("measuring takes at most a quarter of the training's time, after a first round", async () => {
  const time = clock();
  const spent = new Spent(time);
  let measured = 0;
  for (let step = 1; step <= 1000; step++) {
    spent.trained(1);
    if (step % 5 !== 0 || !spent.allowsRound()) continue;
    measured += 30;
    await spent.round(() => time.work(30));
  }
  assert.ok(measured <= 250, `${measured} of 1000 ms`);
  assert.ok(measured >= 200, `${measured} of 1000 ms: rounds go on`);
});

test("a turned knob is looked at once, and not again for each move of a hand", async () => {
  const time = clock();
  const spent = new Spent(time);
  assert.equal(spent.wantsLook(), false);
  spent.turn();
  assert.equal(spent.wantsLook(), true);
  await spent.look(() => time.work(10));
  spent.turn();
  assert.equal(spent.wantsLook(), false);
  await time.work(100);
  assert.equal(spent.wantsLook(), true);
});

test("looks count too, and a turned knob asks for a round whatever has been spent", async () => {
  const time = clock();
  const spent = new Spent(time);
  await spent.round(() => time.work(100));
  await spent.look(() => time.work(100));
  spent.trained(400);
  assert.equal(spent.allowsRound(), false);
  spent.turn();
  assert.equal(spent.allowsRound(), true);
  await spent.round(() => time.work(100));
  assert.equal(spent.allowsRound(), false);
});
