import type { Layer } from "../../program/expression";
import type { BuiltNetwork, NetworkName, Stream } from "../spec";

/** What a network connects. */
export interface Ends {
  role: "encoder" | "decoder";
  /** Values of a row that it reads, and that it makes. */
  input: number;
  output: number;
  /** What it reads, for people: streams and codes by name. */
  reads: readonly string[];
  /** The stream that it alone reads (an encoder), or that it makes (a decoder). */
  stream?: Stream;
}

/** What a network may be. One file a network. */
export interface Network {
  name: NetworkName;
  /** What its numbers are, the first and every further one, and what to say where there are none. */
  numbers?: { first: string; further: string; advice: string };
  /** Whether it reads whatever values there are, and may be a critic. */
  ofValues: boolean;
  /** Why it cannot stand there, as a sentence with a remedy; undefined when it can. */
  refuses(ends: Ends): string | undefined;
  layers(choice: BuiltNetwork, ends: Ends): Layer[];
}
