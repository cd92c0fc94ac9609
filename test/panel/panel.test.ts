import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { MeasuredValue, TermSummary } from "../../core/train/protocol";
import type { Samples } from "../../core/train/shown";
import { derivationPageOf } from "../../services/derivation";
import { fixture, twoViews } from "../services/fixture";
import { browser, pictures, skip } from "./browser";
import { openPanel, soon } from "./page";
import { session, summary } from "./session";

const looks = [
  { name: "light", colorScheme: "light" },
  { name: "dark", colorScheme: "dark" },
  { name: "contrast", colorScheme: "dark", forcedColors: "active" },
  { name: "narrow", colorScheme: "light", width: 480 },
] as const;

for (const { name, ...options } of looks)
  test(`panel draws a whole run (${name})`, { skip }, async () => {
    const panel = await openPanel(browser, options);
    panel.send(session());
    await panel.page.getByText("digit: Zx 0.83").waitFor();
    await panel.page.waitForTimeout(200);
    await panel.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });

test(
  "says that it has drawn the spec once it is opened, so that the training can begin",
  { skip },
  async () => {
    const panel = await openPanel(browser);
    const [opened, ...others] = session(0).sort(
      (a, b) => Number(b.kind === "opened") - Number(a.kind === "opened"),
    );
    await panel.page.waitForTimeout(100);
    assert.deepEqual(panel.said, ["ready", "hello"]);
    panel.send([opened!]);
    await panel.page.getByRole("heading", { level: 1 }).waitFor();
    panel.send(others);
    await panel.page.waitForTimeout(200);
    assert.deepEqual(panel.said, ["ready", "hello", "shown"]);
    await panel.close();
  },
);

test("turning a knob tells the host at once, and Write to spec tells the editor", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300));
  const slider = panel.page.getByRole("slider", { name: "beta" });
  await slider.focus();
  await slider.press("ArrowRight");
  await panel.page.getByRole("button", { name: "Write to spec" }).first().click();
  await soon(panel.page, () => (panel.sent.at(-1) as { kind: string } | undefined)?.kind, "write");
  const knobs = panel.sent.filter((message) => (message as { kind: string }).kind === "knob") as {
    value: number;
  }[];
  assert.equal(knobs.length, 1);
  assert.ok(knobs[0]!.value > 32 && knobs[0]!.value < 40, `beta became ${knobs[0]!.value}`);
  assert.deepEqual(panel.sent.at(-1), {
    kind: "write",
    change: { kind: "knob", name: "beta", value: knobs[0]!.value },
  });
  await panel.close();
});

test(
  "the fix of a finding is a button that says what it writes, and tells the editor",
  { skip },
  async () => {
    const panel = await openPanel(browser);
    panel.send(session(300));
    await panel.page.getByRole("button", { name: "Apply: Set batch to 512" }).click();
    const change = { kind: "setting", name: "batch", value: 512 };
    await soon(panel.page, () => panel.sent.at(-1), { kind: "write", change });
    await panel.close();
  },
);

test("the token goes to the socket and out of the address bar", { skip }, async () => {
  const panel = await openPanel(browser, { search: "?token=secret" });
  panel.send(session(300));
  await panel.page.getByText("training · epoch").waitFor();
  assert.equal(panel.line(), "/?token=secret");
  assert.deepEqual([new URL(panel.page.url()).pathname, new URL(panel.page.url()).search], ["/", ""]);
  // A page that is loaded anew still has it; no cookie has, which every port of this machine would be sent.
  const [socket] = await Promise.all([panel.page.waitForEvent("websocket"), panel.page.reload()]);
  assert.match(socket.url(), /\/\?token=secret$/);
  assert.deepEqual(await panel.page.context().cookies(), []);
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

test("a verdict that cannot be given says why, in the hover of its bar", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session());
  const bar = panel.page.locator(".kept tbody tr").first().locator(".bar").first();
  for (const [because, words] of [
    ["constant", "cannot be judged: these samples have one value of it"],
    ["one-class", "cannot be judged: these samples are all of one class"],
    ["few-rows", "cannot be judged: too few samples, or too few of a class"],
  ] as const) {
    const verdicts = [{ code: "Zx", factor: "digit", verdict: "unjudged" as const, because }];
    panel.send([{ kind: "verdicts", generation: 1, step: 620, verdicts, confusions: [], sentence: because }]);
    await panel.page.getByText(because, { exact: true }).waitFor();
    assert.ok((await bar.getAttribute("title"))!.endsWith(`; ${words}`));
    assert.ok((await bar.locator("[role=img]").getAttribute("aria-label"))!.endsWith(words));
  }
  await panel.close();
});

