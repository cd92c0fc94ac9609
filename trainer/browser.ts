/** The trainer as a dedicated worker of a browser: speaks the protocol over the worker's messages. */
import { checkedChannel, type Port } from "../core/train/channel";
import type { ExecutorLost } from "../core/train/executor";
import { Host } from "../core/train/host";
import type { FromHost, ToHost } from "../core/train/protocol";
import { faultOfToHost } from "../core/train/protocol-check";
import { askedFiles } from "./asked-files";
import { browser, page } from "./executors/browser";
import { executorsOf } from "./executors/home";
import { defaultSettings, filesRefused, type TrainerSettings } from "./settings";

/** What a dedicated worker's scope has of it. */
interface WorkerScope {
  /** Set by a line before this script, by whoever starts it. */
  trainerSettings?: TrainerSettings;
  postMessage(value: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  close(): void;
}
const scope = self as unknown as WorkerScope;
const settings = scope.trainerSettings ?? defaultSettings;

const port: Port = {
  post: (value) => scope.postMessage(value),
  receive(listener) {
    const heard = (event: MessageEvent<unknown>): void => listener(event.data);
    scope.addEventListener("message", heard);
    return () => scope.removeEventListener("message", heard);
  },
  close: () => scope.close(),
};

/** A turn of the event loop without the four milliseconds that a nested timer waits. */
function defer(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

const channel = checkedChannel<FromHost, ToHost>(port, faultOfToHost, (fault) => {
  throw new Error(`A message was refused: ${fault}`);
});
async function fetched(documentUri: string, path: string): Promise<Uint8Array> {
  if (!settings.files) throw new Error(filesRefused);
  const response = await fetch(new URL(path, documentUri));
  if (!response.ok) throw new Error(`${path} could not be read: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

const { onPage = false } = settings;
new Host(channel, {
  ...executorsOf(onPage ? page : browser, settings),
  ...(onPage && { createInstead: (lost: ExecutorLost) => Promise.reject(lost) }),
  readFile: onPage ? askedFiles(channel) : fetched,
  clock: { now: () => performance.now(), defer },
});
