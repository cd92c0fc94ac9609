import { useEffect, useState } from "preact/hooks";
import type { SpecSummary } from "../../../core/train/protocol";
import type { OfferedStudy, PageOptions, StudyView } from "../../../core/train/study-protocol";
import type { Send } from "../../connection";
import type { PanelState } from "../../state";
import { Choice } from "../choice";
import { StudyAnswer } from "./answer";

interface Props {
  summary: SpecSummary;
  state: PanelState;
  send: Send;
}

/** The studies there are: one is chosen, run and shown. */
export function Studies({ summary, state, send }: Props) {
  const { studies, study } = state;
  useEffect(() => send({ kind: "studies" }), []);
  const [chosen, choose] = useState(study?.id);
  if (studies === undefined) return <p class="quiet">Loading the studies …</p>;
  const shown = studies.offered.find(({ id }) => id === (chosen ?? study?.id)) ?? studies.offered[0];
  if (shown === undefined) return <p class="notice">There are no studies.</p>;
  return (
    <section class="card studies">
      <h2>Studies</h2>
      <Choice
        label="Question"
        options={studies.offered.map(({ id, question }) => ({ value: id, text: question }))}
        value={shown.id}
        choose={choose}
      />
      <p class="quiet">{shown.doc}</p>
      {studies.refused !== undefined && (
        <p class="notice" role="status">
          {studies.refused}
        </p>
      )}
      <StudyForm
        key={shown.id}
        study={shown}
        view={study?.id === shown.id ? study : undefined}
        busy={study?.progress !== undefined}
        refused={studies.refused !== undefined}
        send={send}
      />
      {study?.id === shown.id && study.answer !== undefined && (
        <StudyAnswer id={study.id} answer={study.answer} spec={summary.name} send={send} />
      )}
    </section>
  );
}

interface FormProps {
  study: OfferedStudy;
  view: StudyView | undefined;
  busy: boolean;
  refused: boolean;
  send: Send;
}

/** The options of a study, and its run. */
function StudyForm({ study, view, busy, refused, send }: FormProps) {
  const [options, set] = useState<PageOptions>(view?.options ?? {});
  const progress = view?.progress;
  return (
    <form
      class="study-form"
      onSubmit={(event) => {
        event.preventDefault();
        send({ kind: "startStudy", id: study.id, options });
      }}
    >
      <div class="study-options">
        {study.options.map(({ name, value, doc }) => (
          <label key={name} title={doc}>
            <span class="quiet">{name}</span>
            <input
              value={options[name] ?? ""}
              placeholder={value === undefined ? "yes, or nothing" : value}
              onInput={(event) => set({ ...options, [name]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      <p>
        <button type="submit" disabled={busy || refused}>
          Run study
        </button>{" "}
        {progress !== undefined && (
          <button type="button" onClick={() => send({ kind: "stopStudy" })}>
            Stop
          </button>
        )}
      </p>
      {progress !== undefined && (
        <p role="status">
          <progress value={progress.done} max={Math.max(1, progress.asked)} /> {progress.done} of{" "}
          {progress.asked} trainings
          {progress.secondsLeft !== undefined && `, about ${Math.ceil(progress.secondsLeft)} s left`}
        </p>
      )}
      {view?.problem !== undefined && (
        <p class="notice" role="alert">
          {view.problem}
        </p>
      )}
    </form>
  );
}