test(
  "a learned temperature is beside its term: where it starts, what it is now, and its limit",
  { skip },
  async () => {
    const panel = await openPanel(browser);
    const id = "I(Zx; Zy)";
    const messages = session().map((message) =>
      message.kind === "opened"
        ? {
            ...message,
            summary: {
              ...message.summary,
              terms: message.summary.terms.map((term) => ({
                ...term,
                ...(term.id === id && { temperature: 0.1, weightText: "−32" }),
              })),
            },
          }
        : message,
    );
    panel.send(messages);
    const beside = panel.page.locator(".terms tr", { hasText: id }).locator(".temperature");
    assert.equal(await beside.innerText(), "temperature 0.10");
    assert.equal(await panel.page.locator(".temperature").count(), 1);
    const weight = panel.page.locator(".terms tr", { hasText: id }).locator(".weight");
    assert.equal(await weight.innerText(), "−32", "a weight that is a number is written once");
    assert.match(
      (await beside.getAttribute("title"))!,
      /It starts at 0\.10; it is kept between 0\.01 and 100\.$/,
    );
    for (const [value, text] of [
      [0.0234, "temperature 0.023"],
      [0.01, "temperature 0.010, its lower limit"],
      [100, "temperature 100, its upper limit"],
    ] as const) {
      panel.send([
        {
          kind: "measurements",
          generation: 1,
          step: 620,
          measurements: [{ id: "temperature", term: id, value, low: value, high: value, unit: "number" }],
        },
      ]);
      await panel.page.getByText(text, { exact: true }).waitFor();
    }
    assert.equal(await panel.page.locator(".kept", { hasText: "temperature" }).count(), 0);
    assert.deepEqual(panel.errors, []);
    await panel.page.screenshot({ path: join(pictures, "temperature.png"), fullPage: true });
    await panel.close();
  },
);

for (const width of [400, 600, 860, 1200])
  test(`knobs, Run and the first sentence stay in view over the flow (${width} px)`, { skip }, async () => {
    const panel = await openPanel(browser, { width, height: 700 });
    const { page } = panel;
    panel.send(session(300));
    const dock = [
      page.getByRole("button", { name: "Pause" }),
      page.getByRole("button", { name: "Start over" }),
      ...["beta", "w"].map((name) => page.getByRole("slider", { name, exact: true })),
      page.getByRole("button", { name: "Write to spec" }).last(),
      page.locator(".dock .sentence"),
    ];
    const flow = page.getByRole("button", { name: /^Zx/ }).first();
    await flow.waitFor();
    const seen = async (): Promise<void> => {
      let bottom = 0;
      for (const part of dock) {
        const { x, y, width: wide, height } = (await part.boundingBox())!;
        assert.ok(x >= 0 && x + wide <= width && y >= 0, `${String(part)} is at ${x}, ${y}`);
        bottom = Math.max(bottom, y + height);
      }
      const box = (await flow.boundingBox())!;
      assert.ok(box.y >= bottom && box.y + box.height <= 700, `the code is at ${box.y}, below ${bottom}`);
    };
    await flow.evaluate((element) => element.scrollIntoView({ block: "start" }));
    assert.ok((await page.evaluate(() => scrollY)) > 0, "the page scrolls");
    await seen();
    // What is reached by the tab key is not behind what stays in view.
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await flow.focus();
    await seen();
    await panel.close();
  });

