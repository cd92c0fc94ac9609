import assert from "node:assert/strict";
import test from "node:test";
import { flowOf as flowIn } from "../../webview/flow/index";
import type { FlowNumbers } from "../../webview/flow/drawing";
import { layoutFor } from "../../webview/flow/layout";
import { summary } from "./session";

const show = (nats: number): string => nats.toFixed(1);
const flowOf = (of: typeof summary, numbers: FlowNumbers) => flowIn(of, numbers, show, layoutFor(720));
const deterministic = {
  ...summary,
  latents: summary.latents.map((latent) => ({ ...latent, law: "deterministic", deterministic: true })),
};
const details = (of: typeof summary, rates: Record<string, number[]>, terms = {}): string[] =>
  flowOf(of, { rates, terms }).codes.map(({ detail }) => detail);
const titles = (of: typeof summary, terms: Record<string, number>): string =>
  flowOf(of, { rates: {}, terms })
    .ribbons.map(({ title }) => title)
    .join("\n");

test("a noisy code is not measured until the first look; one without noise never has a rate", () => {
  const terms = { "I(Zx; Zy)": 1 };
  for (const known of [{}, terms]) {
    for (const detail of details(summary, {}, known))
      assert.match(detail, /^gaussian\(8\), not measured yet$/);
    assert.match(titles(summary, known), /its rate is not measured yet/);
    assert.doesNotMatch(titles(summary, known), /deterministic/);
    for (const detail of details(deterministic, {}, known))
      assert.match(detail, /no rate: its width is the bottleneck/);
    assert.match(titles(deterministic, known), /a deterministic code has no rate/);
  }
  for (const detail of details(summary, { Zx: [1, 2], Zy: [1, 2] })) assert.match(detail, /^≤ 3\.0/);
});

test("a term without a value is not measured yet, whatever it will be", () => {
  assert.match(titles(summary, {}), /by infonce: not measured yet/);
  assert.match(titles(summary, { "I(Zx; Zy)": 1.5 }), /by infonce: ≥ 1\.5/);
  const id = summary.terms[3]!.id;
  assert.match(titles(summary, { [id]: -739 }), /by gaussian: its value is not information, or lacks/);
});

test("from a side panel's width to a window's, boxes are apart and inside the drawing", () => {
  for (const room of [280, 404, 480, 600, 720, 1500]) {
    const drawing = flowIn(summary, { rates: { Zx: [1, 2], Zy: [3] }, terms: {} }, show, layoutFor(room));
    assert.equal(drawing.width, Math.min(720, Math.max(404, room)));
    const ends = [drawing.modalities, drawing.codes, drawing.served].flatMap((boxes) => [
      Math.min(...boxes.map(({ x }) => x)),
      Math.max(...boxes.map(({ x, width }) => x + width)),
    ]);
    const places = [0, ...ends, drawing.width];
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  }
});
