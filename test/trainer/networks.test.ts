/** A picture read by convolutions and a text read as words, trained by a host. */
import assert from "node:assert/strict";
import test from "node:test";
import { isPhase, startHost } from "./session";

const spec = `
spec Captions {
  data "captioned-shapes" { samples = 512, validation = 64, test = 64, seed = 2 }
  modality picture : image(20, 20, 3)
  modality caption : text(7, 25)
  observe colour : label(6)
  latent Z : gaussian(6) from picture, caption by poe
  knob beta = 4 in 0.1 .. 100 log
  network encoder picture = cnn(8, 16)
  network encoder caption = bag(16)
  network decoder picture = cnn(16, 8)
  network decoder caption = mlp(32)
  compress I(picture, caption; Z)
  keep 0.1 * I(picture; Z)
  keep I(caption; Z[picture])
  keep I(caption; Z[caption])
  train { epochs = 12, batch = 32, optimizer = adam(3e-3), seed = 3 }
}`;

test("convolutions learn to tell a caption's words from its picture", async () => {
  const host = startHost();
  host.open(spec);
  await host.until(isPhase("finished"));
  await host.close();
  assert.deepEqual(host.refused, []);
  const held = host.points().flatMap(({ heldOut }) => heldOut ?? []);
  const gained = (term: string): number => held.at(-1)!.terms[term]! - held[0]!.terms[term]!;
  assert.ok(gained("keep I(caption; Z[caption])") > 1.5, "words from themselves");
  assert.ok(gained("keep I(caption; Z[picture])") > 0.5, "words from the picture");
  assert.ok(gained("keep I(picture; Z)") > 10, "the picture");
  const drawn = host.of("pictures").at(-1)!.pictures;
  assert.deepEqual(
    drawn.map(({ stream, height, width, reconstruction }) => [stream, height, width, reconstruction?.length]),
    [
      ["picture", 20, 20, 8 * 400],
      ["caption", 1, 25, 8 * 25],
    ],
  );
  const probe = host
    .of("measurements")
    .at(-1)!
    .measurements.find(({ id }) => id === "accuracy")!;
  assert.ok(probe.low > probe.chance!, "the colour can be read off the code");
});
