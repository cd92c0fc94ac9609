/** The command of each study: all of them run, and are shown, in the same way. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { runStudy } from "../../core/studies/engine";
import { studies } from "../../core/studies/index";
import type { Job } from "../../core/studies/job";
import { partOf, roundOf } from "../../core/studies/parts";
import { whole } from "../../core/language/number-text";
import { StudyError, type GivenOptions, type Study, type Subject } from "../../core/studies/study";
import { CACHE } from "../../trainer/studies/machine";
import { createPool } from "../../trainer/studies/pool";
import {
  exitCodes,
  Failure,
  oneFile,
  oneOf,
  UsageError,
  wholeNumber,
  type Command,
  type Options,
} from "../command";
import { slurmScript } from "../slurm";
import { ProgressLine, studyProgressText } from "../progress";
import { chooseSpecs, findingsOf, readSource, showDiagnostics, type Source } from "../source";
import { studiesHere } from "../studies";
import { table, wrap, type Terminal } from "../terminal";

const common: Command["options"] = {
  spec: { type: "string", value: "NAME", doc: "the spec to study; default the first of the file" },
  trainers: {
    type: "string",
    value: "N",
    doc: "trainings at once, each on one thread; default the number of cores",
  },
  store: {
    type: "string",
    value: "FOLDER",
    doc: "where finished trainings are kept, so that none is done twice; default the person's cache",
  },
  cache: {
    type: "string",
    value: "MB",
    doc: `largest size of that cache, from which what was not used for longest is dropped first; default ${CACHE}`,
  },
  plan: {
    type: "string",
    value: "slurm",
    needs: "store",
    doc: "print an array script for Slurm in place of running, with the trainings that come next: its tasks fill the store. Repeat this until nothing is left, then leave --plan out",
  },
  part: {
    type: "string",
    value: "I/N",
    needs: "store",
    doc: "train only part I of N, from 0 to N - 1, and print nothing; the tasks of --plan are called with it",
  },
  json: { type: "boolean", doc: "print the answer as JSON" },
};

/** The command of a study: `bottleneck sweep FILE`. */
const commandOf = (study: Study): Command => ({
  name: study.id,
  operands: "FILE",
  doc: `${study.question} ${study.doc}`,
  options: {
    ...Object.fromEntries(
      study.options.map(({ name, value, multiple, doc }) => [
        name,
        value === undefined
          ? { type: "boolean" as const, doc }
          : { type: "string" as const, value, doc, ...(multiple && { multiple }) },
      ]),
    ),
    ...common,
  },
  json: study.json,
  async run(operands, options, terminal) {
    const source = await readSource(oneFile(operands));
    const subject = subjectOf(source, options, terminal);
    try {
      if (oneOf(options, "plan", ["slurm"]) !== undefined) {
        const { length } = await roundHere(study, subject, options);
        if (length === 0)
          throw new Failure("nothing is left to train: run the same command without --plan, and it answers");
        terminal.out(slurmScript([study.id, ...operands.map((file) => resolve(file))], options, length));
        return exitCodes.ok;
      }
      const part = partAsked(options["part"] as string | undefined);
      if (part !== undefined) {
        const only = partOf(await roundHere(study, subject, options), part.part, part.of);
        await answerOf({ ...study, ...only } as Study, subject, options, terminal);
        return exitCodes.ok;
      }
      const answer = await answerOf(study, subject, options, terminal);
      terminal.out(
        options["json"] === true
          ? JSON.stringify(study.toJson(answer), undefined, 2)
          : rendered(study, answer, terminal),
      );
      return exitCodes.ok;
    } catch (error) {
      if (error instanceof StudyError) throw new Failure(error.message);
      throw error;
    }
  },
});

export const studyCommands: readonly Command[] = studies.map(commandOf);

/** @throws Failure where the spec has errors */
function subjectOf(source: Source, options: Options, terminal: Terminal): Subject {
  const chosen = chooseSpecs(source, options["spec"] as string | undefined)[0]!;
  const { derived, valid, tree } = chosen;
  if (derived === undefined || !valid) {
    showDiagnostics(findingsOf(chosen, source), source, terminal);
    throw new Failure(`${tree.name.text} has errors; fix them first`);
  }
  const { location, uses } = source.origin;
  return { text: source.text, uses, location, derived };
}

/** What the study asks for next, given what is in the store. */
function roundHere(study: Study, subject: Subject, options: Options): Promise<Job[]> {
  const { store, keyOf } = studiesHere({ folder: options["store"] as string | undefined });
  return roundOf(study, subject, study.read(options as GivenOptions, subject), async (job) => {
    const key = await keyOf(job);
    return (await store.get(key)) ?? store.refusal(key);
  });
}

/** Runs a study, with a line that tells how far it is; an interruption ends it, and what is trained is kept. */
async function answerOf(
  study: Study,
  subject: Subject,
  options: Options,
  terminal: Terminal,
): Promise<unknown> {
  const asked = study.read(options as GivenOptions, subject);
  const count = wholeNumber(options, "trainers", 1) ?? availableParallelism();
  const { store, keyOf, startTrainer } = studiesHere({
    folder: options["store"] as string | undefined,
    most: wholeNumber(options, "cache", 1),
  });
  const trainers = createPool(startTrainer, count);
  const controller = new AbortController();
  const interrupt = (): void =>
    controller.abort(new Failure("interrupted; what is trained is kept, so run it again to continue"));
  const line = new ProgressLine(terminal);
  process.on("SIGINT", interrupt);
  try {
    return await runStudy(
      study,
      subject,
      asked,
      {
        ...{ store, keyOf, trainers },
        now: () => performance.now(),
      },
      { signal: controller.signal, tell: (progress) => line.show(studyProgressText(study.id, progress)) },
    );
  } finally {
    line.clear();
    process.off("SIGINT", interrupt);
    trainers.close();
  }
}

function rendered(study: Study, answer: unknown, terminal: Terminal): string {
  const { columns, rows } = study.table(answer);
  const texts = rows.map((row) =>
    row.map((cell) => (Number.isSafeInteger(cell) ? whole(cell as number) : String(cell ?? ""))),
  );
  const sentence = wrap(study.sentence(answer), "", Math.min(100, terminal.columns));
  return texts.length === 0
    ? sentence
    : [sentence, "", table([columns.map(({ title }) => title), ...texts])].join("\n");
}

/** @throws UsageError */
function partAsked(text: string | undefined): { part: number; of: number } | undefined {
  if (text === undefined) return undefined;
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (part === undefined || Number(part) >= Number(of))
    throw new UsageError(`--part must be I/N with I from 0 to N - 1, such as 0/8, not "${text}"`);
  return { part: Number(part), of: Number(of) };
}
