/** Opening an address in the person's browser, where that is a browser that they see. */
import { spawn } from "node:child_process";

interface Place {
  /** Whether a person watches a terminal. */
  watched: boolean;
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
}

type Call = readonly [command: string, ...args: string[]];

/**
 * The command that opens an address of this machine.
 * @returns undefined where no person would see it: without a terminal, in automatic runs, over a remote shell, without a
 *   display. `BROWSER` names a command that is used everywhere else, as in the terminals of an editor on a remote machine.
 */
export function browserCall(address: string, { watched, env, platform }: Place): Call | undefined {
  if (!watched || env["CI"]) return undefined;
  const own = env["BROWSER"];
  if (own === "none") return undefined;
  if (own) return [own, address];
  if (env["SSH_CONNECTION"] || env["SSH_TTY"]) return undefined;
  if (platform === "darwin") return ["open", address];
  // On Linux within Windows, programs of Windows start by their names.
  if (platform === "win32" || env["WSL_DISTRO_NAME"])
    return ["rundll32.exe", "url.dll,FileProtocolHandler", address];
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? ["xdg-open", address] : undefined;
}

/** Starts the call and leaves it running. Resolves with whether it could be started. */
export const start = ([command, ...args]: Call): Promise<boolean> =>
  new Promise((resolve) => {
    const browser = spawn(command, args, { detached: true, stdio: "ignore" });
    browser.once("error", () => resolve(false));
    browser.once("spawn", () => {
      browser.unref();
      resolve(true);
    });
  });