test("each card has room for what is in it, at widths of one and of two columns", { skip }, async () => {
  const panel = await openPanel(browser, { height: 900 });
  const { page } = panel;
  panel.send(session(300));
  await page.getByText("digit: Zx 0.83").waitFor();
  for (const width of [480, 700, 861, 900, 1000, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = (): Promise<(string | null | undefined)[]> =>
      page
        .locator("section.card")
        .evaluateAll((cards) =>
          cards.flatMap((card) =>
            card.scrollWidth > card.clientWidth ? [card.querySelector("h2")?.textContent] : [],
          ),
        );
    // Charts take their new width some frames after the page.
    for (let tries = 0; tries < 50 && (await wide()).length > 0; tries++) await page.waitForTimeout(20);
    assert.deepEqual(await wide(), [], `${width} px`);
  }
  await panel.close();
});

test("the rest of what was kept is read after its first sentence", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300));
  const first = panel.page.locator(".dock .sentence");
  await panel.page.getByText("digit: Zx 0.83").waitFor();
  assert.equal(await first.textContent(), "digit: Zx 0.83, Zy 0.81, chance 0.10.");
  assert.equal(
    await panel.page.locator(".sentence.rest").textContent(),
    "angle: Zx 0.05, Zy 0.01, chance 0.",
  );
  await panel.close();
});

test(
  "a knob turned after the end says that training goes on, and terms weigh what it makes them",
  { skip },
  async () => {
    const panel = await openPanel(browser);
    const { page } = panel;
    panel.send(session(300));
    await page.getByText("training · epoch").waitFor();
    const { terms, steps } = summary;
    const kept = terms.find(({ weightText }) => weightText === "−β")!;
    const weights = { [kept.id]: -7 };
    panel.send([
      { kind: "turned", generation: 1, knobs: { beta: 7 }, weights, weightsAtEnd: weights },
      { kind: "phase", generation: 1, phase: "training" },
      {
        kind: "progress",
        generation: 1,
        step: steps + 10,
        steps: 2 * steps,
        epoch: 10.1,
        epochs: 20,
        millisecondsPerStep: 14,
        secondsLeft: 5,
        weights,
      },
    ]);
    await page.getByText(`Training goes on after step ${steps} with beta = 7, up to step`).waitFor();
    const weight = page.getByRole("cell", { name: "−β = −7.00", exact: true });
    await weight.waitFor();
    assert.doesNotMatch((await weight.getAttribute("title"))!, /when training ends/);
    await panel.close();
  },
);

test("a typed knob is clamped to its range", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300));
  await panel.page.getByRole("spinbutton", { name: "beta, typed" }).fill("5000");
  await panel.page.keyboard.press("Enter");
  await soon(panel.page, () => panel.sent.at(-1), { kind: "knob", name: "beta", value: 1024 });
  await panel.close();
});

test(
  "every box and link of the flow is reached by the tab key, and Enter shows it in the text",
  { skip },
  async () => {
    const panel = await openPanel(browser);
    panel.send(session(300));
    const { page } = panel;
    await page.locator("svg.flow .box.code").first().waitFor();
    const shapes = await page.locator("svg.flow [role='button'], svg.flow [role='img']").count();
    await page.evaluate(() => document.querySelector<SVGElement>("svg.flow [tabindex]")!.focus());
    const reached = new Set<number>();
    for (let i = 0; i < shapes; i++) {
      reached.add(
        await page.evaluate(() => {
          const all = [...document.querySelectorAll("svg.flow [role]")];
          return document.activeElement!.getAttribute("aria-label")
            ? all.indexOf(document.activeElement!)
            : -1;
        }),
      );
      await page.keyboard.press("Tab");
    }
    assert.equal(reached.size, shapes);
    assert.ok(!reached.has(-1), "each has a name");
    await page.locator("svg.flow .box.code").first().focus();
    await page.keyboard.press("Enter");
    await soon(page, () => panel.sent.at(-1), { kind: "reveal", name: "Zx" });
    await panel.close();
  },
);

