import { useEffect, useState } from "preact/hooks";
import type { SpecSummary } from "../../../core/train/protocol";
import type { OfferedStudy, PageOptions, StudyOption, StudyView } from "../../../core/train/study-protocol";
import type { Send } from "../../connection";
import type { PanelState } from "../../state";
import { duration } from "../../../core/language/number-text";
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

/** One option: a box for a flag, else a field, with what it means. */
function Option({ option, text, set }: { option: StudyOption; text: string; set: (text: string) => void }) {
  const { name, value, multiple, doc } = option;
  const [field, meaning] = [`study-${name}`, `study-${name}-meaning`];
  const named = { id: field, "aria-describedby": meaning };
  return (
    <div class="study-option">
      <label for={field}>{name}</label>
      {value === undefined ? (
        <input
          type="checkbox"
          {...named}
          checked={text !== ""}
          onChange={(event) => set(event.currentTarget.checked ? "yes" : "")}
        />
      ) : (
        <input
          type="text"
          {...named}
          value={text}
          placeholder={multiple === true ? `${value}, ${value}` : value}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
      <span class="quiet" id={meaning}>
        {/* Written for a command line. */}
        {doc.replace(/--(?=[a-z])/g, "")}
      </span>
    </div>
  );
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
        {study.options.map((option) => (
          <Option
            key={option.name}
            option={option}
            text={options[option.name] ?? ""}
            set={(text) => set({ ...options, [option.name]: text })}
          />
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
        <p class="study-progress" role="status">
          <progress value={progress.done} max={Math.max(1, progress.asked)} />
          <span>
            {progress.done} of {progress.asked} trainings
            {progress.secondsLeft !== undefined && `, about ${duration(progress.secondsLeft)} left`}
          </span>
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
