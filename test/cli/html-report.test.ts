/** The report of a run as one HTML file: whole, by itself, and safe whatever a name holds. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { htmlReport } from "../../core/report/html";
import { emptyRun, fold } from "../../core/train/run-state";
import { isPhase, smallSpec, startHost } from "../trainer/session";
import { bottleneck, withFiles } from "./terminal";

const TITLE = "</title><script>alert(1)</script><img src=x onerror=alert(1)> & it's";

/** Elements that are open at its end, or are closed in another order. */
function unbalanced(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, close, name, rest] of html.matchAll(/<(\/?)([a-z][\w-]*)((?:"[^"]*"|[^>"])*)>/gi)) {
    if (close === "/") {
      if (open.pop() !== name) wrong.push(name!);
    } else if (name !== "meta" && !rest!.endsWith("/")) open.push(name!);
  }
  return [...wrong, ...open];
}

/** One page that asks for nothing and runs nothing. */
function assertByItself(html: string): void {
  assert.match(html, /^<!doctype html>\n/);
  assert.ok(html.endsWith("</html>\n"));
  assert.deepEqual(unbalanced(html), []);
  assert.doesNotMatch(html, /<(?:script|img|link|iframe|object|base|form|a)\b/i);
  const tags = html.match(/<[^>]*>/g)!.join("\n");
  assert.doesNotMatch(tags, /\s(?:src|href|srcset|style|on\w+)\s*=|https?:/i);
  assert.doesNotMatch(html, /@import|url\((?!#)/i);
  assert.doesNotMatch(html, /undefined|NaN|\[object/);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length, "an id is there twice");
  for (const [, id] of html.matchAll(/url\(#([\w-]+)\)/g)) assert.ok(ids.includes(id), id);
}

test("preview --report writes one page with sentence, loss, graphs, tables and settings, with its names escaped", async () => {
  const spec = smallSpec().replace("spec Small {", `spec Small "${TITLE}" {`);
  await withFiles({ "a.bottleneck": spec, "mine.html": "<p>mine</p>\n" }, async (path) => {
    const args = ["preview", path("a.bottleneck"), "--threads", "1", "--seed", "5", "--set", "beta=4"];
    const foreign = await bottleneck(...args, "--report", path("mine.html"));
    assert.equal(foreign.code, 1);
    assert.match(foreign.err, /mine\.html is not a report of Bottleneck; name another with --report/);
    assert.equal(foreign.out, "", "nothing is trained for a report that cannot be written");
    assert.equal(readFileSync(path("mine.html"), "utf8"), "<p>mine</p>\n");

    const { code, out, err } = await bottleneck(...args, "--report", path("run.html"));
    assert.equal(code, 0, err);
    const html = readFileSync(path("run.html"), "utf8");
    assertByItself(html);
    assert.ok(
      html.includes("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &amp; it's"),
    );
    for (const heading of [
      "Loss",
      "Training",
      "Graphs",
      "Terms",
      "Verdicts",
      "Rates",
      "Kept and discarded",
      "Settings",
    ])
      assert.match(html, new RegExp(`<h2>${heading}\\b`));
    assert.equal([...html.matchAll(/<svg /g)].length, 3);
    assert.equal([...html.matchAll(/<polyline points="[\d., ]+"/g)].length, 2);
    assert.match(html, /@media \(prefers-color-scheme: dark\)/);
    assert.match(html, /<td>Seed<\/td><td>5<\/td>/);
    assert.match(html, /<td>Length<\/td><td>4 epochs<\/td>/);
    assert.match(html, /<td>Data<\/td><td>noisy-digits, samples = 192, /);
    assert.match(html, /<td>Knob beta<\/td><td>4<\/td>/);
    assert.match(html, /<td>Steps<\/td><td>24 of 24 in /);
    // The very numbers that the terminal shows.
    const cells = /keep\s+I\(Zx; Zy\)\s+(\S+)\s+−β = (\S+)\s/.exec(out)!;
    assert.ok(html.includes(`<td>I(Zx; Zy)</td><td>${cells[1]}</td><td>−β = ${cells[2]}</td>`));
    assert.match(html, /<td>Zx<\/td><td>\d+\.\d\d \[\d+\.\d\d, \d+\.\d\d\]/);

    const again = await bottleneck(...args, "--steps", "2", "--report", path("run.html"));
    assert.equal(again.code, 0, "a report replaces a report");
    assert.match(readFileSync(path("run.html"), "utf8"), /<td>Length<\/td><td>2 steps<\/td>/);
    const served = await bottleneck(...args, "--serve", "--report", path("other.html"));
    assert.equal(served.code, 2);
    assert.ok(!existsSync(path("other.html")));
  });
});

test("no text of a run is markup in its report", async () => {
  const host = startHost();
  try {
    host.open(smallSpec());
    await host.until(isPhase("finished"));
    const run = host.heard.reduce(fold, emptyRun());
    run.findings = [
      { code: "made-up", severity: "warning", message: "m" },
      { code: "made-up", severity: "error", message: "m", about: "Zx" },
    ];
    run.leftBehind = [
      {
        target: "digit",
        share: 0.1,
        accuracyByCodes: 0,
        accuracyByStreams: 1,
        low: 0.9,
        high: 1,
        apart: [{ factor: "f", value: "v", lift: 2 }],
        samples: [1, 2],
      } as unknown as (typeof run.leftBehind)[number],
    ];
    // Pictures are markup, of escaped names; ids name entries of fixed lists.
    const fixed = new Set([
      "id",
      "kind",
      "unit",
      "phase",
      "verdict",
      "side",
      "boundSide",
      "severity",
      "because",
    ]);
    const hostile = (value: unknown, key = ""): unknown => {
      if (typeof value === "string") return fixed.has(key) ? value : `${value}"><script>alert(1)</script>`;
      if (Array.isArray(value)) return value.map((one) => hostile(one, key));
      if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
      if (key === "derivation") return value;
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one, name)]));
    };
    const html = htmlReport(hostile(run) as typeof run, 1, [["<b>", TITLE]]);
    assertByItself(html);
    assert.ok(html.split("&lt;script&gt;").length > 40);
  } finally {
    await host.close();
  }
});
