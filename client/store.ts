/** What previews keep over a reload of the window: one file a preview, in the workspace's storage. */
import * as vscode from "vscode";
import { decode, encode } from "../core/train/wire";
import { faultOfRunState } from "../core/train/page-check";
import type { StoredRun } from "../trainer/relay";
import type { PanelTarget } from "./panel";

/** Bytes of weights past which only the curves are kept. */
const LARGEST_SNAPSHOT = 64 << 20;

/** A name for a file: FNV-1a over the target, in hexadecimal. */
function fileName(target: PanelTarget): string {
  let hash = 0x811c9dc5;
  for (const character of `${target.uri}#${target.spec ?? ""}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return `${(hash >>> 0).toString(16).padStart(8, "0")}.preview`;
}

/** What was read, when it is what `write` wrote. */
function checked(value: unknown, target: PanelTarget): StoredRun | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { uri, spec, state, snapshot, asked } = value as Record<string, unknown>;
  if (uri !== target.uri || spec !== target.spec) return undefined;
  if (faultOfRunState(state) !== undefined) return undefined;
  if (snapshot !== undefined && !(snapshot instanceof Uint8Array)) return undefined;
  if (asked !== undefined && typeof asked !== "boolean") return undefined;
  return value as StoredRun;
}

export class PreviewStore {
  private readonly folder: vscode.Uri | undefined;
  /** Writes and removals of one preview follow each other. */
  private queue: Promise<void> = Promise.resolve();

  /** @param storage of the workspace; without one nothing is kept */
  constructor(storage: vscode.Uri | undefined) {
    this.folder = storage && vscode.Uri.joinPath(storage, "previews");
  }

  async read(target: PanelTarget): Promise<StoredRun | undefined> {
    if (this.folder === undefined) return undefined;
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.folder, fileName(target)));
      return checked(decode(new TextDecoder().decode(bytes)), target);
    } catch {
      // Nothing was kept.
      return undefined;
    }
  }

  write(target: PanelTarget, { snapshot, ...past }: StoredRun): Promise<void> {
    const panel =
      snapshot !== undefined && snapshot.length <= LARGEST_SNAPSHOT ? { ...past, snapshot } : past;
    return this.next(async (folder) => {
      const bytes = new TextEncoder().encode(encode({ ...target, ...panel }));
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, fileName(target)), bytes);
    });
  }

  remove(target: PanelTarget): Promise<void> {
    return this.next(async (folder) => {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, fileName(target)));
    });
  }

  /** Resolves when everything that was written or removed is so. */
  settled(): Promise<void> {
    return this.queue;
  }

  private next(action: (folder: vscode.Uri) => Promise<void>): Promise<void> {
    const { folder } = this;
    // A state that cannot be written or is already gone costs a restart from fresh weights, no more.
    if (folder !== undefined) this.queue = this.queue.then(() => action(folder)).catch(() => undefined);
    return this.queue;
  }
}
