/** A group or an array of an HDF5 file, as libraries give it. */

export interface Hdf5Node {
  /** Of a group, the names in it; an array, which is one of JavaScript's too, may have a method of that name. */
  keys?: string[] | (() => unknown);
  /** Of an array alone. */
  shape?: number[];
  /**
   * The type of an array's values: of numbers as numpy writes it, `S` with the length of texts of one width; a list that begins
   * with `VLEN_STRING` or `REFERENCE`, else unknown.
   */
  dtype?: unknown;
  attrs: Readonly<Record<string, unknown>>;
  value?: unknown;
  /** The value of what was never written. */
  fillvalue?: unknown;
  get?(name: string): Hdf5Node | null;
  /** Of a library that reads by range: the values from `start` up to `end` along an axis, row-major. */
  slice?(axis: number, start: number, end: number): ArrayLike<unknown>;
  /** What `jsfive` keeps of it: the file, and of an array the shape of the pieces that it is stored in, null where it is whole. */
  _dataobjects?: {
    fh: ArrayBuffer;
    chunks: number[] | null;
    filter_pipeline?: readonly ReadonlyMap<string, unknown>[] | null;
  };
}
