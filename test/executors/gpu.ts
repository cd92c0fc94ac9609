/** WebGPU in Node for tests: the package that `npm test` installs outside the checkout, on whatever adapter there is. */
import { homedir } from "node:os";
import { join } from "node:path";
import { loadWebGpu } from "../../trainer/webgpu-node";

// Chromium brings a software adapter, for machines without a GPU.
process.env["VK_ICD_FILENAMES"] ??= "/usr/lib/chromium/vk_swiftshader_icd.json";

const cache = process.env["BOTTLENECK_CACHE"] ?? join(homedir(), ".cache", "bottleneck");

/** The folder whose packages have WebGPU. */
export const gpuFolder = join(cache, "webgpu");

/** One for all tests of a file: each library's GPU is made once. */
const found = await loadWebGpu([gpuFolder]);

/** Why this machine has none; false where it has one. */
export const gpuLack: string | false =
  "reason" in found ? found.reason : (await found.gpu.requestAdapter()) === null && "webgpu finds no adapter";

/** @throws Error that says why there is none */
export function softwareGpu(): GPU {
  if ("reason" in found) throw new Error(found.reason);
  return found.gpu;
}

/** Flags with which Chromium has WebGPU on a software adapter. */
export const SOFTWARE = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--enable-features=Vulkan",
];