test("what has no effect now says why, and what acts later says when", { skip }, async () => {
  const panel = await openPanel(browser);
  const { page } = panel;
  panel.send(session(300));
  await page.getByText("training · epoch").waitFor();
  assert.equal(await page.getByText("a turned knob").count(), 0);
  const say = (phase: "paused" | "finished" | "loading") =>
    panel.send([{ kind: "phase", generation: 1, phase }]);
  say("paused");
  await page.getByText("Training is paused: a turned knob acts once it runs again.").waitFor();
  say("finished");
  await page.getByText("Training has finished: turning a knob continues it.").waitFor();
  assert.ok(await page.getByRole("button", { name: "Continue training" }).isEnabled());
  say("loading");
  await page.getByText("The data is still loading.").waitFor();
  const run = page.getByRole("button", { name: "Run" });
  assert.ok(await run.isDisabled());
  assert.equal(await run.getAttribute("title"), "The data is still loading.");
  assert.ok(await page.getByRole("slider", { name: "beta" }).isDisabled());
  await page.keyboard.press("Space");
  await page.waitForTimeout(50);
  assert.deepEqual(panel.sent, []);
  await panel.close();
});

test("colours are drawn in colour, and texts as words", { skip }, async () => {
  const panel = await openPanel(browser);
  const colours = Uint8Array.of(255, 0, 0, 0, 0, 255);
  panel.send([
    ...session(300),
    {
      kind: "samples",
      generation: 1,
      step: 300,
      samples: [
        { kind: "pictures", stream: "photo", count: 1, height: 1, width: 2, channels: 3, original: colours },
        { kind: "texts", stream: "caption", original: ["a red box"], reconstruction: ["box red big"] },
      ],
    },
  ]);
  const { page } = panel;
  await page.getByRole("cell", { name: "a red box" }).waitFor();
  await page.getByRole("cell", { name: "box red big" }).waitFor();
  const drawn = await page
    .getByRole("img", { name: "1 sample of photo, original" })
    .evaluate((canvas: HTMLCanvasElement) => [...canvas.getContext("2d")!.getImageData(0, 0, 2, 1).data]);
  assert.deepEqual(drawn, [255, 0, 0, 255, 0, 0, 255, 255]);
  await page.getByRole("heading", { name: "Originals and reconstructions" }).waitFor();
  // Where nothing is reconstructed, the heading does not say so.
  const words: Samples = { kind: "texts", stream: "caption", original: ["a red box"] };
  panel.send([{ kind: "samples", generation: 1, step: 301, samples: [words] }]);
  await page.getByRole("heading", { name: "Held-out samples" }).waitFor();
  assert.equal(await page.getByRole("heading", { name: "Originals and reconstructions" }).count(), 0);
  await panel.close();
});

