/** Two specs typed by a person who takes what completion offers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { Editor, overMemory } from "./editor";
import { type } from "./typist";

const twoViews = `language 1

spec PictureAndVoice "What do a picture and a voice share, and what has each alone?" {
  data "sounding-digits" { samples = 6000, seed = 2 }

  modality picture : image(28, 28)
  modality sound : audio(32, 32)
  target digit : label(10)
  observe speaker : label(6)
  observe angle : scalar

  want shared(picture, sound) in Zp, Zs
  want private(picture) in Wp
  want private(sound) in Ws
  want predict(digit) in Zp, Zs

  latent Zp : gaussian(8) from picture
  latent Zs : gaussian(8) from sound
  latent Wp : gaussian(4) from picture
  latent Ws : gaussian(4) from sound

  knob beta = 32 in 0.1 .. 1024 log
  knob w = 0.05 in 0.001 .. 1 log
  anneal beta from 1 over 5 epochs

  compress I(picture; Zp)
  compress I(sound; Zs)
  compress 0.2 * I(picture; Wp)
  compress 0.2 * I(sound; Ws)
  keep I(Zp; Zs) by infonce(critic = separable)
  keep I(digit; Zp, Zs)
  keep w * I(picture; Zp, Wp)
  keep w * I(sound; Zs, Ws)

  network encoder picture = cnn(16, 32)
  train { epochs = 12, batch = 256, optimizer = adam(5e-4) }
}
`;

const threeStreams = `spec Sector "Which sector do three views agree on?" {
  data "planted-factors" { samples = 4000, noise = 0.8 }

  modality X : vector(64)
  modality Y : vector(64)
  modality A : vector(64)
  target sector : label(10) = label
  observe group : label(2)

  want predict(sector), forget(group) in Z

  latent Z : gaussian(12) from X, Y, A by poe(prior)

  knob beta = 16 in 0.1 .. 1024 log

  compress I(X, Y, A; Z)
  keep I(sector; Z)
  each V in X, Y, A: keep 0.02 * I(V; Z)

  missing A rate 0.3
  train { epochs = 8, batch = 128, optimizer = adam(1e-3) }
}

spec Mixture extends Sector {
  latent Z : gaussian(12) from X, Y, A by mopoe
  prior Z = vamp(20)
  knob beta = 4 in 0.1 .. 64 log
  train { epochs = 20 }
}
`;

/** The shares of the keys that completion saves, and of the choices in which its first item is the one meant. */
const saved = 0.6;
const onTop = 2 / 3;

const texts = [
  { name: "a picture and a voice", text: twoViews, lines: 37 },
  { name: "three streams and an heir", text: threeStreams, lines: 29 },
];

for (const { name, text, lines } of texts) {
  test(`${name}, ${lines} lines: completion saves keys, with the item meant on top`, async (t) => {
    assert.equal(text.trimEnd().split("\n").length, lines);
    assert.deepEqual(
      analyse(text).diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    const editor = await Editor.start(overMemory());
    const { all, pressed, places, right, misses } = await type(editor, `file:///${lines}.bottleneck`, text);
    t.diagnostic(`${all - pressed} of ${all} keys saved; on top ${right} of ${places} times`);
    await editor.stop();
    const told = `${all - pressed} of ${all} keys, ${right} of ${places} places:\n${misses.join("\n")}`;
    assert.ok(all - pressed >= saved * all, told);
    assert.ok(right >= onTop * places, told);
  });
}
