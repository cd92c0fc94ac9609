import assert from "node:assert/strict";
import { chmodSync, linkSync, lstatSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import test from "node:test";
import { rewrite, writeReport } from "../../cli/write";
import { withFiles } from "./terminal";

test("a spec is written beside its place and then renamed; its link and its rights stay", async () => {
  await withFiles({ "a.bottleneck": "old" }, async (path) => {
    const [file, link, other] = ["a.bottleneck", "link.bottleneck", "other.bottleneck"].map(path) as [
      string,
      string,
      string,
    ];
    chmodSync(file, 0o640);
    symlinkSync(file, link);
    // A second name of the old file: it would change with a text that was written in its place.
    linkSync(file, other);
    await rewrite(link, "new");
    assert.deepEqual([readFileSync(file, "utf8"), readFileSync(other, "utf8")], ["new", "old"]);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(statSync(file).mode & 0o777, 0o640);
    assert.equal(readdirSync(dirname(file)).length, 3, "nothing is left beside it");
  });
});

test("a place that cannot be written says why in words", async () => {
  await withFiles({ "a.bottleneck": "spec" }, async (path) => {
    const spec = path("a.bottleneck");
    const folder = dirname(spec);
    const refused = (file: string, why: string): Promise<void> =>
      assert.rejects(writeReport(file, "text", spec), { message: `${file} could not be written: ${why}` });
    await refused(`${folder}/none/x.html`, `there is no folder ${folder}/none`);
    await refused(`${spec}/x.html`, `${spec} is not a folder`);
  });
});
