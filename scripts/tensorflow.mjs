// TensorFlow's native library for Node: as its package installs it, else built against the library of the Python wheel,
// for machines that reach package registries and nothing else.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";

const TFJS_NODE = "4.22.0";
const WHEEL = "2.21.0";

const run = (command, args, options = {}) =>
  spawnSync(command, args, { stdio: "ignore", ...options }).status === 0;

/** Whether Node loads the library from the packages of `folder`; asked in a process of its own, which it may take down. */
export const tensorflowWorks = (folder) =>
  existsSync(join(folder, "node_modules", "@tensorflow", "tfjs-node")) &&
  run(process.execPath, ["-e", LOAD], { cwd: folder });

// Node 23 took away a function that the library calls.
const LOAD =
  'require("util").isNullOrUndefined ??= (x) => x == null; require("@tensorflow/tfjs-node").ones([1]).dataSync()';

/**
 * Installs the library into the packages of `folder`, in about half a minute and 1.2 GB.
 * @param headers the folder of a Node whose headers the addon is built with
 * @returns whether it works
 */
export function installTensorflow(folder, headers) {
  mkdirSync(folder, { recursive: true });
  const wanted = [
    "install",
    "--prefix",
    folder,
    `@tensorflow/tfjs-node@${TFJS_NODE}`,
    "--no-audit",
    "--no-fund",
  ];
  if (run("npm", wanted, { cwd: folder, timeout: 120_000 }) && tensorflowWorks(folder)) return true;
  if (!run("npm", [...wanted, "--ignore-scripts"], { cwd: folder })) return false;
  const addon = join(folder, "node_modules", "@tensorflow", "tfjs-node");
  return (
    libraryFromWheel(folder, join(addon, "deps")) && buildAddon(addon, headers) && tensorflowWorks(folder)
  );
}

/** Takes library and headers out of the wheel, under the names that the addon links to. */
function libraryFromWheel(folder, deps) {
  const download = join(folder, "wheel");
  const asked = ["-m", "pip", "download", "--quiet", "--no-deps", "-d", download, `tensorflow-cpu==${WHEEL}`];
  if (!run("python3", asked)) return false;
  const [wheel] = readdirSync(download);
  const unpacked = join(folder, "unpacked");
  const parts = ["tensorflow/include/*", "tensorflow/libtensorflow_*"];
  const extract = `
import fnmatch, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
archive.extractall(sys.argv[2], [n for n in archive.namelist() if any(fnmatch.fnmatch(n, p) for p in sys.argv[3:])])`;
  if (!run("python3", ["-c", extract, join(download, wheel), unpacked, ...parts])) return false;
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, "lib"), { recursive: true });
  renameSync(join(unpacked, "tensorflow", "include"), join(deps, "include"));
  for (const [file, link] of [
    ["libtensorflow_cc.so.2", "libtensorflow.so"],
    ["libtensorflow_framework.so.2", "libtensorflow_framework.so"],
  ]) {
    renameSync(join(unpacked, "tensorflow", file), join(deps, "lib", file));
    symlinkSync(file, join(deps, "lib", link));
  }
  for (const left of [download, unpacked]) rmSync(left, { recursive: true, force: true });
  return true;
}

/** Compiles the addon, in about ten seconds, with the node-gyp that npm brings. */
function buildAddon(addon, headers) {
  const preGyp = createRequire(join(addon, "package.json")).resolve("@mapbox/node-pre-gyp/bin/node-pre-gyp");
  const { stdout } = spawnSync("npm", ["root", "-g"], { encoding: "utf8" });
  const gyp = join(stdout.trim(), "npm", "node_modules", "node-gyp", "bin", "node-gyp.js");
  return run(process.execPath, [preGyp, "install", "--build-from-source"], {
    cwd: addon,
    env: {
      ...process.env,
      npm_config_node_gyp: gyp,
      npm_config_nodedir: headers,
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    },
  });
}
