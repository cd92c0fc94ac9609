// The README's picture, media/panel.png: the panel after a training of an example. Needs Chromium and `npm run build`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { root } from "./setup.mjs";

const MINUTES = 5;

const cli = join(root, "dist", "cli", "bottleneck.js");
const example = join(root, "examples", "noisy-digits.bottleneck");
const served = spawn(process.execPath, [cli, "preview", example, "--serve"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
try {
  const [address] = await once(served.stdout, "data");
  const page = await browser.newPage({ viewport: { width: 1080, height: 1200 }, deviceScaleFactor: 1.5 });
  await page.goto(String(address).trim());
  await page.getByText(/^finished/).waitFor({ timeout: MINUTES * 60_000 });
  // Curves and bars ease towards their last values.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(root, "media", "panel.png"), fullPage: true });
} finally {
  await browser.close();
  served.kill("SIGINT");
}
