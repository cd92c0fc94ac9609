import assert from "node:assert/strict";
import { test } from "node:test";
import { Slices } from "../../core/train/clock";
import { Spent } from "../../core/train/spent";

/** A clock that stands still but for `work`. */
function clock(): { now(): number; defer(): Promise<void>; work(milliseconds: number): Promise<boolean> } {
  let time = 0;
  return {
    now: () => time,
    defer: () => Promise.resolve(),
    work: (milliseconds) => {
      time += milliseconds;
      return Promise.resolve(true);
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

test("the first round comes early where it is a tenth of the training or less, else once it has been earned", async () => {
  for (const [steps, early] of [
    [100, false],
    [10_000, true],
  ] as const) {
    const time = clock();
    const spent = new Spent(time);
    for (let step = 0; step < 10; step++) spent.trained(1);
    await spent.look(() => time.work(1));
    assert.equal(spent.allowsRound(10 / steps), early, `${steps}`);
    await spent.look(() => time.work(5));
    assert.equal(spent.allowsRound(10 / steps), early, `${steps}`);
    for (let step = 10; step < 2000; step++) spent.trained(1);
    assert.equal(spent.allowsRound(1), true);
  }
});

test("slow first steps promise no longer training, and what is done besides counts", async () => {
  const time = clock();
  const spent = new Spent(time);
  for (let step = 0; step < 10; step++) spent.trained(step < 5 ? 20 : 1);
  await spent.look(() => time.work(1));
  assert.equal(spent.allowsRound(10 / 1000), false);
  for (let step = 10; step < 2000; step++) spent.trained(1);
  await spent.besides(() => time.work(300));
  assert.equal(spent.allowsRound(1), false);
  for (let step = 0; step < 1000; step++) spent.trained(1);
  assert.equal(spent.allowsRound(1), true);
});

test("on a busy machine a first round is expected to last longer too", async () => {
  for (const slow of [1, 4])
    for (const [steps, allowed] of [
      [1000, false],
      [1600, true],
    ] as const) {
      const time = clock();
      const spent = new Spent(time);
      // One step is not held up.
      for (let step = 0; step < steps; step++) spent.trained(step === 0 ? 1 : slow);
      await spent.look(() => time.work(10 * slow));
      assert.equal(spent.allowsRound(1), allowed, `${steps} steps of ${slow} ms`);
    }
});

test("a round that was ended is asked for again, and its time counts", async () => {
  const time = clock();
  const spent = new Spent(time);
  await spent.round(() => time.work(1));
  spent.turn();
  await spent.round(() => time.work(50).then(() => false));
  assert.equal(spent.allowsRound(), true);
  spent.trained(100);
  await spent.round(() => time.work(1));
  assert.equal(spent.allowsRound(), false);
});

test("work that may be ended ends at its next breath, and other errors are not taken for that", async () => {
  const slices = new Slices(clock());
  const done: number[] = [];
  const work = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      done.push(i);
      if (i === 2) slices.interrupt();
      await slices.breathe();
    }
  };
  assert.equal(await slices.interruptibly(work), false);
  assert.deepEqual(done, [0, 1, 2]);
  await slices.breathe();
  assert.equal(await slices.interruptibly(() => slices.breathe()), true);
  await assert.rejects(
    slices.interruptibly(() => Promise.reject(new Error("another"))),
    /another/,
  );
});

test("answers to a page leave rounds their time", async () => {
  const time = clock();
  const spent = new Spent(time);
  const taken = { answers: 0, rounds: 0 };
  for (let step = 1; step <= 4000; step++) {
    spent.trained(1);
    if (spent.allowsAnswer(5)) {
      taken.answers += 5;
      await spent.answer(() => time.work(5).then(() => undefined));
    }
    if (step % 5 !== 0 || !spent.allowsRound()) continue;
    taken.rounds += 60;
    await spent.round(() => time.work(60));
  }
  assert.ok(taken.answers + taken.rounds <= 1000, JSON.stringify(taken));
  assert.ok(taken.answers >= 250 && taken.rounds >= 480, JSON.stringify(taken));
});
