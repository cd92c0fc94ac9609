/** Starting the trainer as a child process, from the extension or the command line. */
import { fork, type ChildProcess } from "node:child_process";
import { checkedChannel, type Port } from "../core/train/channel";
import type { Channel, FromHost, ToHost } from "../core/train/protocol";
import { faultOfFromHost } from "../core/train/protocol-check";
import type { TrainerSettings } from "./settings";

/** A running trainer. */
export interface TrainerProcess {
  channel: Channel<ToHost, FromHost>;
  /** Settles when it has ended by itself, with the reason. */
  ended: Promise<string>;
  /** Ends it at once. */
  stop(): void;
}

interface SpawnOptions {
  /** Most of its heap, in megabytes; arrays of numbers lie outside it. */
  memory?: number;
  /** Told of what it prints and of messages that were refused. */
  log?: (line: string) => void;
  /** Further flags of Node, such as a loader when the entry is a source file. */
  flags?: string[];
}

/** The flag that this Node needs for relaxed SIMD: V8 has it by default from 11.4 on. */
export function relaxedSimdFlags(v8 = process.versions.v8): string[] {
  const [major = 0, minor = 0] = v8.split(".").map(Number);
  const byDefault = major > 11 || (major === 11 && minor >= 4);
  return byDefault ? [] : ["--experimental-wasm-relaxed-simd"];
}

/** Linux's C library puts large arrays on large pages, as numpy does by itself: to fill them costs about half. */
export const largePages = (): { GLIBC_TUNABLES: string } => ({
  GLIBC_TUNABLES: process.env["GLIBC_TUNABLES"] ?? "glibc.malloc.hugetlb=1",
});

/**
 * Starts the trainer.
 * @param entry path of the bundle `trainer/node.js`
 */
export function spawnTrainer(
  entry: string,
  settings: TrainerSettings,
  { memory = 2048, log = () => undefined, flags = [] }: SpawnOptions = {},
): TrainerProcess {
  const child = fork(entry, [JSON.stringify(settings)], {
    serialization: "advanced",
    // Within an editor the program that runs this is the editor's, which becomes Node when told so.
    env: { ...process.env, ...largePages(), ELECTRON_RUN_AS_NODE: "1" },
    execArgv: [...relaxedSimdFlags(), `--max-old-space-size=${memory}`, ...flags],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let complaint = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-2000);
      log(text.trimEnd());
    });
  }
  let stopped = false;
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`it could not be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      if (!stopped) resolve(reasonOf(code, signal, complaint));
    });
  });
  return {
    channel: checkedChannel(portOf(child), faultOfFromHost, (fault) =>
      log(`A message was refused: ${fault}`),
    ),
    ended,
    stop: () => {
      stopped = true;
      child.kill("SIGKILL");
    },
  };
}

function portOf(child: ChildProcess): Port {
  return {
    // A child that has just ended is told of by `ended`, not by every message that missed it.
    post: (value) => void (child.connected && child.send(value as object, () => undefined)),
    receive(listener) {
      child.on("message", listener);
      return () => child.off("message", listener);
    },
    close: () => void (child.connected && child.disconnect()),
  };
}

function reasonOf(code: number | null, signal: string | null, complaint: string): string {
  if (/out of memory/i.test(complaint)) return "it ran out of memory; use a smaller batch, model or data set";
  if (signal !== null) return `it was ended by ${signal}`;
  const last = complaint
    .trim()
    .split("\n")
    .findLast((line) => /error/i.test(line));
  return code === 0 ? "it ended" : `it ended with exit code ${code}${last ? `: ${last.trim()}` : ""}`;
}
