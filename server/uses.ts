/** What open documents use: gathered anew whenever it may have changed, and never waited for while a person types. */
import { canonicalAddress, gatherUses, type UsedFile, type Uses } from "../core/language/uses";

interface UsesHost {
  /** The text of a document that is open, by its own address. */
  textOf(uri: string): string | undefined;
  /** The text at an address, open or not. @throws Error that says why there is none */
  read(address: string): Promise<string>;
  /** Called when what a document uses is not what it was. */
  changed(uri: string): void;
  /** Whether the editor tells of files that change. */
  watches(): boolean;
}

interface Gathering {
  /** Whether something has changed since it began. */
  again: boolean;
  done: Promise<void>;
}

const none: Uses = {};

const pathsOf = (text: string): string => (text.match(/^.*\.bottleneck.*$/gm) ?? []).join("\n");

export class UsedTexts {
  private readonly known = new Map<string, Uses>();
  /** The lines of each document that may name a file. */
  private readonly paths = new Map<string, string>();
  private readonly gatherings = new Map<string, Gathering>();

  constructor(private readonly host: UsesHost) {}

  /** What a document uses, as far as it has been read; the same object until that changes. */
  of(uri: string): Uses {
    return this.known.get(uri) ?? none;
  }

  /** The text of a document has changed: what it uses is read again where it may use other files than it did. */
  edited(uri: string): void {
    const lines = pathsOf(this.host.textOf(uri) ?? "");
    const same = this.paths.get(uri) === lines;
    this.paths.set(uri, lines);
    if (!same || !this.host.watches()) this.refresh(uri);
  }

  /** Reads again what a document uses. */
  private refresh(uri: string): void {
    const running = this.gatherings.get(uri);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    const gathering: Gathering = { again: true, done: Promise.resolve() };
    this.gatherings.set(uri, gathering);
    gathering.done = this.gather(uri, gathering);
  }

  /** The same for every document that uses one of these. */
  refreshUsersOf(addresses: readonly string[]): void {
    const changed = addresses.map(canonicalAddress);
    // One that is being read may have read what was there before.
    for (const [uri, gathering] of this.gatherings)
      if (!changed.includes(canonicalAddress(uri))) gathering.again = true;
    for (const [uri, uses] of this.known)
      if (changed.some((address) => Object.hasOwn(uses, address))) this.refresh(uri);
  }

  /** Resolves when all that a document uses has been read. */
  settled(uri: string): Promise<void> {
    return this.gatherings.get(uri)?.done ?? Promise.resolve();
  }

  forget(uri: string): void {
    this.known.delete(uri);
    this.paths.delete(uri);
  }

  private async gather(uri: string, gathering: Gathering): Promise<void> {
    while (gathering.again) {
      gathering.again = false;
      const text = this.host.textOf(uri);
      if (text === undefined) break;
      const uses = await gatherUses(text, uri, (address) => this.host.read(address));
      if (this.host.textOf(uri) === undefined || same(uses, this.of(uri))) continue;
      this.known.set(uri, uses);
      this.host.changed(uri);
    }
    this.gatherings.delete(uri);
  }
}

function same(a: Uses, b: Uses): boolean {
  const part = (file: UsedFile | undefined): string | undefined =>
    file && ("text" in file ? `text ${file.text}` : `problem ${file.problem}`);
  return (
    Object.keys(a).length === Object.keys(b).length &&
    Object.entries(a).every(([address, file]) => part(file) === part(b[address]))
  );
}
