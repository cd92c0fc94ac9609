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
  const [picture, caption] = host.of("samples").at(-1)!.samples;
  assert.ok(picture?.kind === "pictures" && caption?.kind === "texts");
  assert.deepEqual([picture.height, picture.width, picture.channels], [20, 20, 3]);
  assert.equal(picture.reconstruction?.length, 8 * 400 * 3);
  assert.match(caption.original[0]!, /(red|green|blue|yellow|purple|white)/);
  const words = (text: string): string[] => text.split(" ");
  const found = caption.original.map((text, i) => {
    const likely = words(caption.reconstruction![i]!);
    assert.equal(likely.length, words(text).length, "as many words as the text has");
    return words(text).filter((word) => likely.includes(word)).length / likely.length;
  });
  // Seven words at random of 25 would be right in 0.28 at most.
  assert.ok(found.reduce((sum, share) => sum + share, 0) / found.length > 0.35, found.join());
  const probe = host
    .of("measurements")
    .flatMap(({ measurements }) => measurements)
    .findLast(({ id }) => id === "accuracy")!;
  assert.ok(probe.low > probe.chance!, "the colour can be read off the code");
});
