import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { generators } from "../../core/data/generators/index";
import { readers } from "../../core/data/readers/index";
import { vocabulary, type Category } from "../../core/language/vocabulary";
import type { TextEdit } from "vscode-languageserver-types";
import { completions, resolveCompletion } from "../../services/completion";
import { folderAt, type FolderEntry } from "../../services/completion/paths";
import { applied, fixture, inSpec, twoViews } from "./fixture";

const offered = (marked: string, snippets = false) => {
  const { document, position } = fixture(marked);
  return { document, items: completions(document, position, { snippets }) };
};

/** Chooses `label` at the mark and compares the text. */
function check(marked: string, label: string, expected: string, snippets = false): void {
  const { document, items } = offered(marked, snippets);
  const item = items.find((one) => one.label === label);
  assert.ok(item, `\`${label}\` is not offered, but: ${items.map((one) => one.label).join(", ")}`);
  assert.ok(item.textEdit && "range" in item.textEdit);
  assert.equal(applied(document, [item.textEdit]), expected);
}

/** Compares what is offered at the mark, in order. */
function checkOffers(marked: string, expected: string[]): void {
  const { items } = offered(marked);
  const shown = [...items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
  assert.deepEqual(
    shown.map(({ label }) => label),
    expected,
  );
}

/** The words of a category, the usual ones first. */
const wordsOf = (category: Category): string[] => vocabulary[category].map(({ word }) => word);

const views = ["modality X : vector(4)", "modality Y : vector(4)", "target L : label(3)"];
const codes = ["latent Zx : gaussian(2) from X", "latent Zy : gaussian(2) from Y"];

test("an empty file offers a spec, whole", () => {
  const { items } = offered("$0");
  assert.deepEqual(items.map(({ label }) => label).sort(), ["language", "spec", "use"]);
  check("$0", "language", "language 1");
});

test("a statement brings its shape, filled with declared names", () => {
  check(inSpec(...views, "lat$0"), "latent", inSpec(...views, "latent Z : gaussian(8) from X"));
  check(
    inSpec(...views, "lat$0"),
    "latent",
    inSpec(...views, "latent ${1:Z} : gaussian(${2:8}) from ${3:X}"),
    true,
  );
  check(inSpec(...views, ...codes, "$0"), "keep", inSpec(...views, ...codes, "keep I(X; Zx)"));
});

test("the word at the cursor is replaced whole", () => {
  check(inSpec("modality X : ve$0ctor(4)"), "counts", inSpec("modality X : counts(4)"));
  check(
    inSpec(...views, "latent Z : $0det(3) from X"),
    "deterministic",
    inSpec(...views, "latent Z : deterministic(3) from X"),
  );
});

test("modality kinds and code laws", () => {
  check(inSpec("modality X : $0"), "image", inSpec("modality X : image(28, 28)"));
  check(inSpec("modality X : im$0"), "image", inSpec("modality X : image(28, 28)"));
  checkOffers(inSpec(...views, "latent Z : $0"), wordsOf("law"));
});

test("a latent goes on with what it is inferred from and how it is fused", () => {
  checkOffers(inSpec(...views, "latent Z : gaussian(2) $0"), ["from"]);
  checkOffers(inSpec(...views, "latent Z : gaussian(2) from $0"), ["X", "Y"]);
  checkOffers(inSpec(...views, "latent Z : gaussian(2) from X, $0"), ["Y"]);
  checkOffers(inSpec(...views, "latent Z : gaussian(2) from X, Y $0"), ["by", "given", "frozen"]);
  checkOffers(inSpec(...views, "latent Z : gaussian(2) from X, Y by $0"), wordsOf("fusion"));
});

test("terms over the names in scope", () => {
  const data = 'data "planted-factors" { samples = 800 }';
  checkOffers(inSpec(data, ...views, ...codes, "knob w = 1 in 0.1 .. 10", "compress $0"), [
    "I(X; Zx)",
    "I(Y; Zy)",
    "I",
    "TC",
    "gap",
    "w",
  ]);
  checkOffers(inSpec(...views, ...codes, "knob w = 1 in 0.1 .. 10", "keep $0"), [
    "I(L; Zx, Zy)",
    "I(Zx; Zy)",
    "w * I(X; Zx)",
    "w * I(Y; Zy)",
    "I(L; Zx)",
    "I(L; Zy)",
    "I(X; Zx)",
    "I(Y; Zy)",
    "I",
    "w",
  ]);
  check(
    inSpec(...views, ...codes, "knob w = 1 in 0.1 .. 10", "keep w * $0"),
    "I(Zx; Zy)",
    inSpec(...views, ...codes, "knob w = 1 in 0.1 .. 10", "keep w * I(Zx; Zy)"),
  );
});

test("variables inside a term, those that stand there left out", () => {
  checkOffers(inSpec(...views, ...codes, "keep I($0"), ["X", "Y", "L", "Zx", "Zy"]);
  checkOffers(inSpec(...views, ...codes, "keep I(Zx; $0"), ["X", "Y", "L", "Zy"]);
  checkOffers(inSpec(...views, ...codes, "compress I(X; Zx | $0)"), ["Y", "L", "Zy"]);
});

test("bounds that fit the side and the term", () => {
  /** What is offered after `by`: the first, and whether it holds these and none of those. */
  const check = (term: string, first: string, those: string[]): void => {
    const labels = offered(inSpec(...views, ...codes, `${term} by $0`)).items.map(({ label }) => label);
    assert.equal(labels[0], first, term);
    assert.deepEqual(
      labels.filter((label) => those.includes(label)),
      [],
      `${term}: ${labels.join(", ")}`,
    );
  };
  check("compress I(X; Zx)", "kl", ["conditional", "infonce", "gaussian"]);
  check("compress I(X; Zx | L)", "conditional", ["kl", "infonce", "gaussian"]);
  check("keep I(Zx; Zy)", "infonce", ["kl", "gaussian", "categorical"]);
  check("keep I(L; Zx)", "categorical", ["kl", "gaussian", "poisson"]);
  check("keep 2 * I(Zx; Zy) by infonce + I(X; Zx)", "gaussian", ["kl", "categorical"]);
  const begun = offered(inSpec(...views, ...codes, "keep I(Zx; Zy) by mi$0")).items;
  assert.ok(begun.some(({ label }) => label === "mine"));
});

test("options of a bound, their values, its flags", () => {
  checkOffers(inSpec(...views, ...codes, "keep I(Zx; Zy) by infonce($0"), ["critic", "temperature"]);
  checkOffers(inSpec(...views, ...codes, "keep I(Zx; Zy) by infonce(critic = dot, $0)"), ["temperature"]);
  const critics = offered(inSpec(...views, ...codes, "keep I(Zx; Zy) by infonce(critic = $0)")).items;
  assert.ok(critics.some(({ label }) => label === "dot"));
  check(
    inSpec(...views, ...codes, "keep I(Zx; Zy) by infonce $0"),
    "one-way",
    inSpec(...views, ...codes, "keep I(Zx; Zy) by infonce one-way"),
  );
});

test("a word with a hyphen is replaced whole", () => {
  for (const [term, label] of [
    ["keep I(Zx; Zy) by infonce one-w$0", "one-way"],
    ["compress TC(Zx) by density-r$0", "density-ratio"],
    ["keep I(Zx; Zy) by infonce one-$0", "one-way"],
  ] as const)
    check(
      inSpec(...views, ...codes, term),
      label,
      inSpec(...views, ...codes, term.replace(/[a-z]+-[a-z]*\$0/, label)),
    );
});

test("every method explains itself", () => {
  for (const { label, detail, documentation } of offered("spec B extends $0").items)
    assert.match(
      (documentation as { value: string } | undefined)?.value ?? "",
      /\*.+\*$/s,
      `${label}: ${detail}`,
    );
});

test("settings that do not stand yet", () => {
  checkOffers(inSpec("train { $0 }"), wordsOf("setting"));
  checkOffers(inSpec("train { epochs = 3, $0 }"), ["batch", "optimizer", "seed"]);
  checkOffers(inSpec("train { batch = 3, $0 }"), ["epochs", "steps", "optimizer", "seed"]);
  check(inSpec("train { ba$0 }"), "batch", inSpec("train { batch = 128 }"));
  check(inSpec("train { optimizer = $0 }"), "adam", inSpec("train { optimizer = adam(1e-3) }"));
  checkOffers(inSpec('data "noisy-digits" { $0 }'), ["samples", "validation", "test", "seed"]);
  checkOffers(inSpec('data "planted-factors" { samples = 10, $0 }'), [
    "dimension",
    "noise",
    "validation",
    "test",
    "seed",
  ]);
});

test("sources of data inside the quotes", () => {
  check(inSpec('data "$0"'), "noisy-digits", inSpec('data "noisy-digits"'));
  check(inSpec('data "noi$0" { seed = 1 }'), "noisy-digits", inSpec('data "noisy-digits" { seed = 1 }'));
});

test("every built-in generator is offered with what it makes", () => {
  const { items } = offered(inSpec('data "$0"'));
  assert.deepEqual(items.map(({ label }) => label).sort(), generators.map(({ name }) => name).sort());
  for (const item of items) {
    const { documentation } = resolveCompletion(item);
    assert.match((documentation as { value: string }).value, /built-in generator[^]*Streams:[^]*Factors/);
  }
});

test("fields of the built-in data: streams as modalities, factors to observe, none twice", () => {
  const spec = (line: string): string => inSpec('data "sounding-digits"', line);
  checkOffers(spec("modality $0"), ["picture", "sound"]);
  checkOffers(spec("observe $0"), ["digit", "speaker", "pitch", "tempo", "angle", "scale"]);
  check(spec("modality so$0"), "sound", spec("modality sound : audio(32, 32)"));
  checkOffers(inSpec('data "sounding-digits"', "modality sound : audio(32, 32)", "modality $0"), ["picture"]);
  check(spec("modality X : audio(32, 32) = $0"), "sound", spec("modality X : audio(32, 32) = sound"));
});

test("intents, and the names that suit each", () => {
  checkOffers(inSpec(...views, ...codes, "want $0"), [
    "predict",
    "shared",
    "private",
    "reconstruct",
    "forget",
  ]);
  checkOffers(inSpec(...views, ...codes, "want shared(X, $0)"), ["Y"]);
  checkOffers(inSpec(...views, ...codes, "want predict($0)"), ["L"]);
  checkOffers(inSpec(...views, ...codes, "want forget(L) in $0"), ["Zx", "Zy"]);
});

test("priors, networks, knobs, specs to extend", () => {
  checkOffers(inSpec(...views, ...codes, "prior $0"), ["Zx", "Zy"]);
  checkOffers(inSpec(...views, ...codes, "prior Zx = $0"), wordsOf("prior"));
  checkOffers(inSpec(...views, ...codes, "network $0"), ["encoder", "decoder", "critic"]);
  checkOffers(inSpec(...views, ...codes, "network critic $0"), ["Zx", "Zy"]);
  checkOffers(inSpec(...views, ...codes, "network encoder X = $0"), wordsOf("network"));
  checkOffers(inSpec("knob beta = 1 $0"), ["in"]);
  checkOffers(inSpec("knob beta = 1 in 0.1 .. 10 $0"), ["log"]);
  const bases = offered(`${inSpec(...views)}\nspec B extends $0`).items.map(({ label }) => label);
  assert.equal(bases[0], "A", "the file's own specs come first");
  assert.ok(bases.includes("DVSIB") && !bases.includes("B"), bases.join(", "));
});

test("nothing is offered in a comment, nor where a new name stands", () => {
  checkOffers(inSpec("// modality X : $0"), []);
  checkOffers(inSpec("modality $0"), []);
  checkOffers(inSpec("knob beta = $0"), []);
});

test("a space that indents does not open the list, one between words does", () => {
  const typed = (marked: string) => {
    const { document, position } = fixture(marked);
    return completions(document, position, { snippets: false, typed: " " }).length;
  };
  assert.equal(typed(inSpec(" $0")), 0);
  assert.ok(typed(inSpec("modality X : $0")) > 0);
});

test("an item explains itself when it is looked at", () => {
  const { items } = offered(inSpec(...views, ...codes, "keep I(Zx; Zy) by $0"));
  const resolved = resolveCompletion(items.find(({ label }) => label === "infonce")!);
  assert.ok(resolved.documentation && typeof resolved.documentation === "object");
  assert.match(resolved.documentation.value, /lower bound[\s\S]*log N/);
});

test("every place of a whole spec and of its prefixes gives an answer", () => {
  for (let length = 0; length <= twoViews.length; length += 3) {
    const { document } = fixture(twoViews.slice(0, length));
    assert.ok(Array.isArray(completions(document, document.lines.positionAt(length), { snippets: true })));
  }
});

test("every item explains itself, all over the examples", () => {
  const folder = new URL("../../examples/", import.meta.url);
  const silent = new Set<string>();
  for (const name of readdirSync(folder).filter((one) => one.endsWith(".bottleneck"))) {
    const text = readFileSync(new URL(name, folder), "utf8");
    const { document } = fixture(text);
    for (let offset = 0; offset < text.length; offset += 11)
      for (const item of completions(document, document.lines.positionAt(offset), { snippets: true })) {
        const { documentation } = resolveCompletion(item);
        const value = typeof documentation === "object" ? documentation.value : documentation;
        if (value === undefined || value.length < 20) silent.add(`${item.label}: ${value}`);
      }
  }
  assert.deepEqual([...silent], []);
});

test("a name explains itself as its hover does, a term by what it is and why it is offered", () => {
  const doc = (marked: string, label: string): string => {
    const item = offered(marked).items.find((one) => one.label === label);
    return (item?.documentation as { value: string }).value;
  };
  assert.match(
    doc(inSpec(...views, ...codes, "keep I($0"), "Zx"),
    /`gaussian\(2\)` · latent[^]*Encoded from/,
  );
  const term = doc(inSpec(...views, ...codes, "keep $0"), "I(Zx; Zy)");
  assert.match(term, /^```bottleneck\nkeep I\(Zx; Zy\)\n```\n\nNothing keeps these codes yet\.\n\n/);
  assert.match(doc(inSpec(...views, "$0"), "latent Zx : gaussian(8) from X"), /No code reads it yet\./);
  assert.match(doc(inSpec(...views, ...codes, "keep I(Zx; Zy) by infonce(critic = $0)"), "dot"), /· critic/);
});

test("what can only follow an item accepts it", () => {
  const commits = (marked: string, label: string): string | undefined =>
    offered(marked, true)
      .items.find((one) => one.label === label)
      ?.commitCharacters?.join("");
  assert.equal(commits(inSpec(...views, ...codes, "keep I($0"), "Zx"), ",);|");
  assert.equal(commits(inSpec(...views, ...codes, "want shared($0"), "X"), ",)");
  assert.equal(commits(inSpec(...views, ...codes, "keep I(Y; Zx[$0"), "X"), ",]");
  assert.equal(commits(inSpec(...views, ...codes, "keep I(Zx; Zy) by $0"), "infonce"), "(");
  assert.equal(commits(inSpec(...views, ...codes, "keep I(Zx; Zy) by $0"), "barlow"), "(");
  assert.equal(
    commits(inSpec(...views, ...codes, "$0"), "keep"),
    undefined,
    "where more follows, nothing does",
  );
  assert.equal(commits(inSpec("modality X : $0"), "image"), undefined);
});

test("an empty file offers a spec first; the version only on the first line", () => {
  assert.deepEqual(
    offered("$0").items.map(({ label }) => label),
    ["spec", "language", "use"],
  );
  checkOffers('use "./other.bottleneck"\n$0', ["spec", "use"]);
  for (const item of offered("$0").items)
    assert.match((resolveCompletion(item).documentation as { value: string }).value, /· line of a file/);
});

test("the names of the spec that is extended can be given others", () => {
  const base = inSpec(...views, ...codes);
  checkOffers(`${base}\nspec B extends A($0`, ["X", "Y", "L", "Zx", "Zy"]);
  checkOffers(`${base}\nspec B extends A(X = photo, $0) {\n}\n`, ["Y", "L", "Zx", "Zy"]);
  checkOffers(`${base}\nspec B extends A(X = $0`, []);
  check(`${base}\nspec B extends A($0) {\n}\n`, "Y", `${base}\nspec B extends A(Y = Y) {\n}\n`);
  assert.deepEqual(
    offered("spec B extends DVSIB($0) {\n}\n").items.map(({ label }) => label),
    ["X", "Y", "Zx", "Zy"],
  );
});

test("settings of a file, and the values of those that have few", () => {
  const settings = [
    "samples",
    "validation",
    "test",
    "seed",
    "groups",
    "stratify",
    "split",
    "window",
    "step",
    "join",
    "key",
    "labels",
    "views",
    "images",
    "standardise",
  ];
  checkOffers(inSpec('data "./a.npz" { $0 }'), settings);
  check(inSpec('data "./a.npz" { vi$0 }'), "views", inSpec('data "./a.npz" { views = "noisy-views" }'));
});

/** What is offered in a folder of these entries: the label, and the line with it. */
function inFolder(marked: string, entries: FolderEntry[]): [string, string][] {
  const { document, position } = fixture(marked);
  assert.ok(folderAt(document, position), `no folder is asked for: ${marked}`);
  const items = completions(document, position, { snippets: true, entries });
  return items.map((item) => [
    item.label,
    applied(document, [item.textEdit as TextEdit])
      .split("\n")
      .find((line) => line.includes('"'))!
      .trim(),
  ]);
}

test("paths of used files and of data files", () => {
  const entries = [
    "b.bottleneck",
    "a.bottleneck",
    "x.npz",
    "labels.npy.gz",
    "t-idx3-ubyte",
    "notes.txt",
    'a".npz',
  ].map((name) => ({ name, folder: false }));
  const all = [...entries, { name: "more", folder: true }];
  assert.deepEqual(inFolder('use "$0"', all), [
    ["b.bottleneck", 'use "./b.bottleneck"'],
    ["more/", 'use "./more/"'],
    ["../", 'use "../"'],
  ]);
  assert.deepEqual(inFolder('use "./more/b$0"', all), [
    ["b.bottleneck", 'use "./more/b.bottleneck"'],
    ["a.bottleneck", 'use "./more/a.bottleneck"'],
    ["more/", 'use "./more/more/"'],
  ]);
  assert.deepEqual(
    inFolder(inSpec('data "./$0"'), all).filter(([, line]) => line.includes("./")),
    [
      ["x.npz", 'data "./x.npz"'],
      ["labels.npy.gz", 'data "./labels.npy.gz"'],
      ["t-idx3-ubyte", 'data "./t-idx3-ubyte"'],
      ["more/", 'data "./more/"'],
      ["../", 'data "./../"'],
    ],
  );
  const labels = inFolder(inSpec('data "./x.npy" { labels = "$0" }'), all);
  assert.deepEqual(labels[0], ["x.npz", 'data "./x.npy" { labels = "./x.npz" }']);
  assert.equal(inFolder(inSpec('data "$0"'), all)[0]![0], generators[0]!.name, "built-in data comes first");
});

test("a file of every format that is read is offered", () => {
  const endings = readers.flatMap(({ title }) => title.match(/(?<=`)\.\w+(?=`)/g) ?? []);
  assert.ok(endings.length > 8, endings.join(" "));
  for (const ending of endings) {
    const entries = [{ name: `a${ending}`, folder: false }];
    assert.equal(inFolder(inSpec('data "./$0"'), entries)[0]?.[0], `a${ending}`, ending);
  }
});

test("a folder is asked for only where a path is written, and never one of another machine", () => {
  const asked = (marked: string) => {
    const { document, position } = fixture(marked);
    return folderAt(document, position)?.path;
  };
  assert.equal(asked(inSpec('data "$0"')), "./");
  assert.equal(asked(inSpec('data "../b/c$0"')), "../b/");
  for (const other of [
    inSpec('data "//server/share/$0"'),
    'use "\\\\server\\$0"',
    'use "https://a.b/$0"',
    'spec A "$0" {\n}\n',
    inSpec("modality X : vector($0"),
    inSpec('data "./x.npy" { views = "$0" }'),
  ])
    assert.equal(asked(other), undefined, other);
});
