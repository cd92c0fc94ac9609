/** The built trainer as a worker of a page in Chromium. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { PROTOCOL_VERSION, type FromHost } from "../../core/train/protocol";
import { defaultSettings, type TrainerSettings } from "../../trainer/settings";

const built = join(import.meta.dirname, "..", "..", "dist", "trainer");

/** What a page may load of it. */
const scripts = ["browser.js", "tfjs-webgl.js"];

/** Trains a text to its end. @returns what the trainer has said, but for pictures */
type Train = (text: string, settings?: TrainerSettings) => Promise<FromHost[]>;

/**
 * @param files what lies beside the page, by name
 * @param flags of the browser
 * @param prelude runs before the trainer's script
 */
export async function inBrowser(
  {
    files = {},
    flags = [],
    prelude = "",
  }: { files?: Record<string, Uint8Array>; flags?: string[]; prelude?: string },
  use: (train: Train) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    const name = request.url!.slice(1);
    if (scripts.includes(name))
      response.setHeader("content-type", "text/javascript").end(readFileSync(join(built, name)));
    else if (files[name] !== undefined) response.end(files[name]);
    else if (name === "")
      response.setHeader("content-type", "text/html").end("<!doctype html><title>t</title>");
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ["--no-sandbox", ...flags];
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    await use((text, settings = defaultSettings) =>
      page.evaluate(
        ({ text, settings, origin, protocol, prelude }) =>
          new Promise<FromHost[]>((resolve, reject) => {
            const own = JSON.stringify({ ...settings, tfjsScript: `${origin}/tfjs-webgl.js` });
            const script = `${prelude}\nself.trainerSettings = ${own}; importScripts("${origin}/browser.js");`;
            const trainer = new Worker(URL.createObjectURL(new Blob([script])));
            const heard: FromHost[] = [];
            trainer.onerror = (event) => reject(new Error(event.message));
            trainer.onmessage = ({ data }: MessageEvent<FromHost>) => {
              if (data.kind !== "samples") heard.push(data);
              const ended = data.kind === "phase" && ["finished", "failed"].includes(data.phase);
              if (ended || data.kind === "rejected") resolve(heard);
            };
            const uri = `${origin}/spec.bottleneck`;
            trainer.postMessage({ kind: "hello", protocol });
            trainer.postMessage({ kind: "open", generation: 1, uri, text, uses: {}, autorun: true });
          }),
        { text, settings, origin, protocol: PROTOCOL_VERSION, prelude },
      ),
    );
  } finally {
    await browser.close();
    server.close();
  }
}
