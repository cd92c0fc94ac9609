/** Every spec file of the workspace as a document: those that are open, and the rest as their files have them. */
import { canonicalAddress, gatherUses } from "../core/language/uses";
import { openDocument, type Document } from "../services/document";
import { CLOSED } from "../services/rename";
import type { Documents } from "./documents";

export class Workspace {
  private readonly closed = new Map<string, Document>();

  /**
   * @param list addresses of the spec files in the folders that the editor has open; undefined where there are too many
   * @param read the text at an address; throws an Error that says why there is none
   */
  constructor(
    private readonly documents: Documents,
    private readonly list: () => Promise<string[] | undefined>,
    private readonly read: (address: string) => Promise<string>,
  ) {}

  /**
   * Open documents first. Files that cannot be read are left out: nothing can be changed in them either.
   * @returns `whole` is false where the folders' files cannot all be listed: then only open documents are there
   */
  async all(): Promise<{ documents: Document[]; whole: boolean }> {
    const open = this.documents.all();
    await Promise.all(open.map(({ uri }) => this.documents.settled(uri)));
    const settled = this.documents.all();
    const known = new Set(settled.map(({ uri }) => canonicalAddress(uri)));
    const found = await this.list();
    const listed = (found ?? []).map(canonicalAddress);
    const others = [...new Set(listed)].filter((address) => !known.has(address));
    for (const address of this.closed.keys()) if (!others.includes(address)) this.closed.delete(address);
    const read = await Promise.all(others.map((address) => this.open(address)));
    return {
      documents: [...settled, ...read.filter((document) => document !== undefined)],
      whole: found !== undefined,
    };
  }

  private async open(address: string): Promise<Document | undefined> {
    try {
      const text = await this.read(address);
      const uses = await gatherUses(text, address, this.read);
      const document = openDocument(address, CLOSED, text, uses, this.closed.get(address));
      this.closed.set(address, document);
      return document;
    } catch {
      this.closed.delete(address);
      return undefined;
    }
  }
}
