/** Rules for the settings in braces. */
import type { Cursor } from "./cursor";
import { parseValue } from "./parse-values";
import type { Setting } from "./tree";

/**
 * `{ epochs = 10, batch = 128 }`; the settings may also stand on lines of their own. `column` is that of the statement
 * when it begins its line: a brace on a line further left closes something else.
 */
export function parseSettings(cursor: Cursor, of: string, column: number | undefined): Setting[] {
  const settings: Setting[] = [];
  cursor.need("{", `\`{\` after \`${of}\``, " {");
  const told = cursor.faulty;
  const multiline = cursor.peek().first;
  for (;;) {
    if (cursor.is("}") && !isStrayBrace(cursor, multiline)) {
      if (!closesOuter(cursor, column)) {
        cursor.next();
        return settings;
      }
      cursor.expected(`\`}\` to close \`${of} {\``, " }");
      return settings;
    }
    if (cursor.atEnd() || cursor.beginsStatement() || cursor.beginsFileLine()) {
      cursor.expected(`\`}\` to close \`${of} {\``, " }");
      return settings;
    }
    const setting = parseSetting(cursor, of);
    if (setting) settings.push(setting);
    if (!setting || !takeSettingEnd(cursor, multiline)) skipSetting(cursor, multiline);
    if (!told && !cursor.atEnd()) cursor.faulty = false;
  }
}

/** Whether the brace here is further left than the block, so that it closes what contains the block. */
function closesOuter(cursor: Cursor, column: number | undefined): boolean {
  const brace = cursor.peek();
  if (!brace.first || column === undefined || brace.column >= column) return false;
  return !cursor.is("}", 1) && !cursor.beginsStatement(1);
}

/** Whether the brace here closes no block: more of the block follows on its line. */
function isStrayBrace(cursor: Cursor, multiline: boolean): boolean {
  const next = cursor.peek(1);
  if (next.first || next.kind === "end" || cursor.is("}", 1)) return false;
  if (cursor.beginsStatement(1) || cursor.beginsFileLine(1)) return false;
  if (multiline && cursor.peek().first) return beginsSetting(cursor, 1);
  return multiline || cursor.anotherOnLine("}");
}

function parseSetting(cursor: Cursor, of: string): Setting | undefined {
  const name = cursor.name(`a setting of \`${of}\``);
  if (!name) return undefined;
  cursor.need("=", "`=`", " =");
  const value = parseValue(cursor);
  return value && { name, value, range: cursor.rangeFrom(name.range.start) };
}

/** Whether the setting ends as it should: takes the comma behind it, or tells a missing one before another setting. */
function takeSettingEnd(cursor: Cursor, multiline: boolean): boolean {
  if (cursor.take(",") || cursor.peek().first || cursor.atEnd()) return true;
  if (cursor.is("}") && !isStrayBrace(cursor, multiline)) return true;
  cursor.expected("`,` or `}`", ",");
  return beginsSetting(cursor);
}

const beginsSetting = (cursor: Cursor, ahead = 0): boolean =>
  cursor.isWord(undefined, ahead) && cursor.is("=", ahead + 1);

/** Moves to where the next setting may begin. */
function skipSetting(cursor: Cursor, multiline: boolean): void {
  for (let moved = false; !cursor.atEnd(); moved = true) {
    if (cursor.is("}") && !isStrayBrace(cursor, multiline)) return;
    if (cursor.peek().first && (moved || cursor.beginsStatement())) return;
    if (cursor.next().text === "," && (beginsSetting(cursor) || cursor.is("}"))) return;
  }
}