for (const { name, ...options } of looks)
  test(`shows who is left behind, and a click opens one (${name})`, { skip }, async () => {
    const panel = await openPanel(browser, options);
    panel.send([
      ...session(620),
      {
        kind: "left-behind",
        generation: 1,
        step: 620,
        leftBehind: [
          {
            target: "outcome",
            share: 0.05,
            accuracyByCodes: 0.02,
            accuracyByStreams: 0.98,
            low: 0.9,
            high: 1,
            apart: [{ factor: "rare", value: 1, lift: 20 }],
            samples: [612, 640, 655],
            quarters: false,
            shown: {
              truth: [0, 0],
              byStreams: [0, 0],
              byCodes: [3, 4],
              samples: [
                {
                  kind: "pictures",
                  stream: "picture",
                  count: 2,
                  height: 2,
                  width: 2,
                  channels: 3,
                  original: Uint8Array.from({ length: 24 }, (_, i) => (i < 12 ? 255 : 10 * i)),
                },
                { kind: "texts", stream: "caption", original: ["a red box", "a green disc"] },
              ],
            },
          },
        ],
      },
    ]);
    const { page } = panel;
    const group = page.getByRole("region", { name: "Left behind" });
    await group
      .getByText("5.0 % of the held-out samples (3): the streams predict outcome for 0.98")
      .waitFor();
    await group.getByText("rare = 1 (20.0 times as many)").waitFor();
    await group.getByRole("button", { name: "row 640" }).click();
    await group.getByText("a green disc").waitFor();
    await group.getByRole("row", { name: "codes predict 4" }).waitFor();
    await group.scrollIntoViewIfNeeded();
    await group.screenshot({ path: join(pictures, `left-behind-${name}.png`) });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
    await group.getByRole("button", { name: "row 640" }).click();
    await group.getByText("a green disc").waitFor({ state: "detached" });
    // Of a spec without targets: by reconstruction, with nothing predicted.
    panel.send([
      {
        kind: "left-behind",
        generation: 1,
        step: 620,
        leftBehind: [
          {
            ...{ target: null, stream: "caption", share: 0.02, samples: [612, 640] },
            ...{ accuracyByCodes: null, accuracyByStreams: null, low: null, high: null },
            apart: [{ factor: "caption", value: '"green" from 0.5', lift: 9 }],
            shown: {
              samples: [{ kind: "texts", stream: "caption", original: ["a red box", "a green disc"] }],
            },
          },
        ],
      },
    ]);
    await group.getByText("caption differs from that of all other samples").waitFor();
    await group.getByText('caption "green" from 0.5 (9.0 times as many)').waitFor();
    await group.getByRole("button", { name: "row 640" }).click();
    await group.getByText("a green disc").waitFor();
    assert.equal(await group.getByText("codes predict").count(), 0);
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });

test("charts take the colours of a changed theme at once", { skip }, async () => {
  const open = async (colorScheme: "light" | "dark") => {
    const panel = await openPanel(browser, { colorScheme });
    panel.send(session(620));
    const chart = panel.page.locator(".chart canvas").first();
    await chart.waitFor();
    await panel.page.waitForTimeout(300);
    return { ...panel, drawn: () => chart.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()) };
  };
  const [light, dark] = [await open("light"), await open("dark")];
  const wanted = await dark.drawn();
  assert.notEqual(await light.drawn(), wanted);
  await light.page.emulateMedia({ colorScheme: "dark" });
  await light.page.waitForTimeout(300);
  assert.equal(await light.drawn(), wanted);
  await light.close();
  await dark.close();
});

test("keys run, pause and reset", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300));
  await panel.page.getByText("training · epoch").waitFor();
  await panel.page.keyboard.press("Space");
  await panel.page.keyboard.press("r");
  await soon(panel.page, () => panel.sent.slice(-2), [{ kind: "pause" }, { kind: "reset" }]);
  await panel.close();
});

test(
  "the run before has a quiet button that says which it is, or why it does not fit",
  { skip },
  async () => {
    const panel = await openPanel(browser);
    const { page } = panel;
    panel.send(session(300));
    await page.getByText("training · epoch").waitFor();
    const button = page.getByRole("button", { name: "Restore the previous run" });
    assert.equal(await button.count(), 0);
    const at = new Date(2026, 2, 1, 14, 5).getTime();
    const run = { spec: "NoisyDigits", step: 1240, at, identity: summary.identity };
    panel.send([{ kind: "previous", run }]);
    await button.waitFor();
    assert.ok(await button.isEnabled());
    assert.equal(
      await button.getAttribute("title"),
      "NoisyDigits at step 1,240, kept 2026-03-01 14:05. Training is paused after it, and the present run is kept instead.",
    );
    await page.screenshot({ path: join(pictures, "previous.png") });
    await button.click();
    await soon(page, () => panel.sent, [{ kind: "restorePrevious" }]);
    for (const [other, why] of [
      [{ program: "07e4" }, /step 1,240, kept .*: it is of another program\. Undo the edit of the spec/],
      [{ data: "07e4" }, /step 1,240, kept .*: it is of other data\. Undo the edit of `data`/],
    ] as const) {
      panel.send([{ kind: "previous", run: { ...run, identity: { ...run.identity, ...other } } }]);
      await page.waitForTimeout(50);
      assert.ok(await button.isDisabled());
      assert.match((await button.getAttribute("title"))!, why);
    }
    panel.send([{ kind: "previous" }]);
    await button.waitFor({ state: "detached" });
    assert.deepEqual(panel.errors, []);
    await panel.close();
  },
);

