/**
 * What previews keep in the workspace's storage, a file each: a run over a reload of the window, and the run before it for
 * as long as there is room.
 */
import * as vscode from "vscode";
import { decode, encode } from "../core/train/wire";
import { faultOfPreviousRun, faultOfRunState } from "../core/train/page-check";
import { LARGEST_SNAPSHOT, type PreviousRun } from "../core/train/previous-run";
import type { StoredRun } from "../trainer/saved-states";
import type { PanelTarget } from "./panel";

type Kind = "preview" | "previous";

const MOST_BYTES = 256 << 20;

/** A name for a file: FNV-1a over the target, in hexadecimal. */
function fileName(target: PanelTarget, kind: Kind): string {
  let hash = 0x811c9dc5;
  for (const character of `${target.uri}#${target.spec ?? ""}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return `${(hash >>> 0).toString(16).padStart(8, "0")}.${kind}`;
}

/** What was read, when it is what `write` wrote. */
function checked(value: Record<string, unknown>): StoredRun | undefined {
  const { state, snapshot, asked } = value;
  if (faultOfRunState(state) !== undefined) return undefined;
  if (snapshot !== undefined && !(snapshot instanceof Uint8Array)) return undefined;
  if (asked !== undefined && typeof asked !== "boolean") return undefined;
  return value as unknown as StoredRun;
}

export class PreviewStore {
  private readonly folder: vscode.Uri | undefined;
  /** Writes and removals of one preview follow each other. */
  private queue: Promise<void> = Promise.resolve();

  /**
   * @param storage of the workspace; without one nothing is kept
   * @param mostBytes of runs before, of all specs together, past which the oldest go
   */
  constructor(
    storage: vscode.Uri | undefined,
    private readonly mostBytes = MOST_BYTES,
  ) {
    this.folder = storage && vscode.Uri.joinPath(storage, "previews");
  }

  async read(target: PanelTarget): Promise<StoredRun | undefined> {
    const value = await this.load(target, "preview");
    return value && checked(value);
  }

  /** The run before of a spec. */
  async readPrevious(target: PanelTarget): Promise<PreviousRun | undefined> {
    const value = await this.load(target, "previous");
    return faultOfPreviousRun(value) === undefined ? (value as unknown as PreviousRun) : undefined;
  }

  write(target: PanelTarget, { snapshot, ...past }: StoredRun): Promise<void> {
    const panel =
      snapshot !== undefined && snapshot.length <= LARGEST_SNAPSHOT ? { ...past, snapshot } : past;
    return this.next((folder) => save(folder, target, "preview", panel));
  }

  /** Keeps the run before of a spec in place of an older one; forgets it where it is undefined. */
  writePrevious(target: PanelTarget, run: PreviousRun | undefined): Promise<void> {
    if (run === undefined) return this.next((folder) => erase(folder, target, "previous"));
    return this.next(async (folder) => {
      await save(folder, target, "previous", run);
      await makeRoom(folder, this.mostBytes);
    });
  }

  remove(target: PanelTarget): Promise<void> {
    return this.next((folder) => erase(folder, target, "preview"));
  }

  /** Resolves when everything that was written or removed is so. */
  settled(): Promise<void> {
    return this.queue;
  }

  private async load(target: PanelTarget, kind: Kind): Promise<Record<string, unknown> | undefined> {
    if (this.folder === undefined) return undefined;
    try {
      const file = vscode.Uri.joinPath(this.folder, fileName(target, kind));
      const value = decode(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
      if (typeof value !== "object" || value === null) return undefined;
      const { uri, spec } = value as Record<string, unknown>;
      // Two targets may have one file name.
      return uri === target.uri && spec === target.spec ? (value as Record<string, unknown>) : undefined;
    } catch {
      // Nothing was kept.
      return undefined;
    }
  }

  private next(action: (folder: vscode.Uri) => PromiseLike<void>): Promise<void> {
    const { folder } = this;
    // A state that cannot be written or is already gone costs a restart from fresh weights, no more.
    if (folder !== undefined) this.queue = this.queue.then(() => action(folder)).catch(() => undefined);
    return this.queue;
  }
}

async function save(
  folder: vscode.Uri,
  target: PanelTarget,
  kind: Kind,
  what: StoredRun | PreviousRun,
): Promise<void> {
  const bytes = new TextEncoder().encode(encode({ ...target, ...what }));
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, fileName(target, kind)), bytes);
}

const erase = (folder: vscode.Uri, target: PanelTarget, kind: Kind): Thenable<void> =>
  vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, fileName(target, kind)));

/** Removes the oldest runs before until the others fit. */
async function makeRoom(folder: vscode.Uri, mostBytes: number): Promise<void> {
  const { fs } = vscode.workspace;
  const names = (await fs.readDirectory(folder)).flatMap(([name]) =>
    name.endsWith(".previous") ? [name] : [],
  );
  const files = await Promise.all(
    names.map(async (name) => {
      const uri = vscode.Uri.joinPath(folder, name);
      return { uri, ...(await fs.stat(uri)) };
    }),
  );
  let bytes = 0;
  for (const { uri, size } of files.sort((a, b) => b.mtime - a.mtime)) {
    bytes += size;
    if (bytes > mostBytes) await fs.delete(uri);
  }
}
