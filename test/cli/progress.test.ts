/** Progress is one line at any width, and the report is broken at the terminal's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ProgressLine, studyProgressText } from "../../cli/progress";
import { columnsOf, createStyle, truncated, wrap } from "../../cli/terminal";

test("a progress line is cut before the terminal would wrap it", () => {
  const text = "SharedDigit ━━━━━━────── epoch 4.2 of 10 · 11.3 ms a step · 6 s left · I(Zx; Zy) 1.42";
  for (const columns of [2, 20, 40, 79, 80, 200]) {
    let shown = "";
    const line = new ProgressLine({
      out: assert.fail,
      err: (written) => (shown += written),
      interactive: true,
      columns,
      style: createStyle(false),
    });
    line.show(text);
    const [, drawn = ""] = shown.split("\r\u001b[2K");
    assert.ok(columnsOf(drawn) < columns, `${columnsOf(drawn)} columns of ${columns}`);
    assert.equal(drawn, columns > columnsOf(text) ? text : truncated(text, columns - 1));
  }
});

test("a cut text ends in an ellipsis, and wide letters count twice", () => {
  assert.equal(truncated("abcdef", 6), "abcdef");
  assert.equal(truncated("abcdef", 5), "abcd…");
  assert.equal(truncated("漢字漢字", 6), "漢字…");
});

test("a paragraph is broken at the columns that are given", () => {
  for (const columns of [40, 80])
    for (const row of wrap("Zx keeps digit and does not keep angle. ".repeat(8).trim(), "", columns).split(
      "\n",
    ))
      assert.ok(columnsOf(row) <= columns, row);
});

test("time that is left is written in the units that fit it", () => {
  const left = (secondsLeft: number): string =>
    studyProgressText("stress", { done: 1, asked: 8, secondsLeft }).split(" · ").at(-1)!;
  assert.equal(left(41.2), "42 s left");
  assert.equal(left(754), "13 min left");
  assert.equal(left(95), "1 min 35 s left");
  assert.equal(left(7500), "2 h 5 min left");
});
