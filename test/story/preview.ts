/** Trains a spec in the preview's trainer, a process of its own, as an editor does. */
import { fileURLToPath } from "node:url";
import { PROTOCOL_VERSION, type FromHost, type MeasuredValue } from "../../core/train/protocol";
import { spawnTrainer } from "../../trainer/spawn";

export interface Trained {
  /** Accuracy on the test rows of a linear probe of the digit, by code. */
  accuracy: Record<string, number>;
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
  const trained: Trained = { accuracy: {}, seconds: 0, executor: "", losses: [] };
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
          case "measurements":
            trained.accuracy = { ...trained.accuracy, ...accuracies(message.measurements) };
            break;
          case "rejected":
            reject(new Error(message.diagnostics.map((diagnostic) => diagnostic.message).join("\n")));
            break;
          case "phase":
            if (message.phase === "failed") reject(new Error(message.detail));
            if (message.phase === "finished") resolve();
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

/** Of the digit, from the means of codes, by code. */
const accuracies = (measured: readonly MeasuredValue[]): Record<string, number> =>
  Object.fromEntries(
    measured
      .filter(({ id, factor }) => id === "accuracy-of-mean" && factor === "digit")
      .map(({ code, value }) => [code!, value]),
  );
