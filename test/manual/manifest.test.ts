/** What package.json contributes to the editor: described in words, in an order, and leading only to what there is. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { walkthroughPictures } from "../../scripts/pictures/walkthrough";
import { editorCommands } from "../../services/commands";

const root = join(import.meta.dirname, "..", "..");

interface Setting {
  order?: number;
  description?: string;
  markdownDescription?: string;
  enum?: string[];
  enumDescriptions?: string[];
  additionalProperties?: Setting;
}
interface Step {
  title: string;
  description: string;
  media: { svg?: string; image?: string; altText?: string };
  completionEvents: string[];
}
const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  contributes: {
    configuration: { properties: Record<string, Setting> };
    walkthroughs: { title: string; description: string; steps: Step[] }[];
  };
};
const settings = Object.entries(contributes.configuration.properties);

test("every setting is described, each of its words too, and they have an order", () => {
  assert.deepEqual(
    settings.map(([, { order }]) => order),
    settings.map((_, i) => i + 1),
  );
  for (const [name, setting] of settings) {
    assert.match(setting.markdownDescription ?? setting.description ?? "", /\.$/, name);
    for (const choices of [setting, setting.additionalProperties ?? {}])
      assert.equal(choices.enumDescriptions?.length, choices.enum?.length, name);
  }
});

test("the steps of the walkthrough have pictures, words for those who do not see them, and commands that there are", () => {
  const pictures = walkthroughPictures();
  const commands: string[] = editorCommands.map(({ id }) => id);
  const steps = contributes.walkthroughs.flatMap((one) => one.steps);
  assert.equal(steps.length, 4);
  for (const { title, description, media, completionEvents } of steps) {
    const made = /^dist\/pictures\/walkthrough\/([\w-]+)\.svg$/.exec(media.svg ?? "");
    if (made) assert.ok(Object.hasOwn(pictures, made[1]!), title);
    else assert.ok(existsSync(join(root, media.image!)), title);
    assert.match(media.altText ?? "", /\.$/, title);
    const linked = [...description.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id!);
    assert.ok(linked.length > 0, title);
    for (const id of [...linked, ...completionEvents.map((event) => event.replace(/^onCommand:/, ""))])
      assert.ok(commands.includes(id), `${title}: ${id}`);
    assert.doesNotMatch(description, /`/, "the walkthrough shows backticks as they are");
  }
});
