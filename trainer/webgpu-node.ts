/** Finding WebGPU in Node: the package `webgpu`, where it is installed and finds an adapter. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const PACKAGE = "webgpu";

/**
 * Loads the package from the first of `folders` whose `node_modules`, or a parent's, has it.
 * @returns its GPU, or one sentence on why there is none
 */
export async function loadWebGpu(folders: readonly string[]): Promise<{ gpu: GPU } | { reason: string }> {
  let reason =
    folders.length > 0
      ? `${PACKAGE} is not installed in ${folders.join(" or ")}`
      : `no folder is searched for ${PACKAGE}: trust the workspace, or on the command line set BOTTLENECK_WEBGPU to a folder that has it`;
  for (const folder of folders) {
    let path: string;
    try {
      path = createRequire(join(folder, "package.json")).resolve(PACKAGE);
    } catch {
      continue;
    }
    try {
      const { create } = (await import(pathToFileURL(path).href)) as { create(flags: string[]): GPU };
      return { gpu: create([]) };
    } catch (error) {
      const said = error instanceof Error ? error.message.split("\n")[0]! : String(error);
      reason = `${PACKAGE} is installed in ${folder} but does not load: ${said}`;
    }
  }
  return { reason };
}
