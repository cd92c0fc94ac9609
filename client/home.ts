/** What the extension is handed by where it runs: a desktop or remote extension host, or a browser's worker. */
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { Channel, FromHost, ToHost } from "../core/train/protocol";

/** What the person's settings ask of a trainer. */
export interface TrainerSettings {
  /** 0: as many as the machine offers. */
  threads: number;
  executor: "auto" | "wasm" | "tfjs";
  /** False in a workspace that is not trusted: only built-in generators are read. */
  files: boolean;
}

/** A running trainer. */
export interface Trainer {
  channel: Channel<ToHost, FromHost>;
  /** Settles when it has ended by itself, with the reason. */
  ended: Promise<string>;
  stop(): void;
}

export interface Home {
  createClient(options: LanguageClientOptions): BaseLanguageClient;
  /** @param folder where relative paths of data start, when the document stands in a folder */
  startTrainer(settings: TrainerSettings, folder: string | undefined): Trainer;
}
