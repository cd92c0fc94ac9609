/** Previews in an editor that is a fake and a storage that is memory; their trainers are the test. */
import assert from "node:assert/strict";
import { register } from "node:module";
import { memoryStore } from "../../core/studies/store";
import type { FromHost, ToHost } from "../../core/train/protocol";
import { Uri } from "./vscode";

const fake = new URL("./vscode.ts", import.meta.url).href;
const hook = `export const resolve = (name, context, next) =>
  name === "vscode" ? { url: ${JSON.stringify(fake)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const { Previews } = await import("../../client/previews");
export const { PreviewStore } = await import("../../client/store");

export const target = { uri: "file:///a.bottleneck", spec: "NoisyDigits" };
export const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Previews whose trainers are this test. */
export function window() {
  const trainers: { asked: ToHost[]; say(message: FromHost): void; stopped: boolean }[] = [];
  const store = new PreviewStore(Uri.parse("file:///storage") as never);
  /** The phase of the run at each change; undefined once its preview is closed. */
  const changes: (string | undefined)[] = [];
  const previews: InstanceType<typeof Previews> = new Previews(
    Uri.parse("file:///extension") as never,
    {
      studies: () => ({
        store: memoryStore(),
        keyOf: () => Promise.resolve(""),
        startTrainer: () => assert.fail("no study is started"),
        count: 1,
        refused: () => undefined,
      }),
      startTrainer: () => {
        const trainer: (typeof trainers)[number] = { asked: [], say: () => undefined, stopped: false };
        trainers.push(trainer);
        return {
          channel: {
            send: (message) => trainer.asked.push(message),
            listen: (listener) => {
              trainer.say = listener;
              return () => undefined;
            },
            close: () => undefined,
          },
          ended: new Promise(() => undefined),
          stop: () => (trainer.stopped = true),
        };
      },
      pageTraining: () => undefined,
      uses: { gather: async () => ({}), onDidChange: () => ({ dispose: () => undefined }) },
      autorun: () => true,
      pauseWhenHidden: () => true,
      toEditor: async () => undefined,
      store: (of, run) => store.write(of, run),
      storePrevious: (of, run) => void store.writePrevious(of, run),
      changed: (of) => changes.push(previews.run(of)?.phase),
      log: () => undefined,
    },
    store,
  );
  return { previews, store, trainers, changes };
}
