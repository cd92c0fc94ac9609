import type { Send } from "../connection";
import { LOST } from "../controls";
import type { PanelState } from "../state";
import { changeTitle, type Change } from "../../core/theory/change";
import { Words } from "./words";

/** What the run or the text has to say for itself: most serious first. */
export function Findings({ state, send }: { state: PanelState; send: Send }) {
  const order = { error: 0, warning: 1, information: 2 };
  const findings = [...state.run.findings].sort((a, b) => order[a.severity] - order[b.severity]);
  if (findings.length === 0 && state.run.rejected.length === 0 && state.connection !== "lost") return null;
  return (
    <section class="findings" aria-label="Findings" role="status">
      {state.connection === "lost" && <p class="notice error">{LOST}</p>}
      {state.run.rejected.length > 0 && (
        <p class="notice warning">
          The text has {state.run.rejected.length === 1 ? "an error" : `${state.run.rejected.length} errors`};
          the last valid preview goes on. <Words text={state.run.rejected[0]!.message} />
        </p>
      )}
      {findings.map((finding) => (
        <p key={`${finding.code} ${finding.about ?? ""}`} class={`notice ${finding.severity}`}>
          <Words text={finding.message} />
          {finding.fix && <Fix change={finding.fix} send={send} />}
        </p>
      ))}
    </section>
  );
}

/** Writes the fix of a finding into the text, which the editor, or the command that serves this page, carries out. */
function Fix({ change, send }: { change: Change; send: Send }) {
  return (
    <button
      class="fix"
      title="Write this change into the spec"
      onClick={() => send({ kind: "write", change })}
    >
      Apply: <Words text={changeTitle(change)} />
    </button>
  );
}
