/** Which decoder rebuilds what: one of (stream, what it reads, its name). */
import type { Variable } from "../spec";

interface Decoder {
  /** Prefix of its parameters. */
  name: string;
  /** Names of what it reads, in the order in which it was first written. */
  reads: string[];
}

export class Decoders {
  private readonly known = new Map<string, Decoder>();

  /** The first decoder of a stream bears its name alone; another says what it reads, or its `as`. */
  of(stream: string, read: readonly Variable[], as: string | undefined): Decoder {
    const reads = read.map(({ name }) => name);
    const identity = `${stream} ${as ?? [...reads].sort().join(" ")}`;
    const first = ![...this.known.keys()].some((key) => key.startsWith(`${stream} `));
    const suffix = as ?? (first ? undefined : reads.join("+"));
    const decoder = this.known.get(identity) ?? {
      name: `decoder.${stream}${suffix ? `-${suffix}` : ""}`,
      reads,
    };
    this.known.set(identity, decoder);
    return decoder;
  }
}

/** The same variables in the order of `names`; what stands there twice keeps its own order. */
export const inOrderOf = (variables: readonly Variable[], names: readonly string[]): Variable[] =>
  [...variables].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
