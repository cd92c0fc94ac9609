/** What `preview --serve` shows: the run of one file, which is followed as it changes. */
import { watch, type FSWatcher } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { Diagnostic } from "../core/language/diagnostic";
import type { FromEditor, PanelRequest } from "../core/train/page-protocol";
import { tableOf } from "../services/table";
import { Relay, type OpenText, type PageLine, type PageLink } from "../trainer/relay";
import type { PageTraining } from "../trainer/page-worker";
import type { TrainerProcess } from "../trainer/spawn";
import { renderDiagnostic } from "./diagnostics";
import type { Change } from "../core/theory/change";
import { withChange } from "./changed";
import { readSource, type Source } from "./source";
import { studiesHere } from "./studies";
import type { Terminal } from "./terminal";
import { rewrite } from "./write";

export interface Served {
  source: Source;
  /** The first text, as it is opened; later ones are the file's. */
  open: OpenText;
  startTrainer(): TrainerProcess;
  /** What a page needs to train on its own GPU; absent where none is to. */
  pageTraining?(): PageTraining | undefined;
  terminal: Terminal;
}

/** Milliseconds of quiet before a changed file is read again. */
const QUIET = 100;

export class ServedPreview {
  private readonly relay: Relay;
  private source: Source;
  private text: OpenText;
  private timer: NodeJS.Timeout | undefined;
  /** Changed files are read one after another: the newest text is opened last. */
  private reading = Promise.resolve();
  /** Of the folders of the file and of those that it uses. */
  private readonly watchers = new Map<string, FSWatcher>();
  /** Resolves when the trainer has ended by itself, with the reason. */
  readonly ended: Promise<string>;
  private end: (reason: string) => void = () => undefined;

  /** @param read gives the file's text, with those of the files that it uses */
  constructor(
    private readonly served: Served,
    private readonly read = readSource,
  ) {
    const { terminal } = served;
    this.source = served.source;
    this.text = served.open;
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.relay = new Relay({
      startTrainer: () => served.startTrainer(),
      ...(served.pageTraining && { pageTraining: served.pageTraining }),
      studies: studiesHere(),
      read: () => Promise.resolve(this.text),
      carryOut: (request) => this.carryOut(request),
      autorun: () => true,
      heard: (message) => {
        if (message.kind === "rejected") this.report(message.diagnostics);
      },
      ended: (reason) => this.end(reason),
      log: (message) => terminal.err(`${message}\n`),
    });
  }

  start(): void {
    this.relay.start();
    this.watch();
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.relay.stop();
  }

  connect(line: PageLine): PageLink {
    return this.relay.connect(line);
  }

  /** The folders, not the files: many editors replace a file when they save it. */
  private watch(): void {
    const { location, uses } = this.source.origin;
    for (const address of [location, ...Object.keys(uses)]) {
      try {
        const folder = dirname(fileURLToPath(address));
        if (this.watchers.has(folder)) continue;
        const watcher = watch(folder, (_event, name) => {
          if (name !== null && !name.endsWith(".bottleneck")) return;
          clearTimeout(this.timer);
          this.timer = setTimeout(() => (this.reading = this.reading.then(() => this.reopen())), QUIET);
        });
        this.watchers.set(folder, watcher);
      } catch {
        // A folder that is not there: the file that names it has an error, which is reported.
      }
    }
  }

  private async reopen(): Promise<void> {
    const { file, text: old, origin } = this.source;
    // While the file is being replaced there may be none.
    const source = await this.read(file).catch(() => undefined);
    if (source === undefined) return;
    const { text } = source;
    const { uses } = source.origin;
    if (text === old && isDeepStrictEqual(uses, origin.uses)) return;
    this.source = source;
    this.watch();
    // A knob that the command line set is the file's again once the file has changed: it may just have been written there.
    const overrides = { ...this.text.overrides, knobs: {} };
    this.text = { ...this.text, overrides, text, uses };
    this.relay.open();
  }

  private report(diagnostics: readonly Diagnostic[]): void {
    const { terminal } = this.served;
    const { file, text } = this.source;
    for (const diagnostic of diagnostics) {
      terminal.err(`${renderDiagnostic(diagnostic, text, file, terminal.style)}\n`);
    }
  }

  private async carryOut(request: PanelRequest): Promise<FromEditor | undefined> {
    const { spec } = this.text;
    if (request.kind === "table") return { kind: "table", table: tableOf(this.source.analysis, spec) };
    if (request.kind === "write") await this.write(request.change);
    return undefined;
  }

  private async write(change: Change): Promise<void> {
    const { analysis } = await this.read(this.source.file);
    const written = withChange(analysis, this.text.spec, change);
    if (written !== undefined) await rewrite(fileURLToPath(written.location), written.text);
  }
}
