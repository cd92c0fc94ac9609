/** An analysis that keeps what an edit left as it was says what one from nothing says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { catalogue } from "../../core/catalogue/index";
import { analyse, type Analysis } from "../../core/theory/analyse";
import { mutants } from "../robustness/mutations";
import { Random } from "./rewriting/random";

const told = ({ diagnostics, specs }: Analysis) => ({
  diagnostics,
  specs: specs.map(({ tree, valid, diagnostics: own, spec, derived, recognised }) => ({
    place: tree.range,
    valid,
    own,
    streams: spec?.streams,
    terms: derived?.terms.map(({ term }) => term),
    method: recognised?.text,
  })),
});

const heirs = `spec First {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob w = 1 in 0.1 .. 2
  compress I(X; Z)
  keep I(X; Z)
}

spec Heir extends First {
  keep I(Q; Z)
}

spec Method extends DVSIB(X = photo) {
  drop I(X; Zx)
}
`;

const texts = [
  heirs,
  catalogue()
    .slice(0, 6)
    .map(({ text }) => text)
    .join("\n"),
];

test("after any edit, what is kept is what is found from nothing", () => {
  const random = new Random(3);
  for (const text of texts) {
    let before = analyse(text);
    for (let i = 0; i < 60; i++) {
      const at = random.below(text.length);
      const by = random.pick(["", " ", "\n", "x", "1", "}", "// c\n", "spec B { }\n"]);
      const edited = text.slice(0, at) + by + text.slice(at + random.below(3));
      const kept = analyse(edited, undefined, before);
      assert.deepEqual(told(kept), told(analyse(edited)), `${JSON.stringify(by)} at ${at}`);
      before = kept;
    }
  }
});

test("one text after another, whatever their faults", () => {
  let before: Analysis | undefined;
  for (const { text } of mutants(40, 5)) {
    const kept: Analysis = analyse(`${heirs}${text}`, undefined, before);
    assert.deepEqual(told(kept), told(analyse(`${heirs}${text}`)));
    before = kept;
  }
});

test("what an edit did not touch is the same object, however far it moved", () => {
  const before = analyse(heirs);
  const after = analyse(`// a line more\n${heirs}`, undefined, before);
  assert.equal(after.specs[2]!.recognised, before.specs[2]!.recognised);
  const same = analyse(`${heirs}// a line more\n`, undefined, after);
  assert.equal(analyse(`${heirs}\n`, undefined, same).specs[0]!.derived, before.specs[0]!.derived);
});

test("a base that changes changes its heirs", () => {
  const before = analyse(heirs);
  const after = analyse(heirs.replace("gaussian(2)", "gaussian(3)"), undefined, before);
  assert.equal(after.specs[1]!.spec!.latents[0]!.law.size, 3);
});

test("the versions before an edit are not held in memory", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let before = analyse(heirs);
  const versions: WeakRef<Analysis>[] = [];
  for (let i = 0; i < 20; i++) {
    before = analyse(`// ${"a".repeat(i)}\n${heirs}`, undefined, before);
    versions.push(new WeakRef(before));
    // A weak reference holds what it refers to until the current turn ends.
    await new Promise((done) => setImmediate(done));
  }
  collect();
  assert.ok(versions.filter((version) => version.deref() !== undefined).length <= 2);
});
