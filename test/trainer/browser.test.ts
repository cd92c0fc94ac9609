import assert from "node:assert/strict";
import test from "node:test";
import { inBrowser } from "./in-browser";
import { smallSpec } from "./session";

test("the built worker trains in a browser, and reads data beside its page", async () => {
  const header = Buffer.from(
    "\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': (64, 3), }".padEnd(127) +
      "\n",
    "latin1",
  );
  const values = Float32Array.from({ length: 192 }, (_, i) => Math.sin(i * i));
  const file = Buffer.concat([header, Buffer.from(values.buffer)]);
  await inBrowser({ files: { "X.npy": file } }, async (run) => {
    const heard = await run(smallSpec());
    assert.ok(heard.some((message) => message.kind === "welcome"));
    assert.equal(heard.flatMap((message) => (message.kind === "points" ? message.points : [])).length, 24);
    assert.ok(heard.some((message) => message.kind === "verdicts"));

    const vector = `spec V { data "NAME" {} modality X : vector(3) latent Z : gaussian(2) from X
      compress I(X; Z) keep I(X; Z) train { epochs = 1, batch = 16 } }`;
    const read = await run(vector.replace("NAME", "X.npy"));
    assert.deepEqual(
      read.at(-1),
      { kind: "phase", generation: 1, phase: "finished" },
      JSON.stringify(read.at(-1)),
    );
    const missing = await run(vector.replace("NAME", "nothing.npy"));
    const last = missing.at(-1)!;
    assert.ok(last.kind === "rejected");
    assert.match(last.diagnostics[0]!.message, /nothing\.npy.*404/);
  });
});
