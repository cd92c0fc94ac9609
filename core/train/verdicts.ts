/**
 * Which code keeps which factor: judged on draws, and dropped only where the mean shows nothing either. A linear probe judges
 * first; where a code carries a factor in a form that no line follows, such as the product of two signs, nats show it.
 */
import type { Spec } from "../theory/spec";
import { marginalRate } from "./measurements/marginal-rate";
import type { InformedPair, PairReading, Subjects, Together } from "./measurements/subjects";
import {
  accuracyOf,
  gainChance,
  informationOf,
  labelChance,
  mostAccuracy,
  mostR2,
  r2Of,
  rankingsOf,
  scalarChance,
  type Reading,
  type Score,
} from "./probes/index";
import type { Unjudgeable, Verdict } from "./protocol";

/** Probability of a claim where there is nothing, over all pairs of a run together. */
const RISK = 0.025;
/** Shares of the way from chance to 1: kept from the first on, dropped below the second. */
const KEPT = 0.5;
const SOME = 0.1;
/** A class that is ranked this well is not dropped, however rarely it is named. */
const RANKED = 0.8;
/** The same for nats, as shares of the entropy, where a linear probe shows less; a small part of the risk is theirs. */
const NATS = { risk: RISK / 10, kept: 0.75, some: 0.1 };

/** A verdict with the values it rests on. */
export interface Judged extends Verdict {
  measure: Reading["kind"];
  chance: number;
  /** What probes read of draws, of which no more is claimed than the code's rate allows. */
  value: number;
  /** Whether the rate allows less than was read. */
  capped: boolean;
  /** What they read of the mean. */
  mean: number;
  /** The class that is told best, where only its ranking shows that the code carries something. */
  ranked?: { class: number; value: number };
  /** Nats that draws carry of the factor, and all that there are, where a linear probe shows less. */
  nats?: { value: number; all: number };
}

/** A factor that all codes together carry. */
export interface Jointly {
  factor: string;
  nats: NonNullable<Judged["nats"]>;
}

/** How much of a factor one reading shows. */
interface Finding {
  level: "keeps" | "some" | "drops" | "unjudged";
  /** Of one that is `unjudged`. */
  because?: Unjudgeable;
  score: Score;
  capped: boolean;
  ranked?: { class: number; value: number };
}

/** A verdict for each code and factor, from readings of its draws and of its mean, and from the nats that draws carry of it. */
export function judge(
  draws: readonly PairReading[],
  means: readonly PairReading[],
  rates: Subjects["rates"],
  spec: Pick<Spec, "latents" | "terms">,
  informed: readonly InformedPair[] = [],
): Judged[] {
  const ofNats = holm(informed.map(({ evidence }) => gainChance(evidence.gains)));
  const ofDraws = holm(draws.map(({ reading }) => chanceOf(reading)));
  const ofMeans = holm(means.map(({ reading }) => chanceOf(reading)));
  return draws.map(({ code, factor, reading }, i) => {
    const drawn = levelOf(reading, ofDraws[i]!, mostOf(reading, marginalRate(code, rates, spec)));
    const at = means.findIndex((other) => other.code === code && other.factor === factor);
    const mean = levelOf(means[at]!.reading, ofMeans[at]!, 1);
    const pair = informed.findIndex((other) => other.code === code && other.factor === factor);
    const carried = pair < 0 ? undefined : carriedIn(informed[pair]!, ofNats[pair]!);
    const more = carried !== undefined && exceeds(carried.level, drawn.level);
    const verdict = more ? carried.level : drawn.level === "drops" ? hiddenOr(mean.level) : drawn.level;
    const because = drawn.because ?? mean.because;
    return {
      code,
      factor,
      verdict,
      ...(verdict === "unjudged" && because ? { because } : {}),
      measure: reading.kind,
      chance: drawn.score.chance,
      value: drawn.score.value,
      capped: drawn.capped && !more,
      mean: mean.score.value,
      ...(drawn.ranked && !more ? { ranked: drawn.ranked } : {}),
      ...(more ? { nats: carried.nats } : {}),
    };
  });
}

