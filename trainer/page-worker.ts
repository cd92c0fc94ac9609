/** A trainer in a worker of a page: whoever holds it speaks with it as with any other, through the page. */
import { checkedChannel } from "../core/train/channel";
import type { PageExecutor, WorkerOrder } from "../core/train/page-protocol";
import type { FromHost, ToHost } from "../core/train/protocol";
import { faultOfFromHost } from "../core/train/protocol-check";
import type { RelayedPage } from "./page";
import type { TrainerProcess } from "./spawn";

type Read = Extract<FromHost, { kind: "read" }>;

/** What a trainer in a page needs of whoever shows the page. */
export interface PageTraining {
  /** The executors that the settings leave to a page, in order of preference. */
  executors: readonly PageExecutor[];
  /** Whether the person has asked for this GPU: then it takes over whether it is faster or not. */
  asked: boolean;
  /** The text of a trainer's script, with its settings. @throws Error that says why there is none */
  script(executor: PageExecutor): Promise<string>;
  /** Reads a file that the text names. @throws Error that says why it cannot be read */
  readFile(uri: string, path: string): Promise<Uint8Array>;
}

export interface PageWorker {
  page: RelayedPage;
  training: PageTraining;
  executor: PageExecutor;
  trainer: TrainerProcess;
  /** Takes in what the page passes on of it. */
  said(value: unknown): void;
  end(reason: string): void;
}

/** Bytes of a data file that a page is sent at most. */
const MOST_DATA = 64 << 20;

/** Starts one. @param log receives why a message of it was refused */
export function startOn(
  page: RelayedPage,
  training: PageTraining,
  executor: PageExecutor,
  script: string,
  log: (message: string) => void,
): PageWorker {
  const listeners = new Set<(value: unknown) => void>();
  const order = (said: WorkerOrder): void => page.answer({ kind: "worker", order: said });
  let end: (reason: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (end = resolve));
  const port = {
    post: (value: unknown) => order({ kind: "tell", value }),
    receive(listener: (value: unknown) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => order({ kind: "stop" }),
  };
  order({ kind: "start", script });
  const channel = checkedChannel<ToHost, FromHost>(port, faultOfFromHost, (fault) =>
    log(`A message of the page's trainer was refused: ${fault}`),
  );
  channel.listen((message) => {
    if (message.kind === "read") void answer(training, message).then((file) => channel.send(file));
  });
  return {
    page,
    training,
    executor,
    trainer: { channel, ended, stop: () => order({ kind: "stop" }) },
    said: (value) => listeners.forEach((listener) => listener(value)),
    end,
  };
}

async function answer({ readFile }: PageTraining, { id, uri, path }: Read): Promise<ToHost> {
  try {
    const bytes = await readFile(uri, path);
    if (bytes.length <= MOST_DATA) return { kind: "file", id, bytes };
    const size = `${path} has ${Math.ceil(bytes.length / 2 ** 20)} MB`;
    return { kind: "file", id, problem: `${size}, and a page is sent ${MOST_DATA >> 20} MB at most` };
  } catch (error) {
    return { kind: "file", id, problem: error instanceof Error ? error.message : String(error) };
  }
}
