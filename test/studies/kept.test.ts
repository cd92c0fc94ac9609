/** What is kept of studies on a machine: a cache of a largest size, and keys that follow the code of modules of one's own. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { keyMaker, type Job, type Trained } from "../../core/studies/job";
import { fileStore } from "../../trainer/studies/file-store";
import { modulesReader } from "../../trainer/studies/modules";

const folder = mkdtempSync(join(tmpdir(), "bottleneck-kept-"));
after(() => rmSync(folder, { recursive: true }));

/** A training of about so many bytes. */
const trained = (key: string, bytes: number): Trained =>
  ({ key, sentence: "x".repeat(bytes) }) as unknown as Trained;
const pathOf = (key: string): string => join(folder, key.slice(0, 2), `${key}.json`);

test("a full cache drops what was not used for longest, and a store that is named drops nothing", async () => {
  const keys = ["aa1", "ab2", "ac3", "ad4"];
  const all = fileStore(folder);
  for (const [i, key] of keys.entries()) {
    await all.put(trained(key, 300_000));
    utimesSync(pathOf(key), 1e9 + i, 1e9 + i);
  }
  assert.ok(keys.every((key) => existsSync(pathOf(key))));
  const capped = fileStore(folder, 1);
  // The oldest is used again.
  assert.equal((await capped.get("aa1"))?.key, "aa1");
  await capped.put(trained("ae5", 10_000));
  // 1.21 MB, of which 0.9 MB may stay.
  assert.deepEqual(
    [...keys, "ae5"].filter((key) => existsSync(pathOf(key))),
    ["aa1", "ad4", "ae5"],
  );
  assert.equal(await capped.get("ab2"), undefined);
});

test("a refusal is kept beside trainings, and is not one", async () => {
  const store = fileStore(folder);
  assert.equal(await store.refusal("af6"), undefined);
  await store.refuse("af6", { refused: "too few rows" });
  assert.deepEqual(await fileStore(folder).refusal("af6"), { refused: "too few rows" });
  assert.equal(await store.get("af6"), undefined);
});

const text = `
spec Own {
  data "planted-factors" { samples = 256, seed = 1, dimension = 8 }
  modality X : vector(8)
  target label : label(10)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep 4 * I(label; Z)
  network encoder X = torch("mine.nets.Encoder")
  train { steps = 40, batch = 32 }
}`;
const job: Job = {
  ...{ text, uses: {}, location: "file:///here.bottleneck", spec: "Own" },
  overrides: {},
  alterations: [],
};

test("a key follows the code of the package of a module of one's own", async () => {
  const packages = join(folder, "packages");
  mkdirSync(join(packages, "mine"), { recursive: true });
  const write = (name: string, code: string): void => writeFileSync(join(packages, name), code);
  // A reader hashes a package once, so each look has one of its own.
  const keyNow = (): Promise<string> =>
    keyMaker({
      version: "1",
      contentsOf: (source) => Promise.resolve(source),
      modulesOf: modulesReader({ threads: 1, executor: "auto", files: true, packages: [packages] }),
    })(job);
  write("mine/nets.py", "class Encoder: pass");
  const first = await keyNow();
  write("other.py", "# of another package");
  assert.equal(await keyNow(), first);
  write("mine/nets.py", "class Encoder: depth = 2");
  const changed = await keyNow();
  assert.notEqual(changed, first);
  write("mine/parts.py", "# which nets.py may import");
  assert.notEqual(await keyNow(), changed);
});
