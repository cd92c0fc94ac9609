/** `export` harms nothing: no file from a wrong spec, none over the spec or over what is not its own, none half written. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { exportTargetIds, exportTargetOf } from "../../core/export/index";
import { smallSpec } from "../trainer/session";
import { bottleneck, withFiles } from "./terminal";

const entry = join(import.meta.dirname, "..", "..", "cli", "bottleneck.ts");
const files = { "a.bottleneck": smallSpec(), "mine.py": "print('mine')\n" };

test("nothing is written from a file that check refuses, wherever its error is", async () => {
  const spec = smallSpec();
  const wrong = [`? ${spec.replace(/^spec \w+/, "")}`, `? ${spec}`, `${spec}\n}`];
  for (const text of wrong)
    await withFiles({ "a.bottleneck": text }, async (path) => {
      assert.equal((await bottleneck("check", path("a.bottleneck"))).code, 1);
      for (const target of exportTargetIds) {
        const { code, out, err } = await bottleneck(
          "export",
          "--to",
          target,
          "-o",
          path("a.out"),
          path("a.bottleneck"),
        );
        assert.deepEqual([code, out], [1, ""], text);
        assert.match(err, /error: /);
        assert.deepEqual(readdirSync(dirname(path("a.out"))), ["a.bottleneck"]);
      }
      const json = await bottleneck("export", "--to", "pytorch", "--json", path("a.bottleneck"));
      assert.equal(json.code, 1);
      assert.ok((JSON.parse(json.out) as { diagnostics: unknown[] }).diagnostics.length > 0);
    });
});

test("the spec is never written over, by whichever name and with --force", async () => {
  await withFiles(files, async (path) => {
    symlinkSync(path("a.bottleneck"), path("link.py"));
    for (const output of [
      path("a.bottleneck"),
      `${dirname(path("a.bottleneck"))}/./a.bottleneck`,
      path("link.py"),
    ]) {
      const { code, err } = await bottleneck(
        "export",
        "--to",
        "pytorch",
        "--force",
        "-o",
        output,
        path("a.bottleneck"),
      );
      assert.equal(code, 1);
      assert.match(err, /is the spec itself; choose another file with --output/);
    }
    assert.equal(readFileSync(path("a.bottleneck"), "utf8"), smallSpec());
  });
});

test("a file that was not exported is replaced only by --force, an exported one always; its mode stays", async () => {
  await withFiles(files, async (path) => {
    const write = (...more: string[]): ReturnType<typeof bottleneck> =>
      bottleneck("export", "--to", "loss-only", "-o", path("mine.py"), path("a.bottleneck"), ...more);
    const refused = await write();
    assert.equal(refused.code, 1);
    assert.match(refused.err, /mine\.py was not exported by Bottleneck; use --force to replace it/);
    assert.equal(readFileSync(path("mine.py"), "utf8"), files["mine.py"]);
    chmodSync(path("mine.py"), 0o640);
    assert.equal((await write("--force")).code, 0);
    const exported = readFileSync(path("mine.py"), "utf8");
    assert.match(exported, /^import torch/m);
    writeFileSync(path("mine.py"), exported.replace("import torch", "import torch  # edited"));
    assert.equal((await write()).code, 0);
    assert.equal(readFileSync(path("mine.py"), "utf8"), exported);
    if (process.platform !== "win32") assert.equal(statSync(path("mine.py")).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(dirname(path("mine.py"))).sort(), ["a.bottleneck", "mine.py"]);
  });
});

test("a disk that is full leaves the old file whole and nothing beside it", async () => {
  if (process.platform === "win32") return;
  await withFiles(files, async (path) => {
    const call = ["export", "--to", "pytorch", "-o", path("model.py"), path("a.bottleneck")];
    assert.equal((await bottleneck(...call)).code, 0);
    const old = readFileSync(path("model.py"), "utf8").replace("import torch", "import torch  # the old one");
    writeFileSync(path("model.py"), old);
    // A limit of the shell's stands for the disk's: what is written ends after a part of the file.
    const { status, stderr } = spawnSync(
      "sh",
      [
        "-c",
        'trap "" XFSZ; ulimit -f 2; exec "$@"',
        "sh",
        process.execPath,
        "--import",
        "tsx",
        entry,
        ...call,
      ],
      { encoding: "utf8", env: { ...process.env, TSX_DISABLE_CACHE: "1" } },
    );
    assert.equal(status, 1, stderr);
    assert.match(stderr, /model\.py could not be written: EFBIG/);
    assert.equal(readFileSync(path("model.py"), "utf8"), old);
    assert.deepEqual(readdirSync(dirname(path("model.py"))).sort(), ["a.bottleneck", "mine.py", "model.py"]);
  });
});

test("a target of several files fills a folder, and says so where none is named", async () => {
  await withFiles(files, async (path) => {
    const shown = await bottleneck("export", "--to", "svg", path("a.bottleneck"));
    assert.equal(shown.code, 2);
    assert.match(
      shown.err,
      /svg gives 2 files \(small_encoder\.svg, small_decoder\.svg\); choose a folder with --output/,
    );
    const { code } = await bottleneck("export", "--to", "svg", "-o", path("graphs"), path("a.bottleneck"));
    assert.equal(code, 0);
    assert.deepEqual(readdirSync(path("graphs")).sort(), ["small_decoder.svg", "small_encoder.svg"]);
    mkdirSync(path("other"));
    writeFileSync(path("other/small_encoder.svg"), "<svg/>");
    const refused = await bottleneck("export", "--to", "svg", "-o", path("other"), path("a.bottleneck"));
    assert.equal(refused.code, 1);
    assert.equal(readFileSync(path("other/small_encoder.svg"), "utf8"), "<svg/>");
  });
});

test("a project is exported again over itself; what a person changed in it is replaced only by --force", async () => {
  await withFiles(files, async (path) => {
    const write = (...more: string[]): ReturnType<typeof bottleneck> =>
      bottleneck("export", "--to", "project", "-o", path("mine"), path("a.bottleneck"), ...more);
    assert.equal((await write()).code, 0);
    const config = readFileSync(path("mine/project/config.py"), "utf8");
    writeFileSync(path("a.bottleneck"), smallSpec().replace("beta = 32", "beta = 16"));
    assert.equal((await write()).code, 0);
    const again = readFileSync(path("mine/project/config.py"), "utf8");
    assert.notEqual(again, config);
    const loop = readFileSync(path("mine/project/loop.py"), "utf8");
    writeFileSync(path("mine/project/loop.py"), `${loop}# mine\n`);
    writeFileSync(path("a.bottleneck"), smallSpec());
    const refused = await write();
    assert.equal(refused.code, 1);
    assert.match(refused.err, /loop\.py was changed after it was exported; use --force to replace it/);
    // Nothing is written where one file may not be.
    assert.equal(readFileSync(path("mine/project/config.py"), "utf8"), again);
    assert.equal((await write("--force")).code, 0);
    assert.equal(readFileSync(path("mine/project/loop.py"), "utf8"), loop);
    assert.equal(readFileSync(path("mine/project/config.py"), "utf8"), config);
  });
});

test("LaTeX goes to the output, and --json gives the files of any target", async () => {
  await withFiles(files, async (path) => {
    const { code, out } = await bottleneck("export", path("a.bottleneck"), "--to", "latex");
    assert.equal(code, 0);
    assert.match(out, /\\begin\{document\}[^]*\\mathcal\{L\} = [^]*\\end\{document\}/);
    for (const target of exportTargetIds) {
      const json = await bottleneck("export", "--json", "--to", target, path("a.bottleneck"));
      const found = JSON.parse(json.out) as { target: string; files: { name: string; text: string }[] };
      assert.equal(found.target, target);
      const first = exportTargetOf(target)!.folder ? "train.py" : "small";
      assert.ok(found.files[0]!.name.startsWith(first));
      assert.ok(
        found.files.every(
          ({ name, text }) => (first !== "small" || name.startsWith(first)) && text.length > 80,
        ),
      );
    }
    const mixed = await bottleneck("export", "--to", "latex", "--loss-only", path("a.bottleneck"));
    assert.equal(mixed.code, 2);
    assert.match(mixed.err, /--loss-only/);
  });
});

const csvSpec = `spec Table {
  data "table.csv" { groups = subject, validation = 20 }
  modality X : vector(2) = x standardise
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

test("--with-data writes a loader beside the file, whose header says how the rows are split and scaled", async () => {
  await withFiles({ "a.bottleneck": csvSpec }, async (path) => {
    const out = path("out");
    const args = ["export", "--with-data", "-o", out, path("a.bottleneck")];
    for (const target of ["pytorch", "loss-only"])
      assert.equal((await bottleneck(...args, "--to", target)).code, 0);
    assert.deepEqual(readdirSync(out).sort(), ["table.py", "table_data", "table_loss.py"]);
    const header = readFileSync(join(out, "table_loss.py"), "utf8").split('"""')[1]!;
    for (const said of [
      "Rows are those of table.csv,",
      "whole groups of subject, at random, seed 1",
      "training the rest, validation 20, test a tenth of the rows",
      "X: standardise",
    ])
      assert.ok(header.includes(said), said);
    const config = readFileSync(join(out, "table_data", "config.py"), "utf8");
    assert.match(config, /SOURCE = "table\.csv"[^]*"groups": "subject"[^]*"transforms": \["standardise"\]/);
  });
});

test("--with-data is refused where there are no data, or the target has them, or trains nothing", async () => {
  await withFiles(
    { "a.bottleneck": csvSpec, "b.bottleneck": csvSpec.replace(/data .*\n/, "") },
    async (path) => {
      const refused = async (file: string, target: string): Promise<string> => {
        const args = ["export", "--with-data", "-o", path("out"), path(file), "--to", target];
        const { code, err } = await bottleneck(...args);
        assert.notEqual(code, 0);
        return err;
      };
      assert.match(await refused("a.bottleneck", "project"), /project already reads the spec's data/);
      assert.match(await refused("a.bottleneck", "latex"), /--with-data is for a target that trains/);
      assert.match(await refused("b.bottleneck", "pytorch"), /The spec has no data to load\. Add a line/);
    },
  );
});
