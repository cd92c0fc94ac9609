import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { chosenOf } from "../../cli/commands/doctor";
import { commands } from "../../cli/commands/index";
import { catalogue } from "../../core/catalogue";
import { executorIds } from "../../core/train/executors/index";
import type { TableSummary } from "../../core/views/table-summary";
import { smallSpec } from "../trainer/session";
import { bottleneck, withFiles } from "./terminal";

const examples = join(import.meta.dirname, "..", "..", "examples");
const wrong = smallSpec().replace("keep I(Zx; Zy) by infonce", "compress I(Zx; Zy) by infonce");

test("without a command, or with one that is not there, the help comes and the exit code is 2", async () => {
  const none = await bottleneck();
  assert.equal(none.code, 2);
  for (const { name } of commands) assert.match(none.err, new RegExp(`^  ${name} `, "m"));
  const unknown = await bottleneck("launch");
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /unknown command launch; the commands are check, derive/);
  assert.match((await bottleneck("chek")).err, /unknown command chek; did you mean check\?/);
  assert.equal((await bottleneck("--help")).code, 0);
  assert.match((await bottleneck("--help")).out, /bottleneck --version/);
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  for (const option of ["--version", "-v"])
    assert.deepEqual(await bottleneck(option).then(({ code, out }) => [code, out.trim()]), [0, version]);
});

