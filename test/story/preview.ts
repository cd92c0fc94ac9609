/** Trains a spec in the preview's trainer, a process of its own, as an editor does. */
import { fileURLToPath } from "node:url";
import { PROTOCOL_VERSION, type FromHost } from "../../core/train/protocol";
import { unpackSnapshot, type Snapshot } from "../../core/train/snapshot";
import { spawnTrainer } from "../../trainer/spawn";

export interface Trained {
  /** Weights of the last step, by name. */
  tensors: Snapshot["tensors"];
  /** From the start of the process to the last probe. */
  seconds: number;
  /** What carried out the training, in words. */
  executor: string;
  /** Loss of each step, before its update. */
  losses: number[];
}

const entry = fileURLToPath(new URL("../../trainer/node.ts", import.meta.url));

/**
 * Trains on one thread to the end.
 * @param documentUri beside which the spec's data lie
 */
export async function trainInPreview(text: string, seed: number, documentUri: string): Promise<Trained> {
  const started = performance.now();
  const trained: Trained = { tensors: {}, seconds: 0, executor: "", losses: [] };
  const said: string[] = [];
  const { channel, ended, stop } = spawnTrainer(
    entry,
    { threads: 1, executor: "wasm", files: true },
    { flags: ["--import", "tsx"], log: (line) => said.push(line) },
  );
  try {
    await new Promise<void>((resolve, reject) => {
      void ended.then((reason) => reject(new Error(`${reason}: ${said.join("\n")}`)));
      channel.listen((message: FromHost) => {
        switch (message.kind) {
          case "opened":
            trained.executor = message.summary.executor;
            break;
          case "points":
            trained.losses.push(...message.points.map(({ total }) => total));
            break;
          case "snapshot":
            trained.tensors = unpackSnapshot(message.bytes)!.tensors;
            resolve();
            break;
          case "rejected":
            reject(new Error(message.diagnostics.map((diagnostic) => diagnostic.message).join("\n")));
            break;
          case "phase":
            if (message.phase === "failed") reject(new Error(message.detail));
            if (message.phase === "finished") channel.send({ kind: "save" });
        }
      });
      channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
      const overrides = { seed };
      channel.send({
        kind: "open",
        generation: 1,
        uri: documentUri,
        text,
        uses: {},
        autorun: true,
        overrides,
      });
    });
  } finally {
    stop();
  }
  trained.seconds = (performance.now() - started) / 1000;
  return trained;
}
