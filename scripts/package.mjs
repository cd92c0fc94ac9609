// Makes dist/bottleneck.vsix: `npm run package`; with `--built` of what is built already.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "./build.mjs";
import { modernNode, prepareMachine } from "./machine.mjs";
import { ensurePackages, root } from "./setup.mjs";

/**
 * Packs what is built.
 * @returns why there is no package, undefined where there is
 */
export function packageExtension() {
  if (modernNode() === undefined) prepareMachine();
  const node = modernNode();
  if (node === undefined) return "Packaging needs Node 22 or newer, and none could be installed here.";
  const { status, stdout, stderr } = spawnSync(
    node,
    [
      join(root, "node_modules/@vscode/vsce/vsce"),
      "package",
      "--no-dependencies",
      "--skip-license",
      "--allow-missing-repository",
      "--readme-path",
      "docs/extension.md",
      "--out",
      "dist/bottleneck.vsix",
    ],
    { cwd: root, encoding: "utf8" },
  );
  return status === 0 ? undefined : stdout + stderr;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  ensurePackages();
  if (!process.argv.includes("--built")) await build();
  const failure = packageExtension();
  if (failure === undefined)
    console.log(
      "Packaged dist/bottleneck.vsix. In VS Code choose Extensions: Install from VSIX…, or run code --install-extension dist/bottleneck.vsix",
    );
  else {
    console.error(failure);
    process.exitCode = 1;
  }
}
