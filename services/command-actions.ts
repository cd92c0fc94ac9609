/**
 * The server's commands as code actions at the header of a spec, for editors without the extension: Helix and Emacs show
 * no lenses, and every editor has a key for actions.
 */
import { CodeActionKind, type CodeAction, type Range as EditorRange } from "vscode-languageserver-types";
import { exportTargets } from "../core/export/index";
import { asked } from "./actions";
import { overlaps, toOffsets, type Document } from "./document";
import { serverCommands, type ExecuteArgument, type ServerCommandId } from "./execute";

export const commandKind = `${CodeActionKind.Source}.bottleneck`;

interface Offered {
  id: ServerCommandId;
  title: string;
  target?: string;
}

/** What each command is called for one spec; an export once for each target. */
const offered = serverCommands.flatMap(({ id, title }): Offered[] =>
  id === "bottleneck.server.export"
    ? exportTargets.map((target) => ({ id, title: `${title}: ${target.title}`, target: target.id }))
    : [{ id, title }],
);

/** The commands of the spec whose header is at a range. @param only kinds that were asked for; all where absent */
export function commandActions(
  document: Document,
  range: EditorRange,
  only?: readonly string[],
): CodeAction[] {
  if (!asked(only, commandKind)) return [];
  const place = toOffsets(document, range);
  return document.analysis.specs.flatMap(({ tree: { name, range: whole, body } }) => {
    const header = { start: whole.start, end: Math.max(name.range.end, body.start) };
    if (name.text === "" || !overlaps(header, place)) return [];
    return offered.map(({ id, title, ...target }) => {
      const argument: ExecuteArgument = {
        textDocument: { uri: document.uri },
        spec: name.text,
        ...target,
      };
      return { title, kind: commandKind, command: { title, command: id, arguments: [argument] } };
    });
  });
}