test("a broken text keeps the last preview and says so", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300));
  panel.send([
    {
      kind: "rejected",
      generation: 2,
      diagnostics: [
        {
          code: "syntax",
          severity: "error",
          message: "Expected a name after `latent`.",
          range: { start: 0, end: 1 },
        },
      ],
    },
  ]);
  await panel.page.getByText("Expected a name after").waitFor();
  assert.ok(await panel.page.getByText(`${summary.shortLoss} (before this edit)`).isVisible());
  await panel.close();
});

test("what a stale run still says is dropped", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300, 5));
  panel.send([
    { kind: "verdicts", generation: 4, step: 1, verdicts: [], confusions: [], sentence: "from an older run" },
  ]);
  await panel.page.getByText("digit: Zx 0.83").waitFor();
  assert.equal(await panel.page.getByText("from an older run").count(), 0);
  await panel.close();
});

test("a click on a term asks the editor to show it", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300));
  await panel.page.getByRole("button", { name: "I(Zx; Zy)", exact: true }).click();
  await soon(panel.page, () => panel.sent.at(-1), { kind: "reveal", name: "I(Zx; Zy)" });
  await panel.close();
});

test("the derivation is a page of its own, drawn in MathML", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session(300));
  await panel.page.getByRole("tab", { name: "Preview" }).focus();
  for (const page of ["Data", "Codes", "Studies", "Derivation"]) {
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.getByRole("tab", { name: page, selected: true }).waitFor();
  }
  await panel.page.getByRole("img", { name: "Encoder graph" }).waitFor();
  assert.equal(await panel.page.locator("math").count(), 3);
  assert.ok(await panel.page.getByRole("heading", { name: "compress I(X; Zx) by kl" }).isVisible());
  for (const told of ["an upper bound", "the codes, over all data"])
    assert.ok(await panel.page.getByText(told).isVisible());
  assert.equal(await panel.page.getByRole("button", { name: "Copy as LaTeX" }).count(), 1);
  await panel.page.screenshot({ path: join(pictures, "derivation.png"), fullPage: true });
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

test("the terms at the cursor of the text are lit, until it leaves them", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session());
  const lit = panel.page.locator("tr[aria-current=true]");
  await panel.page.getByText("digit: Zx 0.83").waitFor();
  assert.equal(await lit.count(), 0);
  const link = summary.terms.find(({ bound }) => bound === "infonce")!;
  panel.send([{ kind: "cursor", terms: [link.id] }]);
  await lit.waitFor();
  assert.match(await lit.innerText(), /I\(Zx; Zy\)/);
  assert.equal(await panel.page.locator(".ribbon.lit").count(), 2, "from both codes");
  await panel.page.screenshot({ path: join(pictures, "lit.png"), fullPage: true });
  // What is not of the protocol changes nothing.
  panel.send([{ kind: "cursor", terms: [1] } as never]);
  await panel.page.waitForTimeout(100);
  assert.equal(await lit.count(), 1);
  panel.send([{ kind: "cursor", terms: [] }]);
  await lit.waitFor({ state: "detached" });
  await panel.close();
});

