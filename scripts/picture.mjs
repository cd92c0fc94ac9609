// The pictures of a preview, from a real one: media/panel.png after a training, and media/preview.gif while it trains and
// a knob is turned. Needs Chromium and `npm run build`.
/* global atob, Blob, btoa, createImageBitmap, document, OffscreenCanvas -- within `page.evaluate`, which the browser runs */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { gif } from "./pictures/gif.mjs";
import { root } from "./setup.mjs";

const MINUTES = 5;
const example = join(root, "examples", "noisy-digits.bottleneck");

/** Serves a preview, and hands its page to `use`. */
async function onPreview(options, view, use) {
  const cli = join(root, "dist", "cli", "bottleneck.js");
  const served = spawn(process.execPath, [cli, "preview", example, "--serve", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
  try {
    const page = await browser.newPage(view);
    const [address] = await once(served.stdout, "data");
    await page.goto(String(address).trim());
    await use(page);
  } finally {
    await browser.close();
    served.kill("SIGINT");
  }
}

const still = (page) => page.screenshot({ path: join(root, "media", "panel.png"), fullPage: true });

async function trained(page) {
  await page.getByText(/^finished/).waitFor({ timeout: MINUTES * 60_000 });
  // Curves and bars ease towards their last values.
  await page.waitForTimeout(1500);
  await still(page);
}

const size = { width: 1080, height: 760 };
/** Where beta's slider is, from 0 to 1, at frames of the film; in between it moves evenly. */
const turns = [
  { frame: 26, place: 0.625 },
  { frame: 32, place: 0.1 },
  { frame: 50, place: 0.1 },
  { frame: 56, place: 0.9 },
  { frame: 80, place: 0.9 },
];

function placeAt(frame) {
  const next = turns.findIndex((turn) => turn.frame > frame);
  if (next <= 0) return turns.at(next).place;
  const [from, to] = [turns[next - 1], turns[next]];
  return from.place + ((to.place - from.place) * (frame - from.frame)) / (to.frame - from.frame);
}

async function training(page) {
  await page.getByText(/step [\d,]+ of/).waitFor({ timeout: MINUTES * 60_000 });
  await showPointer(page);
  const slider = await page.getByRole("slider", { name: "beta" }).boundingBox();
  const thumb = 16;
  const frames = [];
  for (let frame = 0; frame < turns.at(-1).frame; frame++) {
    const x = slider.x + thumb / 2 + placeAt(frame) * (slider.width - thumb);
    await movePointer(page, x, slider.y + slider.height / 2);
    if (frame === turns[0].frame) await page.mouse.down();
    frames.push(await pixels(page, await page.screenshot()));
  }
  writeFileSync(join(root, "media", "preview.gif"), gif(frames, { ...size, delay: 120, rest: 2500 }));
}

/** Draws a pointer, since a screenshot has none. */
const showPointer = (page) =>
  page.evaluate(() => {
    const pointer = document.createElement("div");
    pointer.id = "pointer";
    Object.assign(pointer.style, {
      position: "fixed",
      zIndex: "1000",
      width: "14px",
      height: "20px",
      background: "black",
      clipPath: "polygon(0 0, 0 80%, 25% 62%, 45% 100%, 62% 92%, 44% 56%, 78% 56%)",
      pointerEvents: "none",
    });
    document.body.append(pointer);
  });

async function movePointer(page, x, y) {
  await page.mouse.move(x, y);
  await page.evaluate(
    ([left, top]) => {
      const { style } = document.getElementById("pointer");
      Object.assign(style, { left: `${left}px`, top: `${top}px` });
    },
    [x, y],
  );
}

/** The pixels of a PNG file, read by the browser. */
async function pixels(page, png) {
  const read = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = "";
    for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
    return btoa(text);
  }, png.toString("base64"));
  return Buffer.from(read, "base64");
}

const [only] = process.argv.slice(2);
if (only !== "gif")
  await onPreview([], { viewport: { width: 1080, height: 1200 }, deviceScaleFactor: 1.5 }, trained);
if (only !== "png") await onPreview(["--epochs", "60"], { viewport: size }, training);
