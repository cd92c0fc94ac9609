/** Completion inside each statement but `compress` and `keep`. */
import { CompletionItemKind } from "vscode-languageserver-types";
import { quote, type Token } from "../../core/language/scanner";
import type { Declaration } from "../../core/language/declaration";
import { kindOf, type NameKind } from "../scope";
import { dataSettings, fieldsIn } from "../data";
import { entryOf } from "../../core/language/vocabulary";
import { kindsOfTransform } from "../../core/language/words";
import { bounds } from "../../core/theory/bounds";
import type { CursorPlace } from "./cursor";
import type { SpecField } from "../new-spec/data";
import { entryOffers, nameOffers, plainText, wordOffers, type Offer } from "./items";

type Names = readonly Declaration[];
/** @param needed the lines that the spec needs next, as snippets */
type Rule = (place: CursorPlace, names: Names, needed: readonly string[]) => Offer[];

const streams: NameKind[] = ["modality", "target", "observe"];
const variables: NameKind[] = ["modality", "latent", "each"];

const last = ({ before }: CursorPlace): string => before.at(-1)!.text;
const wrote = ({ before }: CursorPlace, ...words: string[]): boolean =>
  before.some(({ text }, index) => index > 0 && words.includes(text));
/** Names that already stand since the last of these words. */
const since = ({ before }: CursorPlace, ...words: string[]): string[] =>
  before.slice(before.findLastIndex(({ text }) => words.includes(text)) + 1).map(({ text }) => text);
const without = (offers: Offer[], taken: string[]): Offer[] =>
  offers.filter(({ label }) => !taken.includes(label));
/** Whether the cursor stands where a list of names goes on: after its word or a comma. */
const lists = (place: CursorPlace, ...words: string[]): boolean =>
  last(place) === "," || words.includes(last(place));

const stream: Rule = (place, names) => {
  const inner = place.open.at(-1);
  if (inner?.word === "augment" && inner.inside.some(({ text }) => text === ","))
    return changeOffers(inner.inside.map(({ text }) => text));
  if (inner !== undefined) return nameOffers(names, ["modality"], 1);
  if (last(place) === ":") return kindOffers(place);
  if (last(place) === "=")
    return wrote(place, ":")
      ? fieldOffers(place, [])
      : entryOffers("derivation", 1, derivationSnippet(names));
  const changes = place.before.length >= 4 ? transformOffers(place, place.before[3]!.text) : [];
  if (changes.length > 0) return changes;
  return place.before.length === 1 ? fieldOffers(place, names) : [];
};

/** Changes of the numbers of a field that its kind has, after it or after the kind. */
function transformOffers(place: CursorPlace, kind: string): Offer[] {
  const ranges: Record<string, string> = {
    scale: "scale(${1:0} .. ${2:255})",
    clip: "clip(${1:-5} .. ${2:5})",
  };
  return without(
    entryOffers("transform", 3, ({ word }) => ranges[word]),
    since(place, ":"),
  ).filter(({ label }) => kindsOfTransform(label).includes(kind));
}

/** What is predicted or known is mostly a label or a number. */
const kindOffers = ({ before }: CursorPlace): Offer[] =>
  entryOffers("kind", 1).map((offer) =>
    before[0]!.text !== "modality" && ["label", "scalar"].includes(offer.label)
      ? { ...offer, rank: 0 }
      : offer,
  );

/** Fields of a file: those of the same kind first, and each as the data name it. */
function fileFieldOffers(place: CursorPlace, fields: readonly SpecField[], declared: Names): Offer[] {
  const naming = place.before.length === 1;
  const role = place.before[0]!.text === "modality" ? "stream" : "factor";
  const kind = place.before[place.before.findIndex(({ text }) => text === ":") + 1]?.text;
  return fields
    .filter(({ name }) => !declared.some((one) => one.name === name))
    .map(({ name, kind: fits, role: is, field }) => ({
      label: naming || field === undefined ? name : quote(field),
      kind: CompletionItemKind.Field,
      detail: `${fits}, a field of the data`,
      rank: (naming ? is === role : fits.split("(")[0] === kind) ? 1 : 2,
      ...(naming
        ? { snippet: `${name} : ${fits}${field === undefined ? "" : ` = ${plainText(quote(field))}`}` }
        : {}),
    }));
}

/** Fields of the built-in data that suit the statement; with their kinds where they are to be declared. */
function fieldOffers(place: CursorPlace, declared: Names): Offer[] {
  if (place.fields !== undefined) return fileFieldOffers(place, place.fields, declared);
  const role = place.before[0]!.text === "modality" ? "stream" : "factor";
  const fields = fieldsIn(place.spec);
  const naming = place.before.length === 1;
  const kind = place.before[place.before.findIndex(({ text }) => text === ":") + 1]?.text;
  return fields
    .filter((field) => field.role === role && !declared.some(({ name }) => name === field.name))
    .filter((field) => naming || field.kind.split("(")[0] === kind)
    .map(({ name, kind, doc }) => ({
      label: name,
      kind: CompletionItemKind.Field,
      detail: doc,
      rank: 1,
      ...(naming ? { snippet: `${name} : ${kind}` } : {}),
    }));
}

