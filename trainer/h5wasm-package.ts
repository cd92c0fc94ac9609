/** The package that reads HDF5 by range: what is installed where a person asks for it. */
export const h5wasmPackage = {
  name: "h5wasm",
  /** The one that the tests run. */
  version: "0.10.3",
  /** On the disk. */
  megabytes: 15,
} as const;
