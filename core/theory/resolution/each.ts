/** `each V in X, Y: keep I(V; Z)`: the statement once for every name. */
import type { Statement } from "../../language/tree";
import { notDerived } from "../diagnostics/not-derived";
import { renamed } from "./rewrite";
import type { Scope } from "./scope";

/** More copies than this are a mistake, not a spec. */
const MOST_COPIES = 1000;

export function expandEach(scope: Scope, statement: Statement): Statement[] {
  if (statement.kind !== "each") return [statement];
  const { domain, variable, body } = statement;
  if (domain.kind === "call") {
    const word = domain.name.text;
    const message = `\`each ... in ${word}(...)\` is understood but not derived yet; list the names, as in \`each V in X, Y\`.`;
    scope.tell(notDerived, domain.range, message);
    return [];
  }
  const copies: Statement[] = [];
  for (const name of domain.names) {
    for (const copy of expandEach(scope, renamed(body, new Map([[variable.text, name.text]])))) {
      if (copies.length < MOST_COPIES) copies.push(copy);
    }
  }
  return copies;
}
