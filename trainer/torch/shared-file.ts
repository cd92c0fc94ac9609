/** Memory of two processes, as a file that one writes and the other has mapped. */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SharedBytes } from "../../core/train/executors/torch";

/** Files of Linux that are on no disk. */
const IN_MEMORY = "/dev/shm";

export class SharedFile implements SharedBytes {
  private open = true;

  private constructor(
    readonly path: string,
    private readonly file: number,
    private readonly closed: () => void,
  ) {}

  /** @returns undefined where there is no room, or where a mapped file cannot lose its name */
  static create(bytes: number, closed: () => void): SharedFile | undefined {
    if (process.platform === "win32" || bytes === 0) return undefined;
    const path = join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), `bottleneck-${randomUUID()}`);
    let made: SharedFile | undefined;
    try {
      made = new SharedFile(path, openSync(path, "wx", 0o600), closed);
      // Takes the room now: a mapped file that finds none later ends the process.
      made.write(0, new Float32Array(Math.ceil(bytes / 4)));
      return made;
    } catch {
      made?.unlink();
      made?.close();
      return undefined;
    }
  }

  write(byte: number, values: Float32Array | Int32Array): void {
    if (!this.open) return;
    for (let done = 0; done < values.byteLength;)
      done += writeSync(this.file, values, done, values.byteLength - done, byte + done);
  }

  unlink(): void {
    rmSync(this.path, { force: true });
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    closeSync(this.file);
    this.closed();
  }
}
