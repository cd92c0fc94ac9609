/**
 * What the rows lose of each target and factor. Two readers of one kind are compared on rows that neither has learned from: a
 * supervised network of the streams, with the spec's own encoders, and one of draws of the codes.
 */
import type { Executor } from "../executor";
import type { Preparation } from "../prepare";
import type { Answers } from "./answers";
import { joinedCodes } from "./codes";
import { lossesOf, type Losses } from "./losses";
import { answered, questionsOf, type Question } from "./questions";
import { read, type Reading } from "./reader";
import { codesReader, streamsReader } from "./reader-spec";
import { heldOutOf, learnedOf, type CodesSearched } from "./search";
import type { Told } from "../measurements/subjects";

export type Going = Pick<Reading, "seed" | "slices" | "goesOn">;

/** Asks both readers; what the streams predict is learned once for the same data, questions and encoders. */
export class AskedRows {
  private known: { key: string; answers: Record<string, Answers[]> } | undefined;

  constructor(private readonly open: Executor["open"]) {}

  /**
   * What the rows lose of each question; undefined where it was stopped.
   * @param codes of the training rows, and of the held-out ones
   */
  async ask(
    preparation: Preparation,
    { seen, judged }: CodesSearched,
    going: Going,
  ): Promise<{ question: Question; losses: Losses }[] | undefined> {
    const { spec } = preparation;
    const train = learnedOf(preparation);
    const questions = this.questions(preparation);
    const heldOut = judged.rows;
    if (questions.length === 0 || train.length === 0 || heldOut.length === 0) return [];
    const reading: Reading = { ...going, questions, train, heldOut, open: this.open };
    const byStreams = await this.streams(preparation, reading);
    if (byStreams === undefined) return undefined;
    const { width, copies } = joinedCodes(seen, judged);
    const draws = copies.map((copy) => [copy]);
    const byCodes = await read(codesReader(spec, width, questions), draws, reading);
    return (
      byCodes &&
      questions.map((question) => ({
        question,
        losses: lossesOf(question, byStreams[question.name]![0]!, byCodes[question.name]!, heldOut),
      }))
    );
  }

  private questions(preparation: Preparation): Question[] {
    const { spec, data } = preparation;
    return questionsOf(data.streams.values(), learnedOf(preparation)).filter(
      ({ name }) => !isForgotten(spec, name),
    );
  }

  /** What bounds the information that the streams carry about each question, as it was last found; none where it was stopped. */
  told(preparation: Preparation): Told[] {
    const rows = heldOutOf(preparation);
    return this.questions(preparation).flatMap((question) => {
      const answers = this.known?.answers[question.name]?.[0];
      return answers ? [{ factor: question.name, evidence: evidenceOf(question, answers, rows) }] : [];
    });
  }

  private async streams(
    { identity, spec, data }: Preparation,
    reading: Reading,
  ): Promise<Record<string, Answers[]> | undefined> {
    const names = reading.questions.map(({ name }) => name);
    const reader = streamsReader(spec, reading.questions);
    const { latents, networks, training } = reader;
    const key = JSON.stringify([identity().data, names, latents, networks, training, reading.seed]);
    if (this.known?.key !== key) {
      const modalities = [...data.streams.values()].filter(({ role }) => role === "modality");
      const answers = await read(reader, [modalities], reading);
      if (answers === undefined) return undefined;
      this.known = { key, answers };
    }
    return this.known.answers;
  }
}

/** How much better the answers are than the shares of the classes, row by row; of a label with the counts of its classes. */
function evidenceOf(
  { classes, labels, kind }: Question,
  answers: Answers,
  rows: Int32Array,
): Told["evidence"] {
  const counts = new Float64Array(classes);
  const places = answered({ classes, labels }, rows);
  for (const place of places) counts[labels[rows[place]!]!]!++;
  const gains = Float64Array.from(places, (place) => {
    const label = labels[rows[place]!]!;
    return answers[place * classes + label]! - Math.log(counts[label]! / places.length);
  });
  return { gains: { rows: gains, effective: places.length }, ...(kind === "label" && { counts }) };
}

/** A factor that the codes are meant to lack. */
const isForgotten = ({ wants }: Preparation["spec"], name: string): boolean =>
  wants.some(({ intent, of }) => intent === "forget" && of.includes(name));
