import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { chromium } from "playwright-core";
import { PROTOCOL_VERSION, type FromHost } from "../../core/train/protocol";
import { smallSpec } from "./session";

const worker = join(import.meta.dirname, "..", "..", "dist", "trainer", "browser.js");

test("the built worker trains in a browser, and reads data beside its page", async () => {
  const header = Buffer.from(
    "\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': (64, 3), }".padEnd(127) +
      "\n",
    "latin1",
  );
  const values = Float32Array.from({ length: 192 }, (_, i) => Math.sin(i * i));
  const file = Buffer.concat([header, Buffer.from(values.buffer)]);
  const server = createServer((request, response) => {
    const name = request.url!.slice(1);
    if (name === "trainer.js")
      response.setHeader("content-type", "text/javascript").end(readFileSync(worker));
    else if (name === "X.npy") response.end(file);
    else if (name === "")
      response.setHeader("content-type", "text/html").end("<!doctype html><title>t</title>");
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    const run = (text: string): Promise<FromHost[]> =>
      page.evaluate(
        ({ text, uri, protocol }) =>
          new Promise<FromHost[]>((resolve, reject) => {
            const heard: FromHost[] = [];
            const trainer = new Worker("/trainer.js");
            trainer.onerror = (event) => reject(new Error(event.message));
            trainer.onmessage = ({ data }: MessageEvent<FromHost>) => {
              if (data.kind !== "samples") heard.push(data);
              const ended = data.kind === "phase" && ["finished", "failed"].includes(data.phase);
              if (ended || data.kind === "rejected") resolve(heard);
            };
            trainer.postMessage({ kind: "hello", protocol });
            trainer.postMessage({ kind: "open", generation: 1, uri, text, uses: {}, autorun: true });
          }),
        { text, uri: `${origin}/spec.bottleneck`, protocol: PROTOCOL_VERSION },
      );

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
  } finally {
    await browser.close();
    server.close();
  }
});