const derivationSnippet =
  (names: Names) =>
  ({ word: made }: { word: string }): string => {
    const first = (kind: NameKind, usual: string): string =>
      names.find((one) => kindOf(one) === kind)?.name ?? usual;
    const x = first("modality", "X");
    const snippets: Record<string, string> = {
      augment: `augment(\${1:${x}}, \${2:crop})`,
      past: `past(\${1:${x}}, \${2:20})`,
      future: `future(\${1:${x}}, \${2:20})`,
      partner: `partner(\${1:${x}}, same = \${2:${first("target", "L")}})`,
    };
    return snippets[made] ?? `${made}(\${1:${x}})`;
  };

/** Changes that `augment` can make of a stream, behind it. */
const changeOffers = (inside: readonly string[]): Offer[] =>
  without(
    (entryOf("derivation", "augment")?.parameters ?? [])
      .flatMap(({ values }) => values ?? [])
      .map((change) => word(change)),
    [...inside],
  );

const latent: Rule = (place, names) => {
  const inner = place.open.at(-1);
  if (inner !== undefined)
    return inner.word === "poe"
      ? [
          word("prior", "the prior is an expert too"),
          setting("weights", "weights = learned", "powers of the experts, which are trained"),
        ]
      : [];
  if (last(place) === ":") return entryOffers("law", 1);
  if (last(place) === "by") return entryOffers("fusion", 1, () => undefined);
  if (lists(place, "from"))
    return without(nameOffers(names, variables, 1), [place.before[1]?.text ?? "", ...since(place, "from")]);
  if (last(place) === "given")
    return without(nameOffers(names, ["latent"], 1), [place.before[1]?.text ?? ""]);
  if (!wrote(place, ":") || last(place) === "=") return [];
  const clauses = wrote(place, "from") ? ["by", "given", "frozen"] : ["from"];
  return wordOffers(
    "clause",
    clauses.filter((clause) => !wrote(place, clause)),
    1,
  );
};

const word = (label: string, detail?: string): Offer => ({
  label,
  kind: CompletionItemKind.EnumMember,
  rank: 1,
  ...(detail === undefined ? {} : { detail }),
});
const setting = (label: string, snippet: string, detail?: string): Offer => ({
  label,
  kind: CompletionItemKind.Property,
  snippet,
  rank: 1,
  ...(detail === undefined ? {} : { detail }),
});

const listOf =
  (...kinds: NameKind[]): Rule =>
  (place, names) =>
    lists(place, place.before[0]!.text)
      ? without(nameOffers(names, kinds, 1), since(place, place.before[0]!.text))
      : [];

const prior: Rule = (place, names) => {
  if (place.before.length === 1) return nameOffers(names, ["latent"], 1);
  if (last(place) === "=") return entryOffers("prior", 1);
  return lists(place, "from") ? nameOffers(names, variables, 1) : [];
};

const knob: Rule = (place, names) => {
  if (["=", "..", "in"].includes(last(place)))
    return place.before.length > 3 ? nameOffers(names, ["knob"], 2) : [];
  const clauses = wrote(place, "..") ? ["log"] : wrote(place, "=") && !wrote(place, "in") ? ["in"] : [];
  return wordOffers("clause", clauses, 1);
};

const anneal: Rule = (place, names) => {
  if (place.before.length === 1) return nameOffers(names, ["knob"], 1);
  if (place.before.length === 2) return wordOffers("clause", ["from"], 1);
  if (["from", "over", "after", "hold"].includes(last(place))) return [];
  if (!wrote(place, "over")) return wordOffers("clause", ["over"], 1);
  if (place.before.at(-1)?.kind === "number" && place.before.at(-2)?.text !== "repeat")
    return wordOffers("clause", ["epochs", "steps"], 1);
  const more = ["after", "hold", "repeat"].filter((word) => !wrote(place, word));
  return wordOffers("clause", more, 1);
};

const intentNames: Record<string, NameKind[]> = {
  shared: ["modality"],
  private: ["modality"],
  reconstruct: ["modality"],
  predict: ["target"],
  forget: streams,
};

/** Intents, those that are needed first, with what they are of. */
function intentOffers(names: Names, needed: readonly string[], written: readonly string[]): Offer[] {
  const lines = needed.flatMap((line) => (line.startsWith("want ") ? [line.slice("want ".length)] : []));
  const of = (intent: string): string =>
    names
      .filter((one) => intentNames[intent]?.includes(kindOf(one)) === true)
      .slice(0, intent === "shared" ? 2 : 1)
      .map(({ name }, i) => `\${${i + 1}:${name}}`)
      .join(", ");
  const calls = entryOffers("intent", 2, ({ word: intent }) => `${intent}(${of(intent)})`);
  return calls.map((offer) => {
    const at = lines.findIndex((line) => line.startsWith(`${offer.label}(`));
    if (at >= 0 && !written.includes(offer.label))
      return { ...offer, snippet: lines[at]!, rank: at / lines.length };
    return written.includes(offer.label) ? { ...offer, rank: 3 } : offer;
  });
}

