/** What a page needs to train on its own GPU, from where the built trainer lies. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pageExecutors, type PageExecutor } from "../core/train/page-protocol";
import { readSpecFile } from "./files";
import type { PageTraining } from "./page-worker";
import type { TrainerSettings } from "./settings";

/**
 * @param settings of the trainer beside the page
 * @param folder with the bundles `browser.js` and `tfjs-webgl.js`
 * @returns undefined where the settings ask for an executor that no page has
 */
export function pageTraining(settings: TrainerSettings, folder: string): PageTraining | undefined {
  const { executor: choice, files } = settings;
  const executors = pageExecutors.filter((executor) => choice === "auto" || choice === executor);
  if (executors.length === 0) return undefined;
  return {
    executors,
    // TensorFlow.js runs beside the page too, so there the faster one of both has it.
    asked: choice === "webgpu",
    script: (executor) => scriptOf({ threads: 1, executor, files, onPage: true }, executor, folder),
    async readFile(uri, path) {
      const found = await readSpecFile(settings, uri, path);
      if (found instanceof Uint8Array) return found;
      if ("size" in found) return found.read(0, found.size);
      throw new Error(`${path} is a folder, and a page is sent one file`);
    },
  };
}

/** One text: the policy of a page lets its worker load no other script. */
async function scriptOf(own: TrainerSettings, executor: PageExecutor, folder: string): Promise<string> {
  const names = [...(executor === "tfjs" ? ["tfjs-webgl.js"] : []), "browser.js"];
  const scripts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return [`self.trainerSettings = ${JSON.stringify(own)};`, ...scripts].join("\n");
}
