// Bundles everything that ships into dist/: `npm run build`.
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePackages, root } from "./setup.mjs";

/** Node bundles are CommonJS, which VS Code's extension host and every Node load alike. */
const node = {
  platform: "node",
  target: "node20",
  format: "cjs",
  // CommonJS has no import.meta: give sources that ask where they are the bundle's own place.
  define: { "import.meta.url": "__bundleUrl" },
  banner: { js: 'const __bundleUrl = require("url").pathToFileURL(__filename).href;' },
  external: ["vscode", "@tensorflow/tfjs-node", "bufferutil", "utf-8-validate"],
};
const bin = { ...node, banner: { js: `#!/usr/bin/env node\n${node.banner.js}` } };
const browser = { platform: "browser", target: "es2022", format: "iife" };
const webExtension = { platform: "browser", target: "es2022", format: "cjs", external: ["vscode"] };

const bundles = [
  { in: "client/extension.ts", out: "client/extension.cjs", options: node },
  { in: "client/browser.ts", out: "client/browser.cjs", options: webExtension },
  { in: "server/node.ts", out: "server/node.js", options: bin },
  { in: "server/browser.ts", out: "server/browser.js", options: browser },
  { in: "trainer/node.ts", out: "trainer/node.js", options: node },
  { in: "trainer/browser.ts", out: "trainer/browser.js", options: browser },
  { in: "trainer/tfjs-webgl.ts", out: "trainer/tfjs-webgl.js", options: browser },
  { in: "cli/bottleneck.ts", out: "cli/bottleneck.js", options: bin },
  { in: "webview/panel.tsx", out: "webview/panel.js", options: browser },
  { in: "webview/panel.css", out: "webview/panel.css", options: { platform: "browser", target: "es2022" } },
];

/**
 * Builds every bundle.
 * @param {{ development?: boolean }} options `development` keeps names and adds source maps.
 */
export async function build({ development = false } = {}) {
  const esbuild = await import("esbuild");
  const { buildKernels } = await import("./kernels.mjs");
  await buildKernels();
  const dist = join(root, "dist");
  for (const folder of ["client", "server", "trainer", "cli", "webview"])
    rmSync(join(dist, folder), { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  // The bundles are CommonJS although the sources are modules.
  writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
  await Promise.all(
    bundles.map((bundle) =>
      esbuild.build({
        entryPoints: [join(root, bundle.in)],
        outfile: join(dist, bundle.out),
        bundle: true,
        minify: !development,
        sourcemap: development,
        logLevel: "warning",
        ...bundle.options,
      }),
    ),
  );
  for (const name of ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"])
    copyFileSync(
      join(root, "node_modules/@tensorflow/tfjs-backend-wasm/dist", name),
      join(dist, "trainer", name),
    );
  for (const name of ["interpreter.py", "own_modules.py"])
    copyFileSync(join(root, "trainer/torch", name), join(dist, "trainer", name));
  const { buildPictures } = await import("./pictures.mjs");
  await buildPictures();
  for (const name of ["cli/bottleneck.js", "server/node.js"]) chmodSync(join(dist, name), 0o755);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  ensurePackages();
  await build({ development: process.argv.includes("--development") });
}
