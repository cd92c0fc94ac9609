/** Entry of the extension in a browser: server and trainers are workers. */
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { memoryStore } from "../core/studies/store";
import { checkedChannel, type Port } from "../core/train/channel";
import { faultOfFromHost } from "../core/train/protocol-check";
import type { FromHost, ToHost } from "../core/train/protocol";
import type { Trainer } from "./home";
import { start } from "./start";

let settled: (() => Promise<void>) | undefined;

export const deactivate = (): Promise<void> | undefined => settled?.();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const file = vscode.Uri.joinPath(context.extensionUri, "dist", name, "browser.js");
    return new Uint8Array(await vscode.workspace.fs.readFile(file));
  };
  const [server, trainer] = await Promise.all([script("server"), script("trainer")]);
  const store = memoryStore();
  settled = await start(context, {
    createClient: (options) => new LanguageClient("bottleneck", "Bottleneck", workerOf(server), options),
    // Here only built-in generators and files of the workspace are read, and what is trained ends with the window.
    studies: () => ({
      store,
      count: 1,
      contentsOf: (source, location) => Promise.resolve(`${location} ${source}`),
    }),
    startTrainer: (settings, log) => {
      const tfjsScript = vscode.Uri.joinPath(context.extensionUri, "dist/trainer/tfjs-webgl.js").toString();
      const own = JSON.stringify({ ...settings, tfjsScript });
      return trainerIn(workerOf(`self.trainerSettings = ${own};\n`, trainer), log);
    },
  });
}

/** A worker of a script's parts, handed over as data: some hosts start none from an extension's own files. */
function workerOf(...script: BlobPart[]): Worker {
  return new Worker(URL.createObjectURL(new Blob(script, { type: "text/javascript" })));
}

function trainerIn(worker: Worker, log: (line: string) => void): Trainer {
  return {
    channel: checkedChannel<ToHost, FromHost>(portOf(worker), faultOfFromHost, (fault) =>
      log(`A message was refused: ${fault}`),
    ),
    ended: new Promise((resolve) => {
      worker.addEventListener("error", (event) =>
        resolve(event.message || "its worker could not be started"),
      );
    }),
    stop: () => worker.terminate(),
  };
}

const portOf = (worker: Worker): Port => ({
  post: (value) => worker.postMessage(value),
  receive(listener) {
    const heard = (event: MessageEvent): void => listener(event.data);
    worker.addEventListener("message", heard);
    return () => worker.removeEventListener("message", heard);
  },
  close: () => worker.terminate(),
});
