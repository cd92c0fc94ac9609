/** What the measurements of a look and of a round are made from, each part made once and only where one of them needs it. */
import type { Slices } from "./clock";
import type { Evaluator } from "./evaluation";
import type { Session } from "./executor";
import { leaksIn, privatePairs } from "./findings/leaks";
import { informedPairs } from "./measurements/informed";
import { once, type Gather } from "./measurements/measure";
import { apartIn, apartPairs } from "./measurements/shared-at-most";
import type { CodedRows } from "./measurements/coded-rows";
import { codesOf, isFactor, readPairs, readTemperatures, type Told } from "./measurements/subjects";
import { knownOf, togetherOf } from "./measurements/together";
import type { Preparation } from "./prepare";
import type { Recalibrated } from "./recalibration";
import type { Standing } from "./training";

/** Rows that a round of probes learns from, and is judged on, while training runs; the last round takes all. */
const LIVE_PROBE_ROWS = 1000;
const LIVE_JUDGED_ROWS = 500;
/** Draws of each judged row, each scored by itself: while training runs, and in the last round. */
const DRAWS = { live: 1, last: 4 };

/** What a round is made from. */
export interface Gathered {
  /** Whether it is the last: of all training rows and test rows. */
  final: boolean;
  /** Of a look: how many rows are judged at most. */
  most: number;
  recalibrated: Record<string, Recalibrated> | undefined;
}

export class Gatherer {
  /** What bounds the information of all codes together, as the last round found it. */
  toldByCodes: readonly Told[] = [];
  private readonly pairs: ReturnType<typeof privatePairs>;
  private readonly apart: ReturnType<typeof apartPairs>;

  /** @param encoder gives codes of rows, in `session` */
  constructor(
    private readonly preparation: Preparation,
    private readonly session: Session,
    private readonly encoder: Evaluator,
    private readonly slices: Slices,
  ) {
    this.pairs = privatePairs(preparation.derived);
    this.apart = apartPairs(preparation.derived, this.pairs);
  }

  /** What the measurements of a round are made from; those of a look, where `most` rows are given, compare no densities. */
  gather(
    at: Standing,
    { final = false, most, recalibrated = {} }: Partial<Gathered>,
  ): Gather & { judged: () => Promise<CodedRows> } {
    const { spec, data, temperatures, light, absent } = this.preparation;
    const { train, test, validation } = data.splits;
    const factors = [...data.streams.values()].filter(isFactor);
    const compared = most === undefined && (factors.length > 0 || this.apart.length > 0) && !light;
    // A look reads no code as it is without a stream.
    const encoded = most === undefined ? spec : { ...spec, missing: [] };
    const coded = (rows: Int32Array, draws: number, densities = false): Promise<CodedRows> =>
      codesOf(encoded, this.encoder, rows, at.knobs, draws, densities, absent.holes);
    const seen = final ? train : train.slice(0, LIVE_PROBE_ROWS);
    const rows = final ? test : validation.slice(0, most ?? LIVE_JUDGED_ROWS);
    const judged = once(() => coded(rows, final ? DRAWS.last : DRAWS.live, compared));
    const codes = once(async () => ({ seen: await coded(seen, 1), judged: await judged(), factors }));
    const readDraws = once(async () => readPairs(await codes(), "draws", this.slices));
    const informed = once(async () =>
      informedPairs(await codes(), await readDraws(), spec, final, this.slices),
    );
    const together = once(async () => (final ? togetherOf(await codes(), spec, this.slices) : []));
    return {
      judged,
      recalibrated: () => Promise.resolve(recalibrated),
      temperatures: () => readTemperatures(temperatures, this.session),
      rates: async () => (await judged()).rates,
      codes,
      "read-draws": readDraws,
      "read-means": once(async () => readPairs(await codes(), "means", this.slices)),
      leaks: once(async () => leaksIn(this.pairs, await judged(), data.streams)),
      apart: once(async () => apartIn(this.apart, await judged(), spec, this.slices)),
      informed,
      together,
      told: once(async () => ({
        codes: (this.toldByCodes = knownOf(spec, await informed(), await together())),
        streams: [],
      })),
    };
  }
}
