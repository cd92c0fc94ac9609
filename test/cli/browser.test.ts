/** `preview --serve` opens a browser where a person sees it, and nowhere else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { browserCall, start } from "../../cli/browser";

const address = "http://127.0.0.1:4000/?token=a";
const call = (
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = "linux",
  watched = true,
): readonly string[] | undefined => browserCall(address, { watched, env, platform });
const desktop = { DISPLAY: ":0" };

test("on a desktop its own command opens the address", () => {
  assert.deepEqual(call(desktop), ["xdg-open", address]);
  assert.deepEqual(call({ WAYLAND_DISPLAY: "wayland-0" }), ["xdg-open", address]);
  assert.deepEqual(call({}, "darwin"), ["open", address]);
  assert.deepEqual(call({}, "win32"), ["rundll32.exe", "url.dll,FileProtocolHandler", address]);
  assert.equal(call({ WSL_DISTRO_NAME: "Debian", ...desktop })![0], "rundll32.exe");
});

test("BROWSER names another command, also on a remote machine, or that there is none", () => {
  const remote = { SSH_CONNECTION: "1", BROWSER: "/editor/bin/browser.sh" };
  assert.deepEqual(call(remote), ["/editor/bin/browser.sh", address]);
  assert.equal(call({ ...desktop, BROWSER: "none" }), undefined);
});

test("nothing opens without a terminal, in automatic runs, over a remote shell, or without a display", () => {
  assert.equal(call(desktop, "linux", false), undefined);
  assert.equal(call({}, "darwin", false), undefined);
  assert.equal(call({ ...desktop, CI: "true", BROWSER: "firefox" }), undefined);
  for (const name of ["SSH_CONNECTION", "SSH_TTY"])
    for (const platform of ["linux", "darwin", "win32"] as const)
      assert.equal(call({ ...desktop, [name]: "1" }, platform), undefined);
  assert.equal(call({}), undefined);
});

test("a command that is not there is reported, not thrown", async () => {
  assert.equal(await start(["/no/such/browser", address]), false);
  assert.equal(await start([process.execPath, "--version"]), true);
});
