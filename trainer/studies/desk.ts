/** The study that a page asks for: one at a time, until it has its answer, is stopped or another is asked for. */
import { runStudy, type StudyHome } from "../../core/studies/engine";
import { studies } from "../../core/studies/index";
import { subjectOf } from "../../core/studies/subject";
import type { ExecutorId } from "../../core/train/executors/index";
import { StudyError, type GivenOptions, type Study } from "../../core/studies/study";
import type { OfferedStudy, PageOptions, StudyView } from "../../core/train/study-protocol";
import type { TrainerSettings } from "../settings";
import type { TrainerProcess } from "../spawn";
import { createPool } from "./pool";

/** What studies need of the editor or the command around them. */
export interface StudiesHome extends Pick<StudyHome, "store" | "keyOf"> {
  /** A trainer of its own, on one thread. @param executor what it must have, where that is not the one of studies */
  startTrainer(executor: ExecutorId | undefined): TrainerProcess;
  /** Trainings at once. */
  count: number;
  /** Why nothing is trained, as a sentence with what to do; undefined where studies may run. */
  refused(): string | undefined;
}

/**
 * Settings of a study's trainer: one thread, and an executor that gives the same numbers every time.
 * @param executor the one that a job asks for
 */
export const studySettings = (settings: TrainerSettings, executor?: ExecutorId): TrainerSettings => ({
  ...settings,
  threads: 1,
  executor: executor ?? (settings.executor === "auto" ? "wasm" : settings.executor),
});

/** The studies there are. */
export const offered = (): OfferedStudy[] =>
  studies.map(({ id, question, doc, options }) => ({ id, question, doc, options: [...options] }));

export class StudyDesk {
  view: StudyView | undefined;
  private controller: AbortController | undefined;

  constructor(
    private readonly home: StudiesHome,
    private readonly read: () => Promise<Parameters<typeof subjectOf>[0]>,
    private readonly tell: (view: StudyView) => void,
  ) {}

  /** Why nothing is trained. */
  get refused(): string | undefined {
    return this.home.refused();
  }

  /** Ends the study at work; its finished trainings are kept. */
  stop(): void {
    this.controller?.abort(new StudyError("Stopped. What is trained is kept: start it again to continue."));
    this.controller = undefined;
  }

  /** Runs a study of the text as it is now. */
  async start(id: string, options: PageOptions): Promise<void> {
    const study = studies.find((one) => one.id === id);
    const problem = this.refused ?? (study === undefined ? `There is no study ${id}.` : undefined);
    if (study === undefined || problem !== undefined) return this.show({ id, options, problem: problem! });
    this.stop();
    const controller = new AbortController();
    this.controller = controller;
    const show = (view: StudyView): void => {
      if (this.controller === controller || "problem" in view) this.show(view);
    };
    show({ id, options, progress: { done: 0, asked: 0 } });
    const trainers = createPool((executor) => this.home.startTrainer(executor), this.home.count);
    try {
      const subject = subjectOf(await this.read());
      const asked = study.read(givenOf(study, options), subject);
      const { store, keyOf } = this.home;
      const answer = await runStudy(
        study,
        subject,
        asked,
        { store, keyOf, trainers, now: () => performance.now() },
        { signal: controller.signal, tell: (progress) => show({ id, options, progress }) },
      );
      const pictures = study.pictures?.(answer) ?? [];
      show({
        id,
        options,
        answer: { sentence: study.sentence(answer), table: study.table(answer), pictures },
      });
    } catch (error) {
      if (this.controller === controller || this.controller === undefined)
        show({ id, options, problem: error instanceof Error ? error.message : String(error) });
    } finally {
      trainers.close();
      if (this.controller === controller) this.controller = undefined;
    }
  }

  private show(view: StudyView): void {
    this.view = view;
    this.tell(view);
  }
}

/**
 * Options as a command line gives them: a flag is true, one that may be given more than once has its texts between commas, and
 * an empty text is not given.
 */
export function givenOf(study: Pick<Study, "options">, options: PageOptions): GivenOptions {
  const given = study.options.flatMap(
    ({ name, value, multiple = false }): [string, string | readonly string[] | true][] => {
      const text = options[name] ?? "";
      const texts = (multiple ? text.split(",") : [text])
        .map((one) => one.trim())
        .filter((one) => one !== "");
      if (texts.length === 0) return [];
      return [[name, value === undefined ? true : multiple ? texts : texts[0]!]];
    },
  );
  return Object.fromEntries(given);
}
