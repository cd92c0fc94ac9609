/** Which page of the panel a person was on: kept where a reload of the window finds it again. */
import { editor } from "./connection";

const KEY = "bottleneck-shown";

const stateOf = (): Record<string, unknown> => (editor?.getState() ?? {}) as Record<string, unknown>;

/** The page that was shown last; undefined at first. */
export function keptPage(): string | undefined {
  const page = editor === undefined ? stored() : stateOf()["page"];
  return typeof page === "string" ? page : undefined;
}

export function keepPage(page: string): void {
  if (editor !== undefined) return editor.setState({ ...stateOf(), page });
  try {
    sessionStorage.setItem(KEY, page);
  } catch {
    // The person lets pages store nothing: a reload begins with the first page.
  }
}

/** What the editor needs to bring the panel back, beside the page that was shown. */
export function keepTarget(target: unknown): void {
  editor?.setState({ ...(target as object), ...(keptPage() !== undefined && { page: keptPage() }) });
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