for (const { name, ...options } of looks)
  test(
    `a derivation has a page of its own, typeset, which stays while the text is broken (${name})`,
    { skip },
    async () => {
      const panel = await openPanel(browser, { ...options, alone: "derivation" });
      while (panel.said.length === 0) await panel.page.waitForTimeout(10);
      assert.deepEqual(panel.said, ["ready"]);
      panel.send([{ kind: "derivation" }]);
      await panel.page.getByText("once the spec has no errors").waitFor();
      const { document } = fixture(twoViews);
      const page = derivationPageOf(document, "Shared")!;
      panel.send([{ kind: "derivation", page }]);
      await panel.page.getByRole("heading", { name: "Shared" }).waitFor();
      assert.ok((await panel.page.locator("math").count()) > 5);
      assert.equal(await panel.page.locator(".graph svg").count(), 2);
      assert.equal(await panel.page.getByText("before this edit").count(), 0);
      await panel.page.screenshot({ path: join(pictures, `derivation-alone-${name}.png`) });
      const overflow = await panel.page.evaluate(
        () => globalThis.document.documentElement.scrollWidth - innerWidth,
      );
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than its window`);
      panel.send([{ kind: "derivation", page: { ...page, current: false } }]);
      await panel.page.getByText("before this edit").waitFor();
      assert.deepEqual(panel.errors, []);
      await panel.close();
    },
  );

test("what is discarded has a number with its side, or says that it cannot be told", { skip }, async () => {
  const panel = await openPanel(browser);
  panel.send(session());
  const discarded = panel.page.locator(".discarded");
  const says = async (text: string): Promise<void> => {
    await panel.page.waitForTimeout(50);
    assert.equal((await discarded.innerText()).replace(/\s+/g, " ").trim(), text);
  };
  await discarded.getByText("digit").first().waitFor();
  await says("Discarded: digit 0.040 to 0.49 nats cannot tell for angle");
  const measured = (factor: string, low: number, high: number | null): void =>
    panel.send([
      {
        kind: "measurements",
        generation: 1,
        step: 620,
        measurements: [{ id: "information-discarded", factor, value: low, low, high, unit: "nats" }],
      },
    ]);
  measured("digit", 0, 0.49);
  await says("Discarded: digit at most 0.49 nats cannot tell for angle");
  measured("angle", 0.3, null);
  await says("Discarded: angle at least 0.30 nats cannot tell for digit");
  panel.send(session(300, 2).filter(({ kind }) => kind === "opened" || kind === "phase"));
  await says("Discarded: cannot tell before the training ends, when all codes are read together.");
  assert.deepEqual(panel.errors, []);
  await panel.close();
});

for (const width of [1000, 1100])
  test(
    `terms of the longest names and weights of the examples fit a page of ${width} px`,
    { skip },
    async () => {
      const panel = await openPanel(browser, { width });
      const long: Partial<TermSummary> = {
        text: "I(movement; Zm, Wm)",
        bound: "gaussian",
        weightText: "−β·0.2",
        weight: -3.2,
        entropy: { of: "movement" },
      };
      const terms = summary.terms.map((one, i) => (i === 3 ? { ...one, ...long } : one));
      panel.send([
        ...session(620),
        { kind: "opened", generation: 2, summary: { ...summary, terms }, restarted: false },
      ]);
      const table = panel.page.locator(".terms", { hasText: "I(movement; Zm, Wm)" });
      const cut = await table.evaluate((own) => own.scrollWidth - own.parentElement!.clientWidth);
      assert.ok(cut <= 0, `${cut} px of the table are cut`);
      await panel.close();
    },
  );

test(
  "what two codes share is at most so much, and no leak is said of a small limit alone",
  { skip },
  async () => {
    const panel = await openPanel(browser);
    const limit = (code: string, factor: string, high: number): MeasuredValue => ({
      ...{ id: "shared-at-most", code, factor, value: high / 2, low: 0, high, unit: "nats" },
    });
    const measured = [limit("Zx", "Zy", 0.044), limit("Zy", "Zx", 2.5)];
    panel.send([...session(620), { kind: "measurements", generation: 1, step: 620, measurements: measured }]);
    const rows = panel.page.locator("table.apart tbody tr");
    assert.match(await rows.nth(0).innerText(), /Zx\s+≤ 0\.05\s+no leak/);
    assert.match(await rows.nth(1).innerText(), /Zy\s+≤ 2\.50/);
    assert.doesNotMatch(await rows.nth(1).innerText(), /no leak/);
    await panel.close();
  },
);
