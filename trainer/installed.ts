/** Packages that a person may have installed: looked for in folders, and loaded only when they are used. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** A package of this name, and the folder where it was asked for. */
interface Installed {
  name: string;
  folder: string;
  /** Its entry. */
  path: string;
}

/** Every one of `names` that the `node_modules` of a folder, or a parent's, has: by folder, then in the order of the names. */
export const installedIn = (folders: readonly string[], names: readonly string[]): Installed[] =>
  folders.flatMap((folder) =>
    names.flatMap((name) => {
      try {
        return [{ name, folder, path: createRequire(join(folder, "package.json")).resolve(name) }];
      } catch {
        return [];
      }
    }),
  );

/** The same of one package, by a file within it: of packages that are modules alone, which `require` does not find. */
export const fileInstalledIn = (folders: readonly string[], name: string, file: string): Installed[] =>
  folders.flatMap((folder) => {
    const places = createRequire(join(folder, "package.json")).resolve.paths(name) ?? [];
    const path = places.map((place) => join(place, name, file)).find((one) => existsSync(one));
    return path === undefined ? [] : [{ name, folder, path }];
  });

/** Why there is none. @param how it is installed, as the end of the sentence */
export const notInstalled = (folders: readonly string[], name: string, how: string): string =>
  `${name} is not installed${folders.length > 0 ? ` in ${folders.join(" or ")}` : ""}: ${how}`;

/** Why one that is installed cannot be used. */
export const notLoaded = ({ name, folder }: Installed, error: unknown): string =>
  `${name} is installed in ${folder} but does not load: ${error instanceof Error ? error.message.split("\n")[0]! : String(error)}`;
