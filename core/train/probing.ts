import type { Slices } from "./clock";
import type { DataStream } from "./prepare";
import type { ProbeResult } from "./protocol";

/** Rows of the data with the codes' means there, [rows, size], by latent. */
export interface CodedRows {
  rows: Int32Array;
  codes: Record<string, Float32Array>;
}

export async function runProbes(
  streams: readonly DataStream[],
  seen: CodedRows,
  unseen: CodedRows,
  slices: Slices,
): Promise<ProbeResult[]> {
  void [streams, seen, unseen, slices];
  return [];
}
