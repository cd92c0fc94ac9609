import type { SpecSummary } from "../../core/train/protocol";
import type { PanelState } from "../state";

/** Name, method and loss of the spec. */
export function Header({ state, summary }: { state: PanelState; summary: SpecSummary }) {
  return (
    <header>
      <h1>
        {summary.name} {summary.title !== undefined && <small>{summary.title}</small>}
      </h1>
      {summary.method !== undefined && <p class="method">{summary.method}</p>}
      <p class="loss" aria-label="Derived loss" title={summary.loss}>
        {summary.shortLoss}
        {state.run.rejected.length > 0 && <span class="quiet"> (before this edit)</span>}
      </p>
    </header>
  );
}
