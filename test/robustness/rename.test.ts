/** A rename leaves every loss of the workspace as it was, or is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf } from "../../core/language/uses";
import { references } from "../../services/navigation";
import { RenameError } from "../../services/rename";
import { workspaceSymbols } from "../../services/symbols";
import { open, renamedFiles, surveyRenames, type Files } from "./renames";

/** Three files that use each other: a base, heirs that replace and drop and rename, and one beside them. */
const linked: Files = {
  "file:///w/base.bottleneck": `spec Base {
  modality X : vector(64)
  modality Y : vector(64)
  observe label : label(8)
  latent Zx : gaussian(4) from X
  latent Zy : gaussian(4) from Y
  knob w = 0.5 in 0.1 .. 2
  knob beta = 4 in 1 .. 8
  compress I(X; Zx)
  compress I(Y; Zy)
  keep link: I(Zx; Zy)
  keep w * I(X; Zx) by gaussian as eye
  each V in X, Y: want forget(V) in Zx
}
`,
  "file:///w/heirs.bottleneck": `use "./base.bottleneck"
spec Trained extends Base {
  data "planted-factors" { samples = 800 }
  keep link: I(Zx; Zy) by mine
}
spec Photo extends Trained(X = photo) {
  drop w
  latent Zy : gaussian(2) from Y, photo by poe
  keep I(photo; Zx)
}
`,
  "file:///w/other.bottleneck": `use "./heirs.bottleneck"
spec Last extends Photo {
  keep I(Y; Zy)
}
spec Alone extends DVSIB {
  keep I(X; Zx)
}
`,
};

test("every name of linked files, renamed: each loss stays but for the name, or it is refused with a reason", () => {
  const { done, refused, failings } = surveyRenames(linked, ["fresh", "DVSIB", "learned", "Y"]);
  assert.deepEqual(failings, []);
  assert.ok(done > 30, `${done} renames were made; refused:\n${refused.join("\n")}`);
  const always = refused.filter((line) => / to fresh:/.test(line)).map((line) => line.split(" ")[0]);
  assert.deepEqual([...new Set(always)], ["beta"], refused.join("\n"));
});

const base = "file:///w/base.bottleneck";
const at = (text: string, part: string): number => linked[base]!.indexOf(text) + text.indexOf(part);

test("a label is renamed with the terms that replace it, in every file", () => {
  const after = renamedFiles(linked, base, at("keep link", "link"), "bond");
  assert.ok(Object.values(after).every((text) => !text.includes("link")));
  assert.match(after["file:///w/heirs.bottleneck"]!, /keep bond: I\(Zx; Zy\) by mine/);
});

test("a stream that reads the field of its name goes on reading it", () => {
  const text = `spec Mine {
  data "noisy-digits" { samples = 2000, seed = 1 }
  modality X : image(28, 28)
  latent Z : gaussian(8) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
  const after = renamedFiles({ [base]: text }, base, text.indexOf("X :"), "picture");
  assert.match(after[base]!, /modality picture : image\(28, 28\) = X\n/);
});

test("beta is special, and a method's name is its own", () => {
  const refuse = (text: string, part: string, name: string, reason: RegExp): void =>
    assert.throws(
      () => renamedFiles(linked, base, at(text, part), name),
      (error) => {
        assert.ok(error instanceof RenameError);
        assert.match(error.message, reason);
        return true;
      },
    );
  refuse("knob w", "w", "beta", /`beta` is special/);
  refuse("knob beta", "beta", "b", /`beta` is special/);
  const other = "file:///w/other.bottleneck";
  assert.throws(
    () => renamedFiles(linked, other, linked[other]!.indexOf("Last"), "DVSIB"),
    /`Alone` would mean another loss/,
  );
});

test("references and symbols are those of the whole workspace", () => {
  const documents = open(linked);
  const position = documents[0]!.lines.positionAt(at("modality Y", "Y"));
  const found = references(documents, documents[0]!, position, true).map(({ uri }) => uri);
  assert.equal(new Set(found).size, 3);
  assert.deepEqual(
    workspaceSymbols(documents, "Last").map(({ name }) => name),
    ["Last"],
  );
  assert.ok(addressOf("./base.bottleneck", "file:///w/heirs.bottleneck") === base);
});
