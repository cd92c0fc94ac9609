/** WebGPU in Node: the package `webgpu`, where it is installed. */
import { pathToFileURL } from "node:url";
import { installedIn, notInstalled, notLoaded } from "./installed";
import { webGpuPackage } from "./webgpu-package";

const { name: PACKAGE, version } = webGpuPackage;

const HOW = `in a trusted workspace run the command Install WebGPU for Previews; on the command line run npm install --prefix FOLDER ${PACKAGE}@${version} and set BOTTLENECK_WEBGPU to FOLDER`;

/** Why no folder has the package; undefined where one has. Loads nothing: the package is large. */
export const webGpuLack = (folders: readonly string[]): string | undefined =>
  installedIn(folders, [PACKAGE]).length > 0 ? undefined : notInstalled(folders, PACKAGE, HOW);

/** By the path of the package: a process that makes a second one, or loses hold of the first, is ended by the library. */
const made = new Map<string, GPU>();

/**
 * Loads the package from the first of `folders` whose `node_modules`, or a parent's, has it and where it loads.
 * @returns its GPU, or one sentence on why there is none
 */
export async function loadWebGpu(folders: readonly string[]): Promise<{ gpu: GPU } | { reason: string }> {
  let reason = notInstalled(folders, PACKAGE, HOW);
  for (const installed of installedIn(folders, [PACKAGE]))
    try {
      const known = made.get(installed.path);
      if (known !== undefined) return { gpu: known };
      const { create } = (await import(pathToFileURL(installed.path).href)) as {
        create(flags: string[]): GPU;
      };
      const gpu = create([]);
      made.set(installed.path, gpu);
      return { gpu };
    } catch (error) {
      reason = notLoaded(installed, error);
    }
  return { reason };
}
