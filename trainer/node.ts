/** The trainer as a child process: speaks the protocol with its parent over the channel of `fork`. */
import { constants, setPriority } from "node:os";
import process from "node:process";
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { checkedChannel, type Port } from "../core/train/channel";
import { Host } from "../core/train/host";
import type { FromHost, ToHost } from "../core/train/protocol";
import { faultOfToHost } from "../core/train/protocol-check";
import { executorsOf } from "./executors/home";
import { node } from "./executors/node";
import { readSpecFile } from "./files";
import { endWithParent } from "./outlive";
import type { TrainerSettings } from "./settings";

const port: Port = {
  post: (value) => void process.send?.(value),
  receive(listener) {
    process.on("message", listener);
    return () => process.off("message", listener);
  },
  close: () => process.disconnect(),
};

// Training gives way to everything a person is doing.
try {
  setPriority(constants.priority.PRIORITY_LOW);
} catch {
  // Some systems do not allow it; training then merely competes.
}
// Ctrl-C in a terminal reaches parent and child alike; it is the parent's to answer.
process.on("SIGINT", () => undefined);
// A parent that is gone has no use for numbers.
process.on("disconnect", () => process.exit(0));
endWithParent();

const settings = JSON.parse(process.argv[2] ?? "{}") as TrainerSettings;
const channel = checkedChannel<FromHost, ToHost>(port, faultOfToHost, (fault) => {
  process.stderr.write(`A message was refused: ${fault}\n`);
});
new Host(channel, {
  ...executorsOf(node, settings),
  readFile: (documentUri, path) => readSpecFile(settings, documentUri, path),
  clock: { now: () => performance.now(), defer: () => setImmediate() },
});
