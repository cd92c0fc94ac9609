/** Codes of the rows of which something can be said: those that have the codes, and a value of a factor. */
import type { DataStream } from "../prepare";
import type { Densities } from "../probes/index";

/** Codes of rows of the data, [rows, size], by latent; where a stream is absent, as `Z without X`. */
export interface CodedRows {
  rows: Int32Array;
  means: Record<string, Float32Array>;
  /** Draws of the same rows, which share no noise with each other or with those of other rows. */
  draws: readonly Record<string, Float32Array>[];
  /** The rate in nats of each row that has the code, of the latents that have one, all streams there. */
  rates: Record<string, Float32Array>;
  /** 1 at rows that lack a stream from which the code is inferred, by code; only where some do: see `only`. */
  lacking?: Readonly<Record<string, Uint8Array>>;
  /** Densities of the latents that have them, all streams there; where they were asked for. */
  densities: Record<string, Densities>;
}

const known = new WeakMap<CodedRows, Map<string, CodedRows>>();

/**
 * The rows that have all of these codes, and of `factor` a value; of the codes only these.
 * @returns `coded` itself where all of its rows have
 */
export function only(coded: CodedRows, codes: readonly string[], factor?: DataStream): CodedRows {
  const lacking = codes.flatMap((code) => coded.lacking?.[code] ?? []);
  const absent = factor?.absent;
  if (lacking.length === 0 && absent === undefined) return coded;
  const made = known.get(coded) ?? new Map<string, CodedRows>();
  known.set(coded, made);
  const key = `${codes.join()} ${absent ? factor!.name : ""}`;
  const before = made.get(key);
  if (before !== undefined) return before;
  const places = [...coded.rows.keys()].filter(
    (i) => !absent?.[coded.rows[i]!] && !lacking.some((lacks) => lacks[i]),
  );
  const found = places.length === coded.rows.length ? coded : at(coded, codes, places);
  made.set(key, found);
  return found;
}

function at(coded: CodedRows, codes: readonly string[], places: readonly number[]): CodedRows {
  const count = coded.rows.length;
  const take = (values: Float32Array): Float32Array => {
    const width = values.length / count;
    const out = new Float32Array(places.length * width);
    places.forEach((place, i) => out.set(values.subarray(place * width, (place + 1) * width), i * width));
    return out;
  };
  const each = (all: Readonly<Record<string, Float32Array>>): Record<string, Float32Array> =>
    Object.fromEntries(codes.flatMap((code) => (all[code] ? [[code, take(all[code])]] : [])));
  const densitiesOf = ({ components, statistics }: Densities): Densities => ({
    components: components.map(({ natural, own, density }) => ({
      natural: take(natural),
      own: take(own),
      density: take(density),
    })),
    statistics: statistics.map(take),
  });
  return {
    rows: Int32Array.from(places, (place) => coded.rows[place]!),
    means: each(coded.means),
    draws: coded.draws.map(each),
    rates: coded.rates,
    densities: Object.fromEntries(
      codes.flatMap((code) => {
        const densities = coded.densities[code];
        return densities ? [[code, densitiesOf(densities)]] : [];
      }),
    ),
  };
}
