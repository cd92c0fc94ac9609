/**
 * A real VS Code: the web workbench of code-server with a Node extension host, and Chromium to look at it. It has the
 * package of the extension, which `npm test` and `npm run package` make.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const vsix = join(root, "dist", "bottleneck.vsix");
/** Where pictures are kept. */
const output = join(root, "test", "output", "editor");

const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");
const node = join(cache, "node24", "bin", "node");
const entry = join(cache, "code-server", "node_modules", "code-server", "out", "node", "entry.js");
const browserPath = "/usr/bin/chromium";
const PART = 240_000;

/** Why this machine cannot run the editor; undefined when it can. */
export function unavailable(): string | undefined {
  for (const path of [node, entry, browserPath]) if (!existsSync(path)) return `${path} is missing`;
  return undefined;
}

/**
 * One test in an editor, as part of a person's way through it. When it fails, what the screen showed is kept, and its
 * message ends with the extension's log.
 * @param editor that is open when the part begins to run
 */
export function part(editor: () => VsCode, name: string, run: () => Promise<void>): void {
  test(name, { skip: unavailable() ?? false, timeout: PART }, async () => {
    try {
      await run();
    } catch (error) {
      await picture(editor(), `failed, ${name.replace(/\W+/g, " ")}`);
      throw new Error(`${(error as Error).message}\nThe extension's log:\n${editor().log()}`, {
        cause: error,
      });
    }
  });
}

/** Keeps what the screen shows. */
export async function picture({ page }: VsCode, name: string): Promise<void> {
  await page.screenshot({ path: join(output, `${name}.png`) });
}

/** What the package may have at most, in bytes: people load it at every update. */
const MOST = 5 * 2 ** 20;

/** The package, which is as new as what it is made of. */
function packaged(): string {
  const made = existsSync(vsix) ? statSync(vsix).mtimeMs : 0;
  if (made < statSync(join(root, "dist", "client", "extension.cjs")).mtimeMs)
    throw new Error("dist/bottleneck.vsix is missing or older than the build: run `npm run package`");
  const { size } = statSync(vsix);
  if (size > MOST)
    throw new Error(
      `dist/bottleneck.vsix has ${(size / 2 ** 20).toFixed(2)} MB, more than ${MOST / 2 ** 20} MB`,
    );
  return vsix;
}

export interface VsCode {
  page: Page;
  browser: Browser;
  /** A copy of the examples that the test may change. */
  workspace: string;
  /** Process ids of the extension's trainers. */
  trainers(): number[];
  /** What the browser said of content policies. */
  violations: string[];
  /** The end of the extension's log. */
  log(): string;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/**
 * Starts an editor of its own with the packaged extension, on a copy of the examples.
 * @param settings of the user, beside those that keep the editor quiet
 * @param empty whether it starts on an empty folder instead
 * @param browserFlags further flags of the browser
 */
export async function startVsCode(
  settings: Record<string, unknown> = {},
  { empty = false, browserFlags = [] }: { empty?: boolean; browserFlags?: string[] } = {},
): Promise<VsCode> {
  mkdirSync(output, { recursive: true });
  const home = mkdtempSync(join(tmpdir(), "bottleneck-editor-"));
  const workspace = join(home, "specs");
  const data = join(home, "data");
  if (empty) mkdirSync(workspace);
  else cpSync(join(root, "examples"), workspace, { recursive: true });
  mkdirSync(join(data, "User"), { recursive: true });
  const quiet = {
    "files.autoSave": "off",
    "security.workspace.trust.enabled": false,
    "telemetry.telemetryLevel": "off",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "editor.accessibilitySupport": "off",
    "chat.disableAIFeatures": true,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "git.enabled": false,
  };
  writeFileSync(join(data, "User", "settings.json"), JSON.stringify({ ...quiet, ...settings }));
  const places = [
    ...["--config", join(home, "config.yaml")],
    ...["--user-data-dir", data],
    ...["--extensions-dir", join(home, "extensions")],
  ];
  writeFileSync(join(home, "config.yaml"), "auth: none\n");
  const xdg = Object.fromEntries(
    ["CONFIG", "DATA", "CACHE"].map((name) => [`XDG_${name}_HOME`, join(home, "xdg")]),
  );
  const env = { ...process.env, ...xdg, HOME: home };
  const installed = spawnSync(node, [entry, ...places, "--install-extension", packaged()], {
    env,
    encoding: "utf8",
  });
  if (installed.status !== 0)
    throw new Error(`The extension was not installed: ${installed.stdout}${installed.stderr}`);

  const violations: string[] = [];
  const port = await freePort();
  const flags = [
    "--auth",
    "none",
    "--bind-addr",
    `127.0.0.1:${port}`,
    "--disable-telemetry",
    "--disable-update-check",
  ];
  const server = spawn(node, [entry, ...places, ...flags, workspace], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let browser: Browser | undefined;
  const stop = async (): Promise<void> => {
    await browser?.close();
    await ended(server);
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await listening(server);
    browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", ...browserFlags] });
    const page = await browser.newPage({ viewport: { width: 1600, height: 1400 } });
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => {
      if (/content security policy/i.test(message.text())) violations.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
    await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    return {
      page,
      browser,
      workspace,
      violations,
      trainers: () => trainersUnder(home),
      log: () => extensionLog(data),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const trainersUnder = (home: string): number[] =>
  readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const line = readFileSync(join("/proc", name, "cmdline"), "utf8");
      return line.includes(home) && line.includes(join("trainer", "node.js")) ? [Number(name)] : [];
    } catch {
      // It has just ended.
      return [];
    }
  });

function extensionLog(data: string): string {
  const files = readdirSync(join(data, "logs"), { recursive: true, encoding: "utf8" });
  const own = files.filter((file) => file.endsWith("Bottleneck.log"));
  return own.map((file) => readFileSync(join(data, "logs", file), "utf8").slice(-4000)).join("\n");
}

const listening = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = "";
    const heard = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes("HTTP server listening")) resolve();
    };
    server.stdout?.on("data", heard);
    server.stderr?.on("data", heard);
    server.once("exit", () => reject(new Error(`The editor's server ended: ${said}`)));
  });

const ended = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (server.exitCode !== null) return resolve();
    server.once("exit", () => resolve());
    server.kill("SIGTERM");
  });

/** Runs a command of the palette by its title. */
export async function command(page: Page, title: string): Promise<void> {
  // A page that loads takes the focus, and the palette closes: it is opened again.
  for (let attempt = 1; ; attempt++) {
    try {
      await page.keyboard.press("F1");
      await page.locator(".quick-input-widget input").fill(`>${title}`, { timeout: 4000 });
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
      return await row.click({ timeout: 4000 });
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
