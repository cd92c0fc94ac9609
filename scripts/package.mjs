// Makes dist/bottleneck.vsix: `npm run package`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "./build.mjs";
import { modernNode, prepareMachine } from "./machine.mjs";
import { ensurePackages, root } from "./setup.mjs";

ensurePackages();
await build();
if (modernNode() === undefined) prepareMachine();
const node = modernNode();
if (node === undefined) {
  console.error("Packaging needs Node 22 or newer, and none could be installed here.");
  process.exit(1);
}
const { status } = spawnSync(
  node,
  [
    join(root, "node_modules/@vscode/vsce/vsce"),
    "package",
    "--no-dependencies",
    "--skip-license",
    // The README names no published place where its pictures would be found.
    "--no-rewrite-relative-links",
    "--out",
    "dist/bottleneck.vsix",
  ],
  { cwd: root, stdio: "inherit" },
);
process.exit(status ?? 1);
