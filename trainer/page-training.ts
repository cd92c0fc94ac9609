/** What a page needs to train on its own GPU, from where the built trainer lies. */
import { readFile } from "node:fs/promises";
import { readSpecFile } from "./files";
import type { PageTraining } from "./page-gpu";
import type { TrainerSettings } from "./settings";

/**
 * @param settings of the trainer beside the page
 * @param script path of the bundle `trainer/browser.js`
 * @returns undefined where the settings ask for another executor than the GPU
 */
export async function pageTraining(
  settings: TrainerSettings,
  script: string,
): Promise<PageTraining | undefined> {
  const { executor } = settings;
  if (executor !== "auto" && executor !== "webgpu") return undefined;
  const own: TrainerSettings = { threads: 1, executor: "webgpu", files: settings.files, onPage: true };
  return {
    script: `self.trainerSettings = ${JSON.stringify(own)};\n${await readFile(script, "utf8")}`,
    asked: executor === "webgpu",
    async readFile(uri, path) {
      const found = await readSpecFile(settings, uri, path);
      if (found instanceof Uint8Array) return found;
      throw new Error(`${path} is a folder, and a page is sent one file`);
    },
  };
}
