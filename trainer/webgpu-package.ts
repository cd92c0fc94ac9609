/** The package that has WebGPU for Node: what is installed where a person asks for it. */
export const webGpuPackage = {
  name: "webgpu",
  /** The one that the tests run. */
  version: "0.6.2",
  /** On the disk. */
  megabytes: 130,
} as const;