const want: Rule = (place, names, needed) => {
  const inner = place.open.at(-1);
  if (inner !== undefined) {
    const taken = inner.inside.map(({ text }) => text);
    return without(nameOffers(names, intentNames[inner.word ?? ""] ?? streams, 1), taken);
  }
  if (last(place) === "in") return nameOffers(names, ["latent"], 1);
  if (last(place) === ")") return wordOffers("clause", ["in"], 1);
  if (last(place) === "," && since(place, "in", ")")[0] !== ",") return nameOffers(names, ["latent"], 1);
  return lists(place, "want")
    ? intentOffers(
        names,
        needed,
        place.before.map(({ text }) => text),
      )
    : [];
};

const network: Rule = (place, names) => {
  if (place.before.length === 1) return entryOffers("role", 1, () => undefined);
  if (last(place) === "=") return entryOffers("network", 1);
  if (place.open.length > 0 || wrote(place, "=")) return [];
  const kinds: NameKind[] = wrote(place, "critic") ? ["latent"] : ["modality", "target", "latent"];
  return lists(place, "encoder", "decoder", "critic")
    ? without(nameOffers(names, kinds, 1), since(place, "critic"))
    : [];
};

const separate: Rule = (place, names) => {
  if (lists(place, "separate")) return without(nameOffers(names, ["latent"], 1), since(place, "separate"));
  if (last(place) === "weight") return nameOffers(names, ["knob"], 1);
  if (last(place) === "by")
    return bounds
      .filter(({ serves }) => serves.includes("compress"))
      .map(({ id, title }) => ({
        label: id,
        kind: CompletionItemKind.Function,
        detail: title,
        rank: 1,
        data: { bound: id },
      }));
  return wordOffers(
    "clause",
    ["weight", "by"].filter((clause) => !wrote(place, clause)),
    1,
  );
};

const missing: Rule = (place, names) =>
  place.before.length === 1
    ? nameOffers(names, ["modality"], 1)
    : last(place) === "rate"
      ? []
      : wordOffers("clause", wrote(place, "rate") ? [] : ["rate"], 1);

const each: Rule = (place, names) => {
  if (place.before.length === 2) return wordOffers("clause", ["in"], 1);
  if (place.open.length > 0) return nameOffers(names, ["modality", "target", "latent"], 1);
  if (last(place) === "in")
    return [...nameOffers(names, ["modality", "target", "latent"], 1), ...entryOffers("domain", 2)];
  return last(place) === ","
    ? without(nameOffers(names, ["modality", "target", "latent"], 1), since(place, "in"))
    : [];
};

const usualValues: Readonly<Record<string, string>> = {
  epochs: "${1:10}",
  steps: "${1:2000}",
  batch: "${1:128}",
  optimizer: "adam(${1:1e-3})",
  seed: "${1:1}",
};

/** Settings that do not stand yet, or the value of the one being written. */
const train: Rule = ({ open }) => {
  const block = open.find(({ symbol }) => symbol === "{");
  const previous = block?.inside.at(-1)?.text;
  if (block === undefined || open.at(-1) !== block) return [];
  if (previous === "=")
    return block.inside.at(-2)?.text === "optimizer"
      ? entryOffers("optimizer", 1, () => "adam(${1:1e-3})")
      : [];
  if (!expectsSetting(block.inside, previous)) return [];
  const written = block.inside.map(({ text }) => text);
  // The two say the same thing.
  const lengths = ["epochs", "steps"];
  const done = lengths.some((word) => written.includes(word)) ? [...written, ...lengths] : written;
  return without(
    entryOffers("setting", 1, ({ word: name }) => `${name} = ${usualValues[name] ?? ""}`),
    done,
  );
};

const data: Rule = ({ before, open }) => {
  const block = open.find(({ symbol }) => symbol === "{");
  const source = before.find(({ kind }) => kind === "string")?.value;
  if (block === undefined || source === undefined || !expectsSetting(block.inside, block.inside.at(-1)?.text))
    return [];
  const offers = dataSettings(source).map(({ name, doc, value }) =>
    setting(name, `${name} = \${1:${value}}`, doc),
  );
  return without(
    offers,
    block.inside.map(({ text }) => text),
  );
};

/** At the start of a block, after a comma, or on a line of its own after a value. */
const expectsSetting = (inside: Token[], previous: string | undefined): boolean =>
  previous === undefined || previous === "," || inside.at(-2)?.text === "=" || previous === ")";

export const statementRules: Record<string, Rule> = {
  modality: stream,
  target: stream,
  observe: stream,
  latent,
  share: listOf("latent"),
  prior,
  knob,
  anneal,
  want,
  network,
  separate,
  missing,
  each,
  train,
  data,
  drop: listOf("modality", "target", "observe", "latent", "knob", "label"),
};
