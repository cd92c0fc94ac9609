/** Installing a package that a person may want into a folder of its own, by their npm. */
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

interface InstallOptions {
  /** Ends npm when it is aborted. */
  signal: AbortSignal;
  /** Receives each line that npm prints. */
  log(line: string): void;
}

/**
 * Installs into the `node_modules` of the folder, which is made where it is missing.
 * @param wanted as npm names it: `webgpu@0.6.2`
 * @throws Error with what to do, where there is no npm, npm fails, or the signal is aborted
 */
export async function installPackage(
  wanted: string,
  folder: string,
  { signal, log }: InstallOptions,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Without one, npm would install into a parent folder that has one.
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  // On Windows npm is a script, which only a shell starts; the folder is not an argument, since it may have blanks.
  const shell = process.platform === "win32";
  const args = ["install", wanted, "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = spawn("npm", args, { cwd: folder, shell, signal, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      log(text.trimEnd());
    });
  await new Promise<void>((resolve, reject) => {
    npm.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ENOENT" ? noNpm(wanted) : error),
    );
    npm.once("close", (code) => {
      if (code === 0) resolve();
      else reject(/is not recognized/.test(printed) ? noNpm(wanted) : failed(printed, code));
    });
  });
}

const noNpm = (wanted: string): Error =>
  new Error(
    `npm was not found, and it is needed to install ${wanted}. Install Node.js from https://nodejs.org, which includes npm, and restart the editor.`,
  );

/** npm's own first line of what went wrong, without its prefix. */
function failed(printed: string, code: number | null): Error {
  const lines = printed.split("\n").map((line) => line.replace(/^npm (error|ERR!)\s*/, "").trim());
  const reason = lines.find((line) => line !== "" && !/^code /.test(line)) ?? `it ended with code ${code}`;
  return new Error(`npm could not install it: ${reason}`);
}
