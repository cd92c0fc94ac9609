/** One browser for the tests of a file, and the folder of their pictures. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { CHROMIUM, launch } from "./page";

export const pictures = join(import.meta.dirname, "..", "output", "panel");
/** Why this machine has no browser; false where it has one. */
export const skip = existsSync(CHROMIUM) ? false : "chromium is not installed";
/** There before the first test. */
export let browser: Browser;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  if (skip === false) browser = await launch();
});
after(async () => {
  if (skip === false) await browser.close();
});
