/** A host in this process, and a viewer that records what it says. */
import { checkedChannel, portPair } from "../../core/train/channel";
import { createWasmExecutor } from "../../core/train/executors/wasm";
import type { Contender } from "../../core/train/executor-in-use";
import { Host } from "../../core/train/host";
import type { Channel, FromHost, TermPoint, ToHost } from "../../core/train/protocol";
import { faultOfFromHost, faultOfToHost } from "../../core/train/protocol-check";

/** Two small views; `more` stands among the statements. */
export const smallSpec = (
  more = "",
  { epochs = 4, weight = "0.02", width = 16, data = "samples = 192, validation = 64, test = 64" } = {},
): string => `
spec Small {
  data "noisy-digits" { ${data} }
  modality X : image(28, 28)
  modality Y : image(28, 28)
  observe digit : label(10)
  latent Zx : gaussian(4) from X
  latent Zy : gaussian(4) from Y
  knob beta = 32 in 0.1 .. 1024 log
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
  keep ${weight} * I(X; Zx)
  network encoder X = mlp(${width})
  network encoder Y = mlp(16)
  network decoder X = mlp(16)
  train { epochs = ${epochs}, batch = 32, seed = 3 }
  ${more}
}`;

export interface TestSession {
  channel: Channel<ToHost, FromHost>;
  /** Everything heard, oldest first. */
  heard: FromHost[];
  /** What was refused on either side: always empty. */
  refused: string[];
  open(text: string, more?: Partial<Extract<ToHost, { kind: "open" }>>): void;
  /** The next message, from `from` on, that fits; those heard before count too. */
  until<M extends FromHost>(fits: (message: FromHost) => message is M, from?: number): Promise<M>;
  of<K extends FromHost["kind"]>(kind: K): Extract<FromHost, { kind: K }>[];
  points(generation?: number): TermPoint[];
  close(): Promise<void>;
}

/** @param files what `readFile` finds */
export function startHost(
  files: Record<string, Uint8Array> = {},
  createExecutor = () => createWasmExecutor({ threads: 1 }),
  contenders: Contender[] = [],
): TestSession {
  const [near, far] = portPair();
  const refused: string[] = [];
  const channel = checkedChannel<ToHost, FromHost>(near, faultOfFromHost, (fault) => refused.push(fault));
  const hostSide = checkedChannel<FromHost, ToHost>(far, faultOfToHost, (fault) => refused.push(fault));
  const heard: FromHost[] = [];
  const waiting = new Set<() => void>();
  channel.listen((message) => {
    heard.push(message);
    for (const look of [...waiting]) look();
  });
  new Host(hostSide, {
    executors: () =>
      Promise.resolve(
        (["wasm", ...contenders.map(({ id }) => id)] as const).map((name) => ({
          name,
          available: true,
          detail: "in this process",
        })),
      ),
    createExecutor,
    contenders: () => Promise.resolve(contenders),
    createInstead: async (lost) => {
      const executor = await createWasmExecutor({ threads: 1 });
      return { ...executor, description: `wasm, since ${lost.message}` };
    },
    readFile: (document, path) =>
      files[path]
        ? Promise.resolve(files[path])
        : Promise.reject(new Error(`there is no such file beside ${document}`)),
    clock: { now: () => performance.now(), defer: () => new Promise((resolve) => setImmediate(resolve)) },
  });
  let generation = 0;
  return {
    channel,
    heard,
    refused,
    open(text, more = {}) {
      generation++;
      channel.send({
        kind: "open",
        generation,
        uri: "file:///small.bottleneck",
        text,
        uses: {},
        autorun: true,
        ...more,
      });
    },
    until(fits, from = 0) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`not heard in 60 s; last: ${JSON.stringify(heard.slice(-3)).slice(0, 600)}`));
        }, 60_000);
        const look = (): void => {
          const found = heard.slice(from).find(fits);
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    of: (kind) => heard.filter((message) => message.kind === kind) as never,
    points: (of) =>
      heard.flatMap((message) =>
        message.kind === "points" && (of === undefined || message.generation === of) ? message.points : [],
      ),
    async close() {
      channel.send({ kind: "close" });
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

export const isPhase =
  (phase: string, generation?: number) =>
  (message: FromHost): message is Extract<FromHost, { kind: "phase" }> =>
    message.kind === "phase" &&
    message.phase === phase &&
    (generation === undefined || message.generation === generation);

export const isKind =
  <K extends FromHost["kind"]>(kind: K, generation?: number) =>
  (message: FromHost): message is Extract<FromHost, { kind: K }> =>
    message.kind === kind &&
    (generation === undefined || ("generation" in message && message.generation === generation));
