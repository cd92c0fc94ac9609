/** What is in data files, each looked into once until it changes. */
import type { DataFileRequest } from "../declare";
import type { SpecData } from "./data";

/** While both stay, so does what is in a file or a folder. */
interface Stamp {
  /** In bytes. */
  size: number;
  /** When it was changed, in milliseconds. */
  changed: number;
}

/** Files that are kept; of more, the first is forgotten. */
const MOST_KEPT = 20;

export class KeptData {
  private readonly kept = new Map<string, { stamp: Stamp; data: Promise<SpecData> }>();

  constructor(
    private readonly stampOf: (request: DataFileRequest) => Promise<Stamp>,
    private readonly read: (request: DataFileRequest) => Promise<SpecData>,
  ) {}

  /** @throws Error that says why it could not be read */
  async of(request: DataFileRequest): Promise<SpecData> {
    const { source, options, location, most } = request;
    const stamp = await this.stampOf(request).catch(() => undefined);
    // Reading it says what is wrong.
    if (stamp === undefined) return this.read(request);
    const key = JSON.stringify([source, options, location, most]);
    const known = this.kept.get(key);
    if (known?.stamp.size === stamp.size && known.stamp.changed === stamp.changed) return known.data;
    const data = this.read(request);
    this.kept.delete(key);
    this.kept.set(key, { stamp, data });
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    return data;
  }
}
