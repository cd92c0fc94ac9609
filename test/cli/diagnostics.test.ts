import assert from "node:assert/strict";
import test from "node:test";
import { parse } from "../../core/language/parser";
import { renderDiagnostic } from "../../cli/diagnostics";
import { createStyle } from "../../cli/terminal";

test("what a text holds commands no terminal, and an invisible character is named", () => {
  const text = "spec T {\n  modality \u001b[31mX : vector(3) \u202e\n}\n";
  const { diagnostics } = parse(text);
  const shown = diagnostics.map((one) => renderDiagnostic(one, text, "a", createStyle(false))).join("\n");
  assert.match(shown, /The invisible character U\+001B has no meaning/);
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(shown, /[\u001b\u202e]/);
});