test("every command has a help that names its options", async () => {
  for (const { name } of commands) {
    const { code, out } = await bottleneck(name, "--help");
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^Usage: bottleneck ${name}`));
    assert.match(out, /--json/);
    assert.doesNotMatch(out, /^Usage:.* {2}/, "one blank between the words");
    assert.equal((await bottleneck("help", name)).out, out);
  }
});

test("calls that do not exist give exit code 2 and say what to do", async () => {
  const calls: [string[], RegExp][] = [
    [["check"], /give the path of a \.bottleneck file/],
    [["check", "--loud", "a"], /unknown option --loud$/m],
    [["derive", "--speck", "A", "a"], /unknown option --speck\. Did you mean --spec\?/],
    [["preview", "a", "--port", "80"], /--port needs --serve/],
    [["preview", "a", "--no-open"], /--no-open needs --serve/],
    [["doctor", "a"], /doctor takes no arguments, but "a" was given/],
    [["derive"], /give the path of a \.bottleneck file/],
    [["derive", "a", "b"], /only one file is allowed, but 2 were given/],
    [
      ["preview", join(examples, "noisy-digits.bottleneck"), "--epochs", "0"],
      /--epochs must be a whole number from 1, not "0"/,
    ],
    [
      ["preview", join(examples, "noisy-digits.bottleneck"), "--epochs", "2", "--steps", "9"],
      /--epochs and --steps both set the length/,
    ],
    [["preview", join(examples, "noisy-digits.bottleneck"), "--set", "beta"], /KNOB=NUMBER/],
    [
      ["preview", join(examples, "noisy-digits.bottleneck"), "--set", "bta=3"],
      /unknown knob bta; the spec has beta, w/,
    ],
    [
      ["preview", join(examples, "noisy-digits.bottleneck"), "--executor", "cuda"],
      /wasm, tfjs, webgpu, torch, reference/,
    ],
    [["export", join(examples, "noisy-digits.bottleneck")], /--to pytorch/],
    [["export", join(examples, "noisy-digits.bottleneck"), "--to", "keras"], /--to must be one of pytorch/],
  ];
  for (const [args, message] of calls) {
    const { code, err } = await bottleneck(...args);
    assert.equal(code, 2, args.join(" "));
    assert.match(err, message);
    assert.match(err, new RegExp(`bottleneck ${args[0]} --help`));
  }
});

test("a file that is not there gives exit code 1 and its name", async () => {
  for (const command of ["check", "derive", "preview", "export"]) {
    const { code, err } = await bottleneck(
      command,
      "/nowhere/a.bottleneck",
      ...(command === "export" ? ["--to", "pytorch"] : []),
    );
    assert.equal(code, 1);
    assert.match(err, /\/nowhere\/a\.bottleneck could not be read: there is no such file/);
  }
});

test("check shows a fault at its place, with the line and a caret below it", async () => {
  await withFiles({ "a.bottleneck": wrong, "b.bottleneck": smallSpec() }, async (path) => {
    const { code, out, err } = await bottleneck("check", path("a.bottleneck"), path("b.bottleneck"));
    assert.equal(code, 1);
    assert.match(out, /a\.bottleneck: 1 error/);
    assert.match(out, /b\.bottleneck: no errors/);
    const lines = err.split("\n");
    const source = lines.findIndex((line) => line.includes("| "));
    assert.match(lines[0]!, /a\.bottleneck:12:\d+: error: .*\[wrong-side\]$/);
    const caret = lines[source + 1]!;
    const marked = lines[source]!.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1);
    assert.match(marked, /infonce/);
    assert.equal((await bottleneck("check", path("b.bottleneck"))).code, 0);
  });
});

test("check --json gives every finding with lines and columns", async () => {
  await withFiles({ "a.bottleneck": wrong }, async (path) => {
    const { code, out, err } = await bottleneck("check", "--json", path("a.bottleneck"));
    assert.equal(code, 1);
    assert.equal(err, "");
    const [file] = JSON.parse(out) as [{ file: string; diagnostics: Record<string, unknown>[] }];
    assert.equal(file.file, path("a.bottleneck"));
    assert.equal(file.diagnostics[0]!["code"], "wrong-side");
    assert.deepEqual(Object.keys(file.diagnostics[0]!["start"] as object), ["line", "column"]);
  });
});

test("of a flood of findings the first are shown, with how many more there are", async () => {
  const text = `spec A {\n${"  modality\n".repeat(300)}}`;
  await withFiles({ "a.bottleneck": text }, async (path) => {
    const { err, out } = await bottleneck("check", path("a.bottleneck"));
    assert.equal(err.match(/: error: /g)!.length, 50);
    const [, found] = /: (\d+) errors/.exec(out)!;
    assert.match(err, new RegExp(`and ${Number(found) - 50} more`));
  });
});

test("the examples have no findings at all", async () => {
  const files = readdirSync(examples).filter((name) => name.endsWith(".bottleneck"));
  assert.ok(files.length >= 4);
  for (const name of files) {
    const { out } = await bottleneck("check", "--json", join(examples, name));
    assert.deepEqual((JSON.parse(out) as [{ diagnostics: unknown[] }])[0].diagnostics, [], name);
  }
});

test("derive --steps tells the derivation in numbered steps with LaTeX, proofs and sources", async () => {
  const { code, out } = await bottleneck("derive", "--steps", join(examples, "noisy-digits.bottleneck"));
  assert.equal(code, 0);
  assert.match(out, /^1\. Compressed information$/m);
  assert.match(out, /L\* = I\(X; Zx\)/);
  assert.match(out, /\\mathcal\{L\}/);
  for (const word of ["Side: an upper bound", "Gap: ", "Assumes: ", "Source: ", "This holds because"])
    assert.ok(out.includes(word), word);
  assert.match(out, /as in step \d+/);
});

test("table prints every method within 100 columns, and a file's specs in their cells", async () => {
  const { code, out } = await bottleneck("table");
  assert.equal(code, 0);
  for (const { method } of catalogue()) assert.ok(out.includes(method), method);
  assert.ok(Math.max(...out.split("\n").map((line) => line.length)) <= 100);
  assert.doesNotMatch(out, /◆/);
  const own = await bottleneck("table", join(examples, "vib.bottleneck"));
  assert.match(own.out, /^One view .*◆ .*\bDv\b/m);
  assert.match(own.out, /Compresses: one view\. Keeps: a target\./);
  assert.match(own.out, /supervised cross-entropy +Z with noise/);
  assert.match(own.out, /Not in the table.*IWAE/);
});

test("table --json gives each method's cell, loss and spec; a spec with errors gives exit code 1", async () => {
  const { out } = await bottleneck("table", "--json", join(examples, "vib.bottleneck"));
  const [summary] = JSON.parse(out) as [TableSummary];
  assert.deepEqual([summary.own!.row, summary.own!.column, summary.own!.nearest], ["view", "target", "dvib"]);
  assert.ok(summary.methods.every(({ loss, text }) => loss.startsWith("L = ") && text.includes("spec ")));
  await withFiles({ "a.bottleneck": wrong }, async (path) => {
    assert.equal((await bottleneck("table", path("a.bottleneck"))).code, 1);
  });
});

test("derive shows graphs, terms with bound, side and gap, the loss, and beta both ways", async () => {
  const { code, out } = await bottleneck("derive", join(examples, "noisy-digits.bottleneck"));
  assert.equal(code, 0);
  assert.match(out, /^L = KL/m);
  assert.match(out, /Zx — Zy/);
  assert.match(out, /X → Zx/);
  assert.match(out, /lower bound/);
  assert.match(out, /Gap: /);
  assert.match(out, /β = 32 on what is kept; β_VAE = 0\.0313 on the cost/);
  assert.match(out, /DVSIB/);
});

test("derive --json gives graphs and terms; a spec with errors gives exit code 1", async () => {
  const { out } = await bottleneck("derive", "--json", join(examples, "noisy-digits.bottleneck"));
  const [spec] = JSON.parse(out) as [{ terms: Record<string, string>[]; encoderGraph: { edges: unknown[] } }];
  assert.equal(spec.encoderGraph.edges.length, 2);
  assert.deepEqual(
    spec.terms.map(({ side, boundSide }) => [side, boundSide]),
    [
      ["compress", "upper"],
      ["compress", "upper"],
      ["keep", "lower"],
      ["keep", "lower"],
      ["keep", "lower"],
    ],
  );
  await withFiles({ "a.bottleneck": wrong }, async (path) => {
    const failed = await bottleneck("derive", path("a.bottleneck"));
    assert.equal(failed.code, 1);
    assert.match(failed.err, /wrong-side/);
  });
});

test("derive --json follows `// allow: code`, as check does", async () => {
  const unkept = [
    "spec A {",
    "  modality X : vector(4)",
    "  latent Z : gaussian(2) from X",
    "  compress I(X; Z)",
    "}",
    "",
  ].join("\n");
  const allowed = unkept.replace(" from X", " from X  // allow: unkept-latent");
  await withFiles({ "a.bottleneck": unkept, "b.bottleneck": allowed }, async (path) => {
    const codes = async (file: string): Promise<string[]> => {
      const { out } = await bottleneck("derive", "--json", path(file));
      const [spec] = JSON.parse(out) as [{ diagnostics: { code: string }[] }];
      return spec.diagnostics.map(({ code }) => code);
    };
    assert.ok((await codes("a.bottleneck")).includes("unkept-latent"));
    assert.ok(!(await codes("b.bottleneck")).includes("unkept-latent"));
  });
});

test("a spec is chosen by name, and a name that is not there is told", async () => {
  const two = `${smallSpec()}\n${smallSpec().replace("spec Small", "spec Other")}`;
  await withFiles({ "a.bottleneck": two }, async (path) => {
    const all = await bottleneck("derive", "--json", path("a.bottleneck"));
    assert.equal((JSON.parse(all.out) as unknown[]).length, 2);
    const other = await bottleneck("derive", "--json", "--spec", "Other", path("a.bottleneck"));
    assert.deepEqual(
      (JSON.parse(other.out) as { name: string }[]).map(({ name }) => name),
      ["Other"],
    );
    const none = await bottleneck("derive", "--spec", "Third", path("a.bottleneck"));
    assert.equal(none.code, 1);
    assert.match(none.err, /no spec Third; it has Small, Other/);
    const several = await bottleneck("export", "--to", "pytorch", path("a.bottleneck"));
    assert.equal(several.code, 2);
    assert.match(several.err, /choose one with --spec/);
  });
});

test("export writes the PyTorch text to a file or to the output", async () => {
  await withFiles({ "a.bottleneck": smallSpec() }, async (path) => {
    const shown = await bottleneck("export", "--to", "pytorch", path("a.bottleneck"));
    assert.equal(shown.code, 0);
    assert.match(shown.out, /^import torch/m);
    const written = await bottleneck("export", "--to", "pytorch", "-o", path("a.py"), path("a.bottleneck"));
    assert.equal(written.out, "");
    assert.equal(readFileSync(path("a.py"), "utf8").trimEnd(), shown.out.trimEnd());
    const loss = await bottleneck("export", "--to", "loss-only", path("a.bottleneck"));
    assert.ok(loss.out.length < shown.out.length);
    const nowhere = await bottleneck(
      "export",
      "--to",
      "pytorch",
      "-o",
      path("no/a.py"),
      path("a.bottleneck"),
    );
    assert.equal(nowhere.code, 1);
  });
});

test("doctor names every executor, how fast each is, and why one is not there", async () => {
  const { code, out } = await bottleneck("doctor", "--json");
  assert.equal(code, 0);
  const findings = JSON.parse(out) as {
    name: string;
    available: boolean;
    detail: string;
    milliseconds?: number;
    auto?: boolean;
  }[];
  assert.deepEqual(
    findings.map(({ name }) => name),
    ["node", ...executorIds, "pytorch"],
  );
  assert.ok(findings.every(({ detail }) => detail.length > 5));
  const measured = findings.filter(({ milliseconds }) => milliseconds !== undefined);
  assert.deepEqual(
    measured.map(({ name }) => name),
    findings.flatMap(({ name, available }) =>
      available && (executorIds as string[]).includes(name) ? [name] : [],
    ),
  );
  const of = (name: string): number => measured.find((one) => one.name === name)!.milliseconds!;
  // Plain loops take many times as long as kernels.
  assert.ok(of("wasm") > 0 && of("reference") > 3 * of("wasm"), JSON.stringify(measured));
  assert.equal(findings.filter(({ auto }) => auto).length, 1, "`auto` trains with one of them");
});

test("of the executors that it tries, doctor names the one that auto would go on with", () => {
  const timed = (name: string, milliseconds?: number) => ({
    name,
    available: milliseconds !== undefined,
    detail: "",
    ...(milliseconds !== undefined && { milliseconds }),
  });
  const found = [timed("wasm", 10), timed("tfjs", 1), timed("webgpu", 7), timed("torch", 6), timed("none")];
  const chosen = (tried: string[]): string | undefined => chosenOf(found, "wasm", tried)?.name;
  assert.equal(chosen(["webgpu", "torch", "none"]), "torch");
  assert.equal(chosen(["none"]), "wasm");
  assert.equal(chosenOf([timed("wasm", 10), timed("torch", 9)], "wasm", ["torch"])?.name, "wasm");
});

test("recognise tells the method, what differs and beta on both sides", async () => {
  await withFiles({ "wrong.bottleneck": wrong }, async (path) => {
    const { code, out } = await bottleneck("recognise", "--json", join(examples, "noisy-digits.bottleneck"));
    assert.equal(code, 0);
    const [found] = JSON.parse(out) as Record<string, unknown>[];
    assert.deepEqual(
      [found!["match"], found!["method"], found!["difference"], found!["beta"]],
      [
        "near",
        "DVSIB",
        "DVSIB, InfoNCE instead of MINE, I(X; Zx) and I(Y; Zy) with separate weights",
        { kept: 32, cost: 1 / 32 },
      ],
    );
    assert.deepEqual(found!["aliases"], ["deep variational symmetric information bottleneck"]);
    assert.deepEqual(found!["variants"], [
      "I(Zx; Zy) by InfoNCE",
      "in the source, beta multiplies the kept terms",
    ]);
    assert.deepEqual(found!["limits"], ["noiseless it is DSIB"]);
    const told = await bottleneck("recognise", join(examples, "vib.bottleneck"));
    assert.match(told.out, /^VIB is DVIB\n[^]*beta 32 on the kept terms; 0\.03125 on the compressed terms/);
    assert.equal((await bottleneck("recognise", path("wrong.bottleneck"))).code, 1);
  });
});

const ANNEALED = `spec A {
  data "planted-factors" { samples = 300 }
  modality X : vector(64)
  modality Y : vector(64)
  latent Z : gaussian(2) from X
  knob beta = 4 in 0.1 .. 100 log
  anneal beta from 100 over 400 epochs
  compress I(X; Z)
  keep I(X; Z)
  train { epochs = 5, batch = 64 }
}`;

test("a schedule is part of the loss: check, derive and the exported file say where it leads", async () => {
  await withFiles({ "a.bottleneck": ANNEALED }, async (path) => {
    const course = /beta goes from 100 to 4 over 400 epochs; after the 5 epochs of this spec it\s+is\s+96\.1/;
    const file = path("a.bottleneck");
    const checked = (await bottleneck("check", file)).err;
    assert.match(
      checked,
      /takes\s+400\s+epochs\s+and\s+training\s+ends\s+after\s+5:\s+`beta`\s+is\s+96\.1\s+then/,
    );
    assert.match((await bottleneck("derive", file)).out, course);
    assert.match((await bottleneck("derive", "--steps", file)).out, course);
    const [derived] = JSON.parse((await bottleneck("derive", "--json", file)).out) as {
      schedules: object[];
    }[];
    assert.equal(derived!.schedules.length, 1);
    assert.match((await bottleneck("export", "--to", "pytorch", file)).out, course);
  });
});
