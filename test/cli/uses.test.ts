/** Commands on a file that uses another, in a folder of its own. */
import assert from "node:assert/strict";
import { symlinkSync, truncateSync, writeFileSync } from "node:fs";
import test from "node:test";
import { npy, npz } from "../data/files";
import { smallSpec } from "../trainer/session";
import { bottleneck, withFiles } from "./terminal";

/** A file whose spec trains on small data, and one that extends it. */
const family = {
  "lib/base.bottleneck": smallSpec("", { epochs: 2 }),
  "a.bottleneck":
    'use "./lib/base.bottleneck"\n\nspec Linked extends Small {\n  knob w = 0.5 in 0.01 .. 1\n  keep w * I(Y; Zy)\n}\n',
};

test("check, derive, recognise and table read what a file uses", async () => {
  await withFiles(family, async (path) => {
    const file = path("a.bottleneck");
    const checked = await bottleneck("check", file);
    assert.equal(checked.code, 0, checked.err);
    assert.match(checked.out, /a\.bottleneck: no errors/);
    const derived = await bottleneck("derive", file);
    assert.equal(derived.code, 0, derived.err);
    for (const term of ["I(X; Zx)", "I(Zx; Zy)", "I(Y; Zy)"]) assert.ok(derived.out.includes(term), term);
    const recognised = await bottleneck("recognise", file);
    assert.match(recognised.out, /DVSIB/);
    const placed = await bottleneck("table", file);
    assert.equal(placed.code, 0, placed.err);
    assert.match(placed.out, /Where Linked stands/);
  });
});

test("export writes one file that needs nothing of what was used", async () => {
  await withFiles(family, async (path) => {
    const { code, out, err } = await bottleneck("export", path("a.bottleneck"), "--to", "pytorch");
    assert.equal(code, 0, err);
    assert.match(out, /class Linked\(/);
    assert.doesNotMatch(out, /base\.bottleneck|Small/);
  });
});

test("a used file that is missing, a folder, too large, or a link to another kind is told at its path", async () => {
  const use = (path: string): string => `use "${path}"\nspec B extends A { }\n`;
  await withFiles(
    {
      "none.bottleneck": use("./nowhere.bottleneck"),
      "folder.bottleneck": use("./dir.bottleneck"),
      "dir.bottleneck/x": "",
      "large.bottleneck": use("./huge.bottleneck"),
      "huge.bottleneck": "",
      "link.bottleneck": use("./secret.bottleneck"),
      secret: "spec A { }",
    },
    async (path) => {
      truncateSync(path("huge.bottleneck"), 2 << 20);
      symlinkSync(path("secret"), path("secret.bottleneck"));
      for (const [name, problem] of [
        ["none", /there is no file .*nowhere\.bottleneck/],
        ["folder", /dir\.bottleneck is a folder/],
        ["large", /larger than 1 MB/],
        ["link", /is a link to another kind of file/],
      ] as const) {
        const { code, err } = await bottleneck("check", path(`${name}.bottleneck`));
        assert.equal(code, 1);
        assert.match(err, problem);
        assert.match(err, new RegExp(`${name}\\.bottleneck:1:5: error: .*\\[unread-use\\]`));
        assert.equal(err.match(/error:/g)!.length, 1, `one error alone: ${err}`);
      }
    },
  );
});

test("what is wrong in a used spec is told once, with its line there", async () => {
  const files = {
    ...family,
    "lib/base.bottleneck": family["lib/base.bottleneck"].replace("Zx; Zy", "Zx; Zq"),
  };
  await withFiles(files, async (path) => {
    const { code, err } = await bottleneck("check", path("a.bottleneck"));
    assert.equal(code, 1);
    assert.match(
      err,
      /a\.bottleneck:3:13: error: `Small` of "\.\/lib\/base\.bottleneck" has 1 error in line 12: Unknown stream or latent `Zq`/,
    );
    assert.equal(err.match(/error:/g)!.length, 1);
  });
});

test("preview trains a spec that extends a used one", async () => {
  await withFiles(family, async (path) => {
    const { code, out, err } = await bottleneck("preview", path("a.bottleneck"), "--threads", "1");
    assert.equal(code, 0, err);
    assert.match(out, /^Linked/);
    assert.match(out, /keep\s+I\(Y; Zy\)/);
    assert.match(out, /12 steps in /);
  });
});

test("inherited data are found from the file that names them, a file's own from itself", async () => {
  const rows = 40;
  const made = (count: number, f: (i: number) => number): number[] =>
    Array.from({ length: count }, (_, i) => f(i));
  const views = npz({
    X: npy("f4", [rows, 2], made(2 * rows, Math.sin)),
    Y: npy("f4", [rows, 1], made(rows, Math.cos)),
  });
  const base = `spec Views {
  data "views.npz"
  modality X : vector(2)
  modality Y : vector(1)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(Y; Z)
  train { epochs = 1, batch = 8 }
}
`;
  const use = 'use "./lib/base.bottleneck"\n';
  const files = {
    "lib/base.bottleneck": base,
    "lib/views.npz": views,
    "inherits.bottleneck": `${use}spec A extends Views { }`,
    "own.bottleneck": `${use}spec A extends Views { data "views.npz" }`,
    "through.bottleneck": 'use "./lib/own.bottleneck"\nspec A extends Own { }',
    "lib/own.bottleneck": 'use "./base.bottleneck"\nspec Own extends Views { data "../views.npz" }',
  };
  await withFiles(files, async (path) => {
    const preview = (name: string) => bottleneck("preview", path(name), "--threads", "1");
    const inherits = await preview("inherits.bottleneck");
    assert.equal(inherits.code, 0, inherits.err);
    const own = await preview("own.bottleneck");
    assert.equal(own.code, 1);
    assert.match(own.err, /own\.bottleneck:2:.*"views\.npz" cannot be opened/);
    writeFileSync(path("views.npz"), views);
    const through = await preview("through.bottleneck");
    assert.equal(through.code, 0, through.err);
    assert.equal((await preview("own.bottleneck")).code, 0);
  });
});
