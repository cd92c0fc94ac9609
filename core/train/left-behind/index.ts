/**
 * What is left behind, of a training that has ended: groups of held-out rows of which the raw streams predict a target or a
 * factor, and all codes together do not. Where a spec names neither, groups in which a stream has something of its own that no
 * code carries.
 */
import type { Executor } from "../executor";
import type { DataStream, Preparation } from "../prepare";
import type { LeftBehind, Unpredicted } from "../protocol";
import { shownSamples } from "../samples";
import { apartOf } from "./apart";
import { AskedRows, type Going } from "./asked";
import { groupsOf, type Group } from "./groups";
import type { Losses } from "./losses";
import { mostLostFirst } from "./order";
import type { Question } from "./questions";
import type { CodesSearched } from "./search";
import { asksNothing, unaskedGroups } from "./unasked";
import type { Told } from "../measurements/subjects";

/** Samples of a group that are shown. */
const SHOWN = 8;

/** Searches for what is left behind; what the streams predict is learned once for the same data, questions and encoders. */
export class LeftBehindSearch {
  private readonly asked: AskedRows;

  constructor(open: Executor["open"]) {
    this.asked = new AskedRows(open);
  }

  /** The groups of all questions, or without any, of all streams, the one that loses most first; undefined where it was stopped. */
  async find(
    preparation: Preparation,
    codes: CodesSearched,
    going: Going,
  ): Promise<LeftBehind[] | undefined> {
    const groups = asksNothing(preparation)
      ? await unaskedGroups(preparation, codes, going)
      : await this.askedGroups(preparation, codes, going);
    return groups && mostLostFirst(groups);
  }

  private async askedGroups(
    preparation: Preparation,
    codes: CodesSearched,
    going: Going,
  ): Promise<LeftBehind[] | undefined> {
    const asked = await this.asked.ask(preparation, codes, going);
    const questions = asked?.map(({ question }) => question) ?? [];
    return asked?.flatMap(({ question, losses }) => {
      const others = questions.filter((other) => other !== question);
      return groupsOf(losses, others, question.kind).map((group) =>
        told(question, group, losses, questions, preparation.data.streams),
      );
    });
  }

  /** What bounds the information that the streams carry about each question, as it was last found; none where it was stopped. */
  told(preparation: Preparation): Told[] {
    return this.asked.told(preparation);
  }
}

function told(
  { name, cuts }: Question,
  group: Group,
  { rows, truth, byStreams, byCodes }: Losses,
  factors: readonly Question[],
  streams: ReadonlyMap<string, DataStream>,
): Unpredicted {
  const { places, accuracyByCodes, accuracyByStreams, low, high } = group;
  const at = (values: Int32Array): number[] => places.map((place) => values[place]!);
  const samples = at(rows);
  const shown = Int32Array.from(samples.slice(0, SHOWN));
  return {
    target: name,
    share: places.length / rows.length,
    accuracyByCodes,
    accuracyByStreams,
    low,
    high,
    apart: apartOf(places, rows, factors),
    samples,
    quarters: cuts !== undefined,
    shown: {
      truth: at(truth).slice(0, SHOWN),
      byStreams: at(byStreams).slice(0, SHOWN),
      byCodes: at(byCodes).slice(0, SHOWN),
      samples: [...streams.values()]
        .filter(({ role }) => role === "modality")
        .flatMap((stream) => shownSamples(stream, shown)),
    },
  };
}
