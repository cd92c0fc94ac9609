/** Frames between a trainer and the interpreter: the length of a header, the header as JSON, and bytes. See `interpreter.py`. */
import type { TorchAnswer } from "../../core/train/executors/torch";

/** Most bytes of a header that is read: more is not of this protocol. */
const LONGEST_HEADER = 1 << 20;

/** @returns the frame's parts, to be written one after the other */
export function packed(header: Record<string, unknown>, bytes?: Uint8Array): Uint8Array[] {
  const text = Buffer.from(JSON.stringify(bytes === undefined ? header : { ...header, bytes: bytes.length }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return bytes === undefined ? [length, text] : [length, text, bytes];
}

/** Makes frames of what arrives in pieces. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private held = 0;
  private header: Record<string, unknown> | undefined;
  private wanted = 4;
  private part: "length" | "header" | "bytes" = "length";

  constructor(private readonly heard: (frame: TorchAnswer) => void) {}

  /** @throws Error when what arrives cannot be a frame */
  take(piece: Buffer): void {
    this.pieces.push(piece);
    this.held += piece.length;
    while (this.held >= this.wanted) this.next(this.cut(this.wanted));
  }

  private next(data: Buffer): void {
    if (this.part === "length") {
      this.wanted = data.readUInt32LE(0);
      if (this.wanted > LONGEST_HEADER)
        throw new Error("PyTorch's process sent something else than an answer");
      this.part = "header";
    } else if (this.part === "header") {
      const header: unknown = JSON.parse(data.toString("utf8"));
      const bytes = (header as { bytes?: unknown } | null)?.bytes;
      if (typeof bytes !== "number") throw new Error("PyTorch's process sent an answer without a size");
      this.header = header as Record<string, unknown>;
      this.wanted = bytes;
      this.part = "bytes";
    } else {
      const header = this.header!;
      this.wanted = 4;
      this.part = "length";
      this.heard({ header, bytes: data });
    }
  }

  private cut(count: number): Buffer {
    const all = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
    this.held -= count;
    this.pieces = this.held === 0 ? [] : [all.subarray(count)];
    return all.subarray(0, count);
  }
}
