// Makes what the extension shows besides its own pages, from the product itself: pictures of the built-in data and the
// texts of the examples. Part of `npm run build`.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { register } from "tsx/esm/api";
import { root } from "./setup.mjs";

/** Writes dist/pictures and dist/examples.json. */
export async function buildPictures() {
  const unregister = register();
  const { generators } = await import("../core/data/generators/index.ts");
  const { dataPicture } = await import("./pictures/data.ts");
  const { walkthroughPictures } = await import("./pictures/walkthrough.ts");
  await unregister();
  const pictures = join(root, "dist", "pictures");
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(join(pictures, "data"), { recursive: true });
  for (const generator of generators)
    writeFileSync(join(pictures, "data", `${generator.name}.png`), dataPicture(generator));
  mkdirSync(join(pictures, "walkthrough"));
  for (const [name, svg] of Object.entries(walkthroughPictures()))
    writeFileSync(join(pictures, "walkthrough", `${name}.svg`), svg);
  const examples = join(root, "examples");
  const texts = readdirSync(examples)
    .filter((name) => name.endsWith(".bottleneck"))
    .sort()
    .map((name) => readFileSync(join(examples, name), "utf8"));
  writeFileSync(join(root, "dist", "examples.json"), JSON.stringify(texts));
}
