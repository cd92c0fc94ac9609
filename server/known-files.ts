/**
 * What is known of the data files of open documents. Findings are shown at once from what was known; meanwhile the files are
 * looked at again, and when one is not what it was, they are to be shown anew.
 */
import { fileIn, type DataFileRequest } from "../services/declare";
import { filesOf, type FileOf } from "../services/data-findings";
import type { Document } from "../services/document";
import type { SpecData } from "../services/new-spec/data";
import type { Runtime } from "./requests";

/** Milliseconds after which a file is looked at again; one that has not changed is not read. */
const AGAIN = 1000;

interface Looked {
  file: SpecData["known"];
  /** Whether it is being looked at, or soon will be. */
  pending: boolean;
  /** Whether nobody has looked at it yet. */
  isNew: boolean;
}

const keyOf = (file: DataFileRequest): string => JSON.stringify([file.source, file.options, file.location]);

export class KnownFiles {
  /** By the address of a document, then by what is asked for. */
  private readonly looked = new Map<string, Map<string, Looked>>();
  private stopped = false;

  /** @param changed called when something else is known of the files of a document */
  constructor(
    private readonly runtime: Pick<Runtime, "after">,
    private readonly read: (file: DataFileRequest) => Promise<SpecData>,
    private readonly changed: (uri: string) => void,
  ) {}

  /** Looks at the files of a document, again where they were looked at before. */
  look(document: Document): void {
    const { uri } = document;
    const before = this.looked.get(uri);
    const now = new Map<string, Looked>();
    for (const file of filesOf(document)) {
      const key = keyOf(file);
      const looked = before?.get(key) ?? { file: undefined, pending: false, isNew: true };
      now.set(key, looked);
      this.lookAt(uri, file, looked);
    }
    this.looked.set(uri, now);
  }

  /** What is known now of the files of a document. */
  of({ uri }: Pick<Document, "uri">): FileOf {
    return (spec) => {
      const file = fileIn(uri, spec);
      return file && this.looked.get(uri)?.get(keyOf(file))?.file;
    };
  }

  closed(uri: string): void {
    this.looked.delete(uri);
  }

  stop(): void {
    this.stopped = true;
    this.looked.clear();
  }

  private lookAt(uri: string, file: DataFileRequest, looked: Looked): void {
    if (looked.pending) return;
    looked.pending = true;
    const ask = async (): Promise<void> => {
      if (this.looked.get(uri)?.get(keyOf(file)) !== looked) return;
      const found = await this.read(file).then(
        ({ known }) => known,
        () => undefined,
      );
      looked.pending = false;
      if (JSON.stringify(found) === JSON.stringify(looked.file)) return;
      looked.file = found;
      if (!this.stopped && this.looked.get(uri)?.get(keyOf(file)) === looked) this.changed(uri);
    };
    this.runtime.after(looked.isNew ? 0 : AGAIN, () => void ask());
    looked.isNew = false;
  }
}
