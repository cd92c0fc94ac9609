import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addressOf,
  canonicalAddress,
  gatherUses,
  LARGEST_USED,
  MOST_USED,
  usedAddress,
  type Uses,
} from "../../core/language/uses";
import { analyse, type Analysis } from "../../core/theory/analyse";

const location = "file:///home/ada/a.bottleneck";
const views = (name: string): string => `spec ${name} {
  modality X : vector(4)
  modality Y : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(Y; Z)
}
`;

/** Reads from these texts, by their paths from the folder of `location`. */
const reader =
  (files: Record<string, string>, asked: string[] = []) =>
  (address: string): Promise<string> => {
    asked.push(address);
    const path = Object.keys(files).find((name) => addressOf(name, location) === address);
    return path === undefined
      ? Promise.reject(new Error("there is no such file"))
      : Promise.resolve(files[path]!);
  };

const analysed = async (text: string, files: Record<string, string> = {}): Promise<Analysis> =>
  analyse(text, { location, uses: await gatherUses(text, location, reader(files)) });

const said = ({ diagnostics }: Analysis): string[] =>
  diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);

test("a spec of a used file is extended as if it stood here, and every finding stands in this text", async () => {
  const text =
    'use "./lib/b.bottleneck"\nspec B extends A(X = photo) {\n  knob w = 2 in 0.1 .. 10\n  keep w * I(photo; Z)\n}\n';
  const found = await analysed(text, { "lib/b.bottleneck": views("A") });
  assert.deepEqual(said(found), []);
  const { spec, valid } = found.specs[0]!;
  assert.equal(valid, true);
  assert.deepEqual(
    spec!.terms.map(({ id }) => id),
    ["compress I(photo; Z)", "keep I(Y; Z)", "keep I(photo; Z)"],
  );
  const places = found.diagnostics.map(({ range }) => range);
  assert.ok(places.every(({ end }) => end <= text.length));
});

test("a name is looked for in the file, then in those it uses, then in the catalogue", async () => {
  const kept = ({ specs }: Analysis): string[] =>
    specs.find(({ tree }) => tree.name.text === "B")!.spec!.streams.map(({ name }) => name);
  const other = views("DVSIB").replaceAll("Y", "Other");
  const own = views("DVSIB").replaceAll("Y", "Own");
  const use = 'use "./b.bottleneck"\n';
  assert.deepEqual(kept(await analysed("spec B extends DVSIB { }")), ["X", "Y"]);
  assert.deepEqual(kept(await analysed(`${use}spec B extends DVSIB { }`, { "b.bottleneck": other })), [
    "X",
    "Other",
  ]);
  const all = await analysed(`${use}${own}spec B extends DVSIB { }`, { "b.bottleneck": other });
  assert.deepEqual(kept(all), ["X", "Own"]);
  assert.deepEqual(
    all.diagnostics.map(({ code }) => code),
    ["unused-use"],
  );
});

test("a used spec sees its own file and what that uses; names go no further", async () => {
  const files = {
    "b.bottleneck":
      'use "./deep/c.bottleneck"\nspec A extends Base { drop Z\n latent W : gaussian(3) from X\n compress I(X; W)\n keep I(Y; W) }',
    "deep/c.bottleneck": 'use "../d.bottleneck"\nspec Base extends Root { }',
    "d.bottleneck": views("Root"),
  };
  const through = await analysed('use "./b.bottleneck"\nspec B extends A { }', files);
  // The spec of the used file drops a code that terms still read: that is its fault, told there.
  assert.deepEqual(said(through).length, 1);
  const whole = await analysed('use "./b.bottleneck"\nspec B extends A { }', {
    ...files,
    "b.bottleneck": 'use "./deep/c.bottleneck"\nspec A extends Base { latent Z : gaussian(3) from X }',
  });
  assert.deepEqual(said(whole), []);
  assert.equal(whole.specs[0]!.spec!.latents[0]!.law.size, 3);
  const far = await analysed('use "./b.bottleneck"\nspec B extends Root { }', files);
  assert.deepEqual(said(far), ['There is no spec `Root` in this file, "./b.bottleneck" or the catalogue.']);
});

test("two used files with a spec of that name: neither is guessed; one file by two paths is one", async () => {
  const files = { "b.bottleneck": views("A"), "c.bottleneck": views("A") };
  const two = await analysed('use "./b.bottleneck"\nuse "./c.bottleneck"\nspec B extends A { }', files);
  assert.deepEqual(said(two), [
    '"./b.bottleneck" and "./c.bottleneck" each have a spec `A`. Rename one of them, or use only one of the files.',
  ]);
  const once = await analysed('use "./b.bottleneck"\nuse "./x/../b.bottleneck"\nspec B extends A { }', files);
  assert.deepEqual(said(once), []);
});

