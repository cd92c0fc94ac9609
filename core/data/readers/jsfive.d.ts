/** What is used of the library, which brings no types. */
declare module "jsfive" {
  import type { Node } from "./hdf5-nodes";
  class File implements Node {
    constructor(bytes: ArrayBuffer, name: string);
    keys: string[];
    attrs: Record<string, unknown>;
    get(name: string): Node | null;
  }
}
