/** A Python process that carries programs out with PyTorch: started, asked, and ended. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { ExecutorLost } from "../../core/train/executor";
import type { SharedBytes, TorchAnswer, TorchLine } from "../../core/train/executors/torch";
import { FrameReader, packed } from "./frames";
import { SharedFile } from "./shared-file";

/** Seconds in which the interpreter must answer: to import PyTorch, and to carry out a program. */
const LONGEST_ANSWER = 180;

interface Waiting {
  seconds: number;
  resolve(answer: TorchAnswer): void;
  reject(error: Error): void;
}

export class TorchProcess implements TorchLine {
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly waiting: Waiting[] = [];
  private readonly files = new Set<SharedFile>();
  private complaint = "";
  private failure: Error | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param python the command of a Python that has PyTorch */
  constructor(private readonly python: string) {
    // -I: neither the current folder nor the environment's variables say which code runs.
    this.child = spawn(python, ["-I", interpreterPath()], { stdio: ["pipe", "pipe", "pipe"] });
    const reader = new FrameReader((frame) => this.heard(frame));
    this.child.stdout.on("data", (piece: Buffer) => {
      try {
        reader.take(piece);
      } catch (error) {
        this.fail(error as Error);
      }
    });
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.complaint = (this.complaint + text).slice(-2000);
    });
    // The exit reports a process that has ended; a request that missed it need not.
    this.child.stdin.on("error", () => undefined);
    this.child.once("error", (error) =>
      this.fail(new ExecutorLost(`${python} could not be started: ${error.message}`)),
    );
    this.child.once("close", (code, signal) => this.fail(new ExecutorLost(this.reason(code, signal))));
  }

  tell(header: Record<string, unknown>, bytes?: Uint8Array): void {
    if (this.failure !== undefined) return;
    for (const part of packed(header, bytes)) this.child.stdin.write(part);
  }

  ask(header: Record<string, unknown>, seconds = LONGEST_ANSWER): Promise<TorchAnswer> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.tell(header);
    return new Promise((resolve, reject) => {
      this.waiting.push({ seconds, resolve, reject });
      if (this.waiting.length === 1) this.watch();
    });
  }

  share(bytes: number): SharedBytes | undefined {
    const file = SharedFile.create(bytes, () => this.files.delete(file!));
    if (file !== undefined) this.files.add(file);
    return file;
  }

  end(): void {
    for (const file of this.files) file.close();
    this.failure ??= new ExecutorLost("PyTorch's process was ended");
    clearTimeout(this.timer);
    this.child.kill("SIGKILL");
  }

  private heard(frame: TorchAnswer): void {
    const { error } = frame.header;
    const asked = this.waiting.shift();
    this.watch();
    if (typeof error === "string") asked?.reject(new Error(`PyTorch: ${error}`));
    else asked?.resolve(frame);
  }

  private watch(): void {
    clearTimeout(this.timer);
    const [next] = this.waiting;
    if (next === undefined) return;
    const late = (): void =>
      this.fail(new ExecutorLost(`${this.python} has not answered for ${next.seconds} seconds`));
    this.timer = setTimeout(late, 1000 * next.seconds);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    clearTimeout(this.timer);
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
    this.child.kill("SIGKILL");
  }

  private reason(code: number | null, signal: string | null): string {
    if (/No module named 'torch'/.test(this.complaint))
      return `${this.python} has no PyTorch: install it there with \`pip install torch\`, or name another Python`;
    const last = this.complaint.trim().split("\n").at(-1) ?? "";
    const how = signal === null ? `exit code ${code}` : signal;
    return `PyTorch's process ended (${how})${last === "" ? "" : `: ${last}`}`;
  }
}

/** The interpreter beside the trainer's bundle when built, else beside this file. */
function interpreterPath(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [here, join(here, "..", "trainer")]
    .map((folder) => join(folder, "interpreter.py"))
    .find(existsSync);
  if (found === undefined) throw new Error(`there is no interpreter.py in ${here}`);
  return found;
}