test("files may use each other; specs that extend each other through them are told", async () => {
  const circle = 'use "./a.bottleneck"\n';
  const harmless = await analysed(`use "./b.bottleneck"\n${views("Root")}spec B extends A { }`, {
    "b.bottleneck": `${circle}spec A extends Root { }`,
  });
  assert.deepEqual(said(harmless), []);
  assert.equal(harmless.specs[1]!.valid, true);
  const told = await analysed('use "./b.bottleneck"\nspec B extends A { }', {
    "b.bottleneck": `${circle}spec A extends B { }`,
  });
  assert.deepEqual(said(told), ["`B` extends itself through `A`. Extend another spec."]);
  const elsewhere = await analysed('use "./b.bottleneck"\nspec B extends A { }', {
    "b.bottleneck": 'use "./c.bottleneck"\nspec A extends C { }',
    "c.bottleneck": 'use "./b.bottleneck"\nspec C extends A { }',
  });
  assert.deepEqual(said(elsewhere), [
    '`A` of "./b.bottleneck" has 1 error in line 2: `A` extends itself through `C`. Extend another spec.',
  ]);
  const itself = await analysed(`use "./a.bottleneck"\n${views("B")}`);
  assert.deepEqual(
    itself.diagnostics.map(({ code }) => code),
    ["unused-use"],
  );
});

test("a file that cannot be read is told once, at its path, and nothing that follows from it", async () => {
  const problems: [path: string, problem: RegExp][] = [
    ["./nowhere.bottleneck", /there is no such file/],
    ["./data.npz", /only files that end in \.bottleneck/],
    ["/etc/passwd", /only files that end in \.bottleneck/],
    ["https://example.org/a.bottleneck", /it is an address/],
    ["file:///home/ada/b.bottleneck", /it is an address/],
    ["//host/share/a.bottleneck", /it is an address/],
    ["\\\\host\\share\\a.bottleneck", /it is an address/],
  ];
  for (const [path, problem] of problems) {
    const written = path.replaceAll("\\", "\\\\");
    const text = `use "${written}"\nspec B extends A { }`;
    const asked: string[] = [];
    const uses = await gatherUses(text, location, reader({}, asked));
    const { diagnostics, specs } = analyse(text, { location, uses });
    assert.deepEqual(asked.length, path.startsWith("./nowhere") ? 1 : 0, `${path} is not asked for`);
    assert.equal(diagnostics.length, 1, path);
    assert.match(diagnostics[0]!.message, problem);
    assert.equal(diagnostics[0]!.code, "unread-use");
    assert.equal(text.slice(diagnostics[0]!.range.start, diagnostics[0]!.range.end), `"${written}"`);
    assert.equal(specs[0]!.valid, false);
  }
  const large = await analysed('use "./b.bottleneck"', { "b.bottleneck": " ".repeat(LARGEST_USED + 1) });
  assert.match(said(large)[0]!, /larger than 1 MB/);
  assert.match(said(analyse('use "./b.bottleneck"'))[0]!, /this text is not in a file yet/);
});

test("a spec that stands elsewhere does not suffer from a file that cannot be read", async () => {
  const { specs } = await analysed(`use "./nowhere.bottleneck"\n${views("A")}spec B extends A { }`);
  assert.deepEqual(
    specs.map(({ valid }) => valid),
    [true, true],
  );
});

test("a broken spec of a used file is one error here, whose places point into that file", async () => {
  const b = `// a file\n${views("A").replace("from X", "from Q").replace("compress", "compres")}spec Other { keep I(X; }`;
  const text = 'use "./b.bottleneck"\nspec B extends A { }\n';
  const { diagnostics } = await analysed(text, { "b.bottleneck": b });
  assert.equal(diagnostics.length, 1);
  const { message, range, related = [] } = diagnostics[0]!;
  assert.match(message, /^`A` of "\.\/b\.bottleneck" has 2 errors, the first in line \d: /);
  assert.equal(text.slice(range.start, range.end), "extends A");
  assert.equal(related.length, 2);
  for (const place of related) {
    assert.equal(place.location, "file:///home/ada/b.bottleneck");
    assert.ok(["compres", "Q"].includes(b.slice(place.range.start, place.range.end)));
  }
  const whole = await analysed('use "./b.bottleneck"\nspec B extends Fine { }', {
    "b.bottleneck": b + views("Fine"),
  });
  assert.deepEqual(said(whole), [], "what is broken beside it does not matter");
});

