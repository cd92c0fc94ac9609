/**
 * What is left behind where no target and no factor is named: rows in which a stream has something of its own that no code
 * carries. It is looked for in residuals, what a regression of the stream on all codes leaves: a few rows beyond a gap. Found in
 * training rows, confirmed in held-out ones, and never a group whose rows a probe of the codes recognises.
 */
import { logistic } from "../../probes/linear";
import { copyRows } from "../../../data/rows";
import type { DataStream, Preparation } from "../../prepare";
import type { LeftBehind, Unreconstructed } from "../../protocol";
import { shownSamples } from "../../samples";
import { holm } from "../../verdicts";
import type { Going } from "../asked";
import type { CodesSearched } from "../search";
import { apartInStream } from "./apart";
import { directionsOf, placesAlong } from "./directions";
import { featuresOf } from "./features";
import { beyond, gapOf, judged, type Gap } from "./gap";
import { picked, type Matrix } from "./matrix";
import { residualsOf } from "./residuals";

/** Fewest training rows, and fewest held-out ones, in which anything is looked for; most training rows that are fitted. */
const FEWEST_ROWS = 200;
const MOST_FITTED = 4000;
/** How many of the surest gaps are looked for in held-out rows, and the most probability of one by luck, over all of them. */
const TRIED = 4;
const RISK = 0.01;
/** Of the rows of a group, the most that a probe of the codes may recognise. */
const RECOGNISED = 0.5;
const MOST_GROUPS = 3;
/** Samples of a group that are shown. */
const SHOWN = 8;

/** Training rows beyond a gap, along one direction of a stream's residuals. */
interface Suspect {
  stream: DataStream;
  gap: Gap;
  /** Places of the rows fitted and of the held-out ones. */
  fitted: Float64Array;
  heldOut: Float64Array;
}

/** Whether a spec names nothing that could be asked of its streams. */
export const asksNothing = ({ spec }: Preparation): boolean =>
  spec.streams.every(({ role }) => role === "modality");

/** The groups, the surest first; undefined where it was stopped. */
export async function unaskedGroups(
  { spec, data }: Preparation,
  { seen, judged: heldOut }: CodesSearched,
  { slices, goesOn }: Pick<Going, "slices" | "goesOn">,
): Promise<LeftBehind[] | undefined> {
  if (Math.min(seen.rows.length, heldOut.rows.length) < FEWEST_ROWS) return [];
  const every = Math.ceil(seen.rows.length / MOST_FITTED);
  const places = [...seen.rows.keys()].filter((i) => i % every === 0);
  const fitted = Int32Array.from(places, (i) => seen.rows[i]!);
  const all = featuresOf(seen, heldOut);
  const features = { fitted: picked(all.seen, places), heldOut: all.judged };
  const suspects: Suspect[] = [];
  for (const { name, width } of spec.streams) {
    const stream = data.streams.get(name)!;
    const residuals = await residualsOf(stream, width, fitted, features.fitted, slices);
    const directions = await directionsOf(residuals.seen, slices);
    const own = await placesAlong(residuals.seen, directions, slices);
    const others = await residuals.along(directions, heldOut.rows, features.heldOut, slices);
    own.forEach((along, k) => {
      for (const side of [1, -1]) {
        const turned = (values: Float64Array): Float64Array => values.map((value) => side * value);
        const gap = gapOf(turned(along));
        if (gap) suspects.push({ stream, gap, fitted: turned(along), heldOut: turned(others[k]!) });
      }
    });
    if (!(await goesOn())) return undefined;
  }
  const tried = suspects.toSorted((a, b) => a.gap.luck - b.gap.luck).slice(0, TRIED);
  const lucks = holm(tried.map(({ gap, heldOut: at }) => judged(gap, at.toSorted())?.luck ?? 1));
  const groups: Unreconstructed[] = [];
  const taken = new Set<number>();
  for (const [i, suspect] of tried.entries()) {
    if (lucks[i]! > RISK || groups.length === MOST_GROUPS) continue;
    const own = beyond(suspect.gap, suspect.heldOut);
    if (own.filter((place) => taken.has(place)).length > own.length / 2) continue;
    if (recognised(suspect, own, features) > RECOGNISED) continue;
    for (const place of own) taken.add(place);
    groups.push(told(suspect.stream, own, heldOut.rows, spec.streams, data.streams));
  }
  return groups;
}

/** The share of the group's rows among as many held-out rows that a logistic probe of the codes ranks first. */
function recognised(
  { gap, fitted }: Suspect,
  group: readonly number[],
  features: { fitted: Matrix; heldOut: Matrix },
): number {
  const members = new Set(beyond(gap, fitted));
  const truth = fitted.map((_, i) => (members.has(i) ? 1 : 0));
  const { rows, values } = features.heldOut;
  const scores = logistic(2)(features.fitted.values, truth)(values, rows);
  const ranked = Array.from({ length: rows }, (_, i) => i).sort(
    (a, b) => scores[2 * b + 1]! - scores[2 * a + 1]!,
  );
  const first = new Set(ranked.slice(0, group.length));
  return group.filter((place) => first.has(place)).length / group.length;
}

function told(
  stream: DataStream,
  places: readonly number[],
  rows: Int32Array,
  streams: Preparation["spec"]["streams"],
  data: ReadonlyMap<string, DataStream>,
): Unreconstructed {
  const { name, width } = streams.find((one) => one.name === stream.name)!;
  const values = new Float32Array(rows.length * width);
  copyRows(stream, rows, values);
  const samples = places.map((place) => rows[place]!);
  const shown = Int32Array.from(samples.slice(0, SHOWN));
  return {
    target: null,
    stream: name,
    share: places.length / rows.length,
    accuracyByCodes: null,
    accuracyByStreams: null,
    low: null,
    high: null,
    apart: apartInStream(stream, values, width, places),
    samples,
    shown: { samples: streams.flatMap((one) => shownSamples(data.get(one.name)!, shown)) },
  };
}
