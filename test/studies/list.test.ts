/** The list of studies: what each must say of itself, as its command, page and manual show it. */
import assert from "node:assert/strict";
import test from "node:test";
import { commands } from "../../cli/commands/index";
import { studies } from "../../core/studies/index";

test("every study asks a question, explains itself and has a command with its options", () => {
  assert.equal(new Set(studies.map(({ id }) => id)).size, studies.length);
  for (const { id, question, doc, example, options, json } of studies) {
    assert.match(question, /^[A-Z].*\?$/, id);
    assert.match(doc, /^[A-Z].*\.$/, id);
    assert.ok(example.startsWith(`bottleneck ${id} examples/`), example);
    assert.ok(Object.keys(json).length > 0, id);
    const command = commands.find(({ name }) => name === id);
    assert.ok(command, `no command ${id}`);
    for (const option of options) {
      assert.match(option.name, /^[a-z][a-z-]*$/, id);
      assert.equal(command.options[option.name]?.doc, option.doc, `${id} --${option.name}`);
    }
  }
});
