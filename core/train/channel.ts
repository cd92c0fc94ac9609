/** Channels: the one two-way line between a host and its viewer, over whatever carries the messages. */
import type { Channel } from "./protocol";

/** What carries values between two ends: a child process, a worker, a socket. Trusted with nothing. */
export interface Port {
  post(value: unknown): void;
  /** Returns how to stop listening. */
  receive(listener: (value: unknown) => void): () => void;
  close(): void;
}

/**
 * A channel over a port that hands on only what passes the check.
 * @param faultOf what is wrong with a received value, from `protocol-check`
 * @param refused told of every value that was dropped
 */
export function checkedChannel<Sent, Received>(
  port: Port,
  faultOf: (value: unknown) => string | undefined,
  refused: (fault: string) => void,
): Channel<Sent, Received> {
  return {
    send: (message) => port.post(message),
    listen: (listener) =>
      port.receive((value) => {
        const fault = faultOf(value);
        if (fault === undefined) listener(value as Received);
        else refused(fault);
      }),
    close: () => port.close(),
  };
}

class MemoryPort implements Port {
  other: MemoryPort | undefined;
  private readonly listeners = new Set<(value: unknown) => void>();

  post(value: unknown): void {
    // A copy, as every other port makes one: the two ends never share an array.
    const copy: unknown = structuredClone(value);
    queueMicrotask(() => {
      for (const listener of this.other?.listeners ?? []) listener(copy);
    });
  }

  receive(listener: (value: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.listeners.clear();
    this.other?.listeners.clear();
  }
}

/** Two ports joined within one process. */
export function portPair(): [Port, Port] {
  const a = new MemoryPort();
  const b = new MemoryPort();
  a.other = b;
  b.other = a;
  return [a, b];
}
