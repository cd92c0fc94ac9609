/** Installing the package `h5wasm`, which reads HDF5 of any size and form. */
import { h5wasmPackage } from "../trainer/h5wasm-package";
import type { Home } from "./home";
import { installOptional } from "./install-optional";

/**
 * Asks, and installs.
 * @param folder that takes it
 * @returns whether it is installed now
 */
export const installH5wasm = (
  home: Home,
  folder: string | undefined,
  log: (line: string) => void,
): Promise<boolean> =>
  installOptional(
    home,
    folder,
    {
      package: h5wasmPackage,
      what: "HDF5 for large files",
      is: "the HDF Group's own library as WebAssembly",
      trust: "Previews load what is installed only in a trusted workspace.",
      inBrowser: "Files of HDF5 are read up to 2 GiB there.",
    },
    log,
  );