/** Of a code whose draws show nothing: the mean may. */
const hiddenOr = (mean: Finding["level"]): Verdict["verdict"] =>
  mean === "keeps" || mean === "some" ? "hidden" : mean;

/** The factors that all codes together carry, of a spec with several codes. */
export function jointlyCarried(together: readonly Together[]): Jointly[] {
  const chances = holm(together.map(({ all }) => gainChance(all.gains)));
  return together.flatMap(({ factor, all, entropy }, i) => {
    const carried = carriedIn({ evidence: all, entropy }, chances[i]!);
    return carried ? [{ factor, nats: carried.nats }] : [];
  });
}

/** What nats show of a factor; undefined where it is next to nothing, or may be chance. */
function carriedIn(
  { evidence, entropy }: Pick<InformedPair, "evidence" | "entropy">,
  chance: number,
): { level: "keeps" | "some"; nats: NonNullable<Judged["nats"]> } | undefined {
  const { value } = informationOf(evidence);
  if (chance > NATS.risk || value < NATS.some * entropy) return undefined;
  return { level: value < NATS.kept * entropy ? "some" : "keeps", nats: { value, all: entropy } };
}

const exceeds = (level: "keeps" | "some", drawn: Finding["level"]): boolean =>
  drawn === "drops" || (drawn === "some" && level === "keeps");

const chanceOf = (reading: Reading): number =>
  unjudgeable(reading) ? 1 : reading.kind === "label" ? labelChance(reading) : scalarChance(reading);

/** Probabilities corrected for their number, as Holm 1979, "A simple sequentially rejective multiple test procedure". */
export function holm(chances: readonly number[]): number[] {
  const order = chances.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
  const corrected = new Array<number>(chances.length);
  let most = 0;
  order.forEach(({ p, i }, rank) => {
    most = Math.max(most, Math.min(1, p * (chances.length - rank)));
    corrected[i] = most;
  });
  return corrected;
}

/** Rows from which on a class that none of them has is rare, not missed by chance. */
const ENOUGH_ROWS = 200;

/** Why the judged rows can show nothing: they need a number that varies, and where they are few, every class known. */
function unjudgeable(reading: Reading): Unjudgeable | undefined {
  const { length } = reading.truth;
  const different = new Set(Array.from(reading.truth)).size;
  if (length < 2) return "few-rows";
  if (reading.kind === "scalar") return different < 2 ? "constant" : undefined;
  const known = reading.counts.filter((count) => count > 0).length;
  if (length < ENOUGH_ROWS && different < known) return "few-rows";
  return different < 2 ? "one-class" : undefined;
}

function levelOf(reading: Reading, chance: number, most: number): Finding {
  const read = reading.kind === "label" ? accuracyOf(reading) : r2Of(reading);
  const score = { ...read, value: Math.min(read.value, most), high: Math.min(read.high, most) };
  const capped = most < read.value;
  const because = unjudgeable(reading);
  if (because !== undefined) return { level: "unjudged", because, score, capped };
  const share = (of: number): number => (of - score.chance) / (1 - score.chance);
  if (chance > RISK)
    return share(score.high) >= KEPT
      ? { level: "unjudged", because: "few-rows", score, capped }
      : { level: "drops", score, capped };
  if (share(score.value) >= KEPT) return { level: "keeps", score, capped };
  if (share(score.value) >= SOME) return { level: "some", score, capped };
  const best =
    reading.kind === "label" ? rankingsOf(reading).toSorted((a, b) => b.value - a.value)[0] : undefined;
  if (best === undefined || best.value < RANKED) return { level: "drops", score, capped };
  return { level: "some", score, capped, ranked: { class: best.class, value: best.value } };
}

const mostOf = (reading: Reading, rate: number | undefined): number =>
  rate === undefined
    ? 1
    : reading.kind === "label"
      ? mostAccuracy(reading.counts, rate)
      : mostR2(reading.values, rate);
