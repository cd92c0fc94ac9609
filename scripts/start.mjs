// The main job, in one command: `npm start`.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensurePackages, root } from "./setup.mjs";

ensurePackages();
const { build } = await import("./build.mjs");
await build();

const example = process.argv[2] ?? join("examples", "noisy-digits.bottleneck");
const cli = join(root, "dist", "cli", "bottleneck.js");
const bottleneck = (...args) =>
  spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: "inherit" }).status ?? 1;

const derived = bottleneck("derive", example);
if (derived !== 0) process.exit(derived);
console.log(`
To use it in VS Code: \`npm run package\`, then "Install from VSIX…" with dist/bottleneck.vsix${existsSync(join(root, "dist/bottleneck.vsix")) ? " (already built)" : ""};
or \`code --extensionDevelopmentPath="${root}" examples\`.
`);
// Without a terminal nobody watches a page: the report is all.
process.exit(bottleneck("preview", example, ...(process.stdout.isTTY ? ["--serve"] : [])));
