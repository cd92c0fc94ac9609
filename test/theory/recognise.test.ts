import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { catalogue } from "../../core/catalogue/index";
import { outsideMethods } from "../../core/catalogue/outside";
import { analyse } from "../../core/theory/analyse";
import { canonicalForm } from "../../core/theory/canonical";
import { compare, leastDistance } from "../../core/theory/match";
import type { Recognition } from "../../core/theory/recognise";

function recognised(text: string): Recognition {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return specs.at(-1)!.recognised!;
}

test("the bundled catalogue is fresh", () => {
  const script = fileURLToPath(new URL("../../scripts/catalogue.mjs", import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

for (const entry of catalogue()) {
  test(`${entry.method} says what it does, keeps and discards, and from where; nothing is to complain of`, () => {
    assert.ok(entry.summary.endsWith(".") && entry.source.length > 20);
    for (const told of [entry.keeps, entry.discards]) assert.match(told, /^[^A-Z].*\.$/);
    const { diagnostics } = analyse(entry.text);
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity !== "information"),
      [],
    );
  });

  test(`${entry.method} is recognised, also under other names, in another order and at other sizes`, () => {
    const names = new Map([
      ["X", "photo"],
      ["Y", "sound"],
      ["Z", "code"],
      ["Zx", "b"],
      ["Zy", "a"],
      ["Wx", "q"],
      ["Wy", "p"],
    ]);
    const [head = "", ...rest] = entry.text
      .split("\n")
      .filter((line) => !line.startsWith("///") && line.trim() !== "" && line !== "}")
      .map((line) => line.replace(/\b(X|Y|Z|Zx|Zy|Wx|Wy)\b/g, (name) => names.get(name)!));
    const text = [head, ...rest.reverse(), "}"]
      .join("\n")
      .replaceAll("(8)", "(5)")
      .replace("vector(64)", "image(4, 4)");
    const { match, method, differences } = recognised(text);
    assert.deepEqual([match, method, differences], ["exact", entry.method, []], text);
  });
}

test("no two methods share a name, an alias or a canonical form", () => {
  const entries = catalogue();
  const names = [
    ...entries.flatMap(({ method, aliases }) => [method, ...aliases]),
    ...outsideMethods.map(({ method }) => method),
  ].map((name) => name.toLowerCase());
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
  const forms = entries.map(({ text }) => canonicalForm(analyse(text).specs[0]!.derived!));
  for (const [i, form] of forms.entries()) {
    for (const [j, other] of forms.entries()) {
      if (j <= i || leastDistance(form, other) > 0) continue;
      // A method of made streams is one of any streams too; never the other way round.
      const same = [compare(form, other), compare(other, form)].every((each) => each?.distance === 0);
      assert.ok(!same, `${entries[i]!.method} is ${entries[j]!.method}`);
    }
  }
});

const dvsib = catalogue().find(({ method }) => method === "DVSIB")!.text;

test("an overall factor and the family of a likelihood change nothing", () => {
  const doubled = dvsib
    .replace(/(compress|keep) I/g, "$1 2 * I")
    .replace("keep 2 * I(X; Zx)", "keep 2 * I(X; Zx) by laplace");
  assert.equal(recognised(doubled).text, "DVSIB");
  assert.equal(recognised(doubled).match, "exact");
});

test("joined and separate terms are the same", () => {
  const joined = catalogue()
    .find(({ method }) => method === "beta-DVCCA")!
    .text.replace("keep I(X; Z)\n  keep I(Y; Z)", "keep I(X, Y; Z)");
  assert.equal(recognised(joined).text, "beta-DVCCA");
});

test("what differs is said in words", () => {
  const changes: [string, string, string][] = [
    ["by mine", "by infonce", "DVSIB, InfoNCE instead of MINE"],
    ["keep I(X; Zx)", "keep 0.02 * I(X; Zx)", "DVSIB, I(X; Zx) weighed apart"],
    ["  keep I(X; Zx)\n", "", "DVSIB, not keeping I(X; Zx)"],
    ["  compress I(X; Zx)", "  latent Wx : gaussian(2) from X\n  compress I(X; Wx, Zx)", "DVSIB with Wx"],
  ];
  for (const [from, to, expected] of changes) {
    const { match, text } = recognised(dvsib.replace(from, to));
    assert.deepEqual([match, text], ["near", expected]);
  }
});

/** Side and knob of a term's line: `keep w *`. */
const weightOf = (line: string): string | undefined => /^ {2}(compress|keep) (\w+ \*)?/.exec(line)?.[0];

test("single changes are never claimed exact", () => {
  for (const { text, method } of catalogue()) {
    const lines = text.split("\n");
    lines.forEach((line, i) => {
      if (!/^ {2}(compress|keep) /.test(line)) return;
      for (const changed of [[], [line.replace(/(compress|keep) /, "$1 0.3 * ")]]) {
        const { specs } = analyse([...lines.slice(0, i), ...changed, ...lines.slice(i + 1)].join("\n"));
        // A factor on all terms that share a weight is only another value of a knob.
        const alike = lines.filter((other) => weightOf(other) === weightOf(line)).length;
        if (alike === 1 && changed.length > 0) continue;
        const found = specs[0]!.recognised;
        assert.ok(
          found?.match !== "exact" || found.method !== method,
          `${method}, ${line} -> ${changed.join("")}`,
        );
      }
    });
  }
});

test("beta fixed at 1 is a limit, beta fixed elsewhere is the method itself", () => {
  const fixed = catalogue()
    .find(({ method }) => method === "beta-VAE")!
    .text.replace(/ {2}knob.*\n/, "");
  assert.deepEqual(
    [recognised(fixed).match, recognised(fixed).text],
    ["limit", "beta-VAE at beta = 1 (VAE)"],
  );
  assert.equal(recognised(fixed.replace("keep I", "keep 4 * I")).match, "exact");
});

test("noise, fusion and priors are part of a method", () => {
  const joint = catalogue().find(({ method }) => method === "beta-joint-DVCCA")!.text;
  assert.equal(
    recognised(joint.replace("from X, Y", "from X, Y by poe")).text,
    "beta-joint-DVCCA, Z fused by poe",
  );
  assert.equal(recognised(joint.replace("from X, Y", "from X, Y by poe(prior)")).text, "MVAE");
  assert.equal(
    recognised(joint.replace("knob", "prior Z = learned\n  knob")).text,
    "beta-joint-DVCCA, a learned prior of Z",
  );
});

test("beta is given on both sides", () => {
  assert.deepEqual(recognised(dvsib).beta, { kept: 32, cost: 1 / 32 });
});

test("a loss that is like none is none", () => {
  const text = `spec A {
    modality A : vector(4)
    modality B : vector(4)
    modality C : vector(4)
    modality D : vector(4)
    latent S : gaussian(2) from A, B, C, D
    latent T : gaussian(2) from S
    compress I(A, B, C, D; S | A)
    compress I(S; T)
    keep I(C, D; S, T)
    keep I(S; T) by mine
  }`;
  assert.deepEqual(
    [recognised(text).match, recognised(text).method, recognised(text).text],
    ["none", undefined, ""],
  );
});
