/** What `use "./other.bottleneck"` opens: from its path to an address, and from a text to all the texts it needs. */
import { parse } from "./parser";

/** What stands at an address that a `use` names: a text, or why there is none, as the end of a sentence. */
export type UsedFile = { text: string } | { problem: string };

/** Used files by address, with those that they use; plain data, which any boundary carries. */
export type Uses = Record<string, UsedFile>;

/** Where a text stands, and the files that it uses; one that is not among them has not been read yet. */
export interface Origin {
  /** Its address: `file:///home/ada/a.bottleneck`. */
  location: string;
  uses: Uses;
}

/** Spec files of a folder or a workspace, above which they are not listed. */
export const MOST_SPECS = 1000;

/** Bytes of a file, above which it is no spec. */
export const LARGEST_USED = 1 << 20;
/** Files that one text may need in all. */
export const MOST_USED = 64;

export const tooLarge = "it is larger than 1 MB";

/**
 * The address of a path written in the text at `location`; relative paths start in its folder. Every address has one
 * spelling, so that it can be compared. Undefined where the text is in no folder.
 */
export function addressOf(path: string, location: string): string | undefined {
  const parts = path.replaceAll("\\", "/").split("/");
  const absolute = /^[A-Za-z]:\//.test(path.replaceAll("\\", "/")) ? "/" : "";
  try {
    return canonical(new URL(absolute + parts.map(encodeURIComponent).join("/"), location));
  } catch {
    return undefined;
  }
}

/** The one spelling of an address; editors differ in which characters they escape. */
export function canonicalAddress(location: string): string {
  try {
    return canonical(new URL(location));
  } catch {
    return location;
  }
}

function canonical(url: URL): string {
  const { href, pathname } = url;
  const end = href.length - url.search.length - url.hash.length;
  const path = pathname.split("/").map((part) => encodeURIComponent(decodeURIComponent(part)));
  return href.slice(0, end - pathname.length) + path.join("/") + href.slice(end);
}

/** The address that the path of a `use` names, or why nothing is opened. */
export function usedAddress(
  path: string,
  location: string | undefined,
): { address: string } | { problem: string } {
  // What begins with two slashes is a file of another machine.
  if (/^([a-z][a-z0-9+.-]+:|[/\\]{2})/i.test(path))
    return { problem: "it is an address, and only files are opened" };
  if (!path.endsWith(".bottleneck")) return { problem: "only files that end in .bottleneck are opened" };
  const address = location === undefined ? undefined : addressOf(path, location);
  if (address === undefined)
    return { problem: "this text is not in a file yet, so that no path starts here" };
  return isElsewhere(address, location!) ? { problem: "it is on another machine" } : { address };
}

/** Whether an address leads to another machine than the text's own: by its host, or by two slashes, as Windows has it. */
function isElsewhere(address: string, location: string): boolean {
  const [to, from] = [new URL(address), new URL(location)];
  return to.host !== from.host || (to.pathname.startsWith("//") && !from.pathname.startsWith("//"));
}

/**
 * Reads all that a text uses, and what that uses in turn. Never fails: what cannot be read stands in the answer with its
 * problem.
 * @param read the text at an address; what it throws says why there is none, as the end of a sentence
 */
export async function gatherUses(
  text: string,
  location: string,
  read: (address: string) => Promise<string>,
): Promise<Uses> {
  const own = canonicalAddress(location);
  const uses: Uses = {};
  let next = addressesIn(text, own);
  while (next.length > 0) {
    const fresh = [...new Set(next)].filter((address) => address !== own && !Object.hasOwn(uses, address));
    const room = MOST_USED - Object.keys(uses).length;
    const found = await Promise.all(
      fresh.map((address, i) => (i < room ? readUsed(address, read) : tooMany)),
    );
    fresh.forEach((address, i) => (uses[address] = found[i]!));
    next = found.flatMap((file, i) => ("text" in file ? addressesIn(file.text, fresh[i]!) : []));
  }
  return uses;
}

const tooMany: UsedFile = { problem: `more than ${MOST_USED} files are used in all` };

async function readUsed(address: string, read: (address: string) => Promise<string>): Promise<UsedFile> {
  try {
    const text = await read(address);
    return text.length > LARGEST_USED ? { problem: tooLarge } : { text };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

const addressesIn = (text: string, location: string): string[] =>
  parse(text).tree.uses.flatMap(({ path }) => {
    const found = usedAddress(path.value, location);
    return "address" in found ? [found.address] : [];
  });
