/** What the extension is handed by where it runs: a desktop or remote extension host, or a browser's worker. */
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { ReadFile } from "../core/data/dataset";
import type { PageTraining } from "../trainer/page-worker";
import type { TrainerSettings } from "../trainer/settings";
import type { KeySource } from "../core/studies/job";
import type { TrainerProcess } from "../trainer/spawn";
import type { StudiesHome } from "../trainer/studies/desk";

/** A running trainer: a process, or a worker. */
export type Trainer = TrainerProcess;

export interface Home {
  createClient(options: LanguageClientOptions): BaseLanguageClient;
  /** The text of a file of this machine that a spec uses, by its address, where there are such files. */
  readUse?(address: string): Promise<string>;
  /** A file by ranges, or a folder, that a text at an address of this machine names, where there are such files. */
  openData?(location: string, path: string): ReturnType<ReadFile>;
  /**
   * Starts a Python of this machine, where programs can be started, and says what its PyTorch trains on.
   * @throws Error that says why it cannot train
   */
  describePython?(command: string): Promise<string>;
  /**
   * Installs a package into the `node_modules` of a folder of this machine, where programs can be started.
   * @throws Error that says why it could not; an `AbortError` once the signal is aborted
   */
  installPackage?(
    wanted: string,
    folder: string,
    options: { signal: AbortSignal; log(line: string): void },
  ): Promise<void>;
  /** Where trainings of studies are kept, of so many megabytes at most, and what identifies data and modules by content. */
  studies(
    settings: TrainerSettings,
    megabytes: number,
  ): Pick<StudiesHome, "store" | "count"> & Omit<KeySource, "version">;
  startTrainer(settings: TrainerSettings, log: (line: string) => void): Trainer;
  /** What a panel needs to train on its own GPU; absent where the trainer has that GPU itself. */
  pageTraining?(settings: TrainerSettings): PageTraining | undefined;
}