test("whatever stands in a used file, every finding lies in this text, and one error is told at most", async () => {
  const text = 'use "./b.bottleneck"\nspec B extends A(X = photo) { keep I(photo; Z) }\n';
  const whole = views("A");
  for (let end = 0; end <= whole.length; end += 3) {
    const found = await analysed(text, { "b.bottleneck": whole.slice(0, end) });
    for (const { range, message } of found.diagnostics)
      assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length, message);
    const foreign = found.diagnostics.filter(({ related = [] }) => related.some(({ location }) => location));
    assert.ok(foreign.length === 0 || said(found).length === 1, said(found).join("\n"));
  }
});

test("a file that a used file lacks is told where the used spec is extended", async () => {
  const found = await analysed('use "./b.bottleneck"\nspec B extends A { }', {
    "b.bottleneck": 'use "./c.bottleneck"\nspec A extends C { }',
  });
  assert.equal(said(found).length, 1);
  assert.match(
    said(found)[0]!,
    /^`A` of "\.\/b\.bottleneck" has 1 error in line 1: "\.\/c\.bottleneck" cannot/,
  );
});

test("while a file has not been read, nothing is told of what may stand in it", () => {
  const text = `use "./b.bottleneck"\n${views("Own")}spec B extends A { }\nspec C extends Own { }`;
  const { diagnostics, specs } = analyse(text, { location, uses: {} });
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    specs.map(({ valid, spec }) => [valid, spec !== undefined]),
    [
      [true, true],
      [false, false],
      [true, true],
    ],
  );
});

test("the first error of a name not found guesses among the used files", async () => {
  const found = await analysed('use "./b.bottleneck"\nspec B extends Viewss { }', {
    "b.bottleneck": views("Views"),
  });
  assert.match(said(found)[0]!, /Did you mean `Views`\?$/);
});

test("inherited data remember the file that says them; the file's own do not", async () => {
  const data = (path: string): string => views("A").replace("{", `{\n  data "${path}"`);
  const files = { "lib/b.bottleneck": data("x.npz") };
  const use = 'use "./lib/b.bottleneck"\n';
  const inherited = await analysed(`${use}spec B extends A { }`, files);
  assert.equal(inherited.specs[0]!.spec!.data!.location, "file:///home/ada/lib/b.bottleneck");
  const own = await analysed(`${use}spec B extends A { data "y.npz" }`, files);
  assert.equal(own.specs[0]!.spec!.data!.location, undefined);
  const twice = await analysed('use "./c.bottleneck"\nspec C extends B { }', {
    ...files,
    "c.bottleneck": `${use}spec B extends A { }`,
  });
  assert.equal(twice.specs[0]!.spec!.data!.location, "file:///home/ada/lib/b.bottleneck");
});

test("every file is read once, circles end, and there are at most so many", async () => {
  const asked: string[] = [];
  const chain = (address: string): Promise<string> => {
    asked.push(address);
    const i = Number(/(\d+)\.bottleneck/.exec(address)?.[1]);
    return Promise.resolve(`use "./a.bottleneck"\nuse "./${i}.bottleneck"\nuse "./${i + 1}.bottleneck"`);
  };
  const uses = await gatherUses('use "./0.bottleneck"', location, chain);
  assert.equal(asked.length, MOST_USED);
  assert.equal(new Set(asked).size, MOST_USED);
  const problems = Object.values(uses).flatMap((file) => ("problem" in file ? [file.problem] : []));
  assert.deepEqual(problems, [`more than ${MOST_USED} files are used in all`]);
});

test("an address has one spelling, however an editor escapes it", () => {
  const forms = ["file:///c%3A/My%20Specs/a%28b%29.bottleneck", "file:///c:/My Specs/a(b).bottleneck"];
  assert.equal(new Set(forms.map(canonicalAddress)).size, 1);
  assert.deepEqual(usedAddress("..\\b#1?.bottleneck", "file:///home/ada/x/a.bottleneck"), {
    address: "file:///home/ada/b%231%3F.bottleneck",
  });
  assert.deepEqual(usedAddress("./b.bottleneck", "vscode-vfs://github/github/a.bottleneck"), {
    address: "vscode-vfs://github/github/b.bottleneck",
  });
  assert.ok("problem" in usedAddress("./b.bottleneck", "untitled:Untitled-1"));
  assert.ok("problem" in usedAddress("./b\ud800.bottleneck", location));
});

test("names that every object has name no file", () => {
  const uses = JSON.parse("{}") as Uses;
  assert.deepEqual(analyse('use "./toString.bottleneck"', { location, uses }).diagnostics, []);
});
