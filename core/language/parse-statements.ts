/** One rule for each statement of a spec. */
import { nameOf, type Cursor } from "./cursor";
import {
  parseCall,
  parseFactor,
  parseHyphenatedCall,
  parseNames,
  parseProduct,
  parseString,
  parseValue,
  parseVariable,
  takeComma,
} from "./parse-values";
import { parseSettings } from "./parse-settings";
import { parseBound, parseTerms } from "./parse-terms";
import { unknownModifier } from "./modifiers";
import type * as Tree from "./tree";
import { changeWords } from "./words";

/** A statement without its range and documentation, which the caller adds. */
type Bare<S> = S extends Tree.Statement ? Omit<S, "range" | "doc"> : never;
type Rule = (cursor: Cursor, opening: Opening) => Bare<Tree.Statement> | undefined;

/** How the statement began. */
interface Opening {
  /** Its word, spelled right. */
  word: string;
  /** The column of its word, when it begins its line. */
  column: number | undefined;
  /** How many `each` it stands in. */
  depth: number;
}

const maximumEach = 20;

const rules: Record<string, Rule> = {
  modality: parseStream,
  target: parseStream,
  observe: parseStream,
  want: parseWant,
  latent: parseLatent,
  share: parseShare,
  prior: parsePrior,
  knob: parseKnob,
  anneal: parseAnneal,
  compress: parseTermStatement,
  keep: parseTermStatement,
  separate: parseSeparate,
  missing: parseMissing,
  each: parseEach,
  network: parseNetwork,
  data: parseData,
  train: parseTrain,
  drop: parseDrop,
};

/**
 * The statement that `word` begins; the cursor is on that word, which may be misspelled. Undefined when it could not
 * be read, after telling why.
 */
export function parseStatement(cursor: Cursor, word: string, depth = 0): Tree.Statement | undefined {
  const doc = cursor.doc();
  const { start, first, column } = cursor.next();
  cursor.statement = { word, start };
  const bare = rules[word]?.(cursor, { word, column: first ? column : undefined, depth });
  if (!bare) return undefined;
  return { ...bare, ...(doc === undefined ? {} : { doc }), range: cursor.rangeFrom(start) };
}

/** Moves past a clause's word, also misspelled on the same line. */
function takeClause(cursor: Cursor, ...words: string[]): string | undefined {
  const exact = words.find((word) => cursor.takeWord(word));
  if (exact !== undefined || cursor.peek().first || cursor.beginsStatement()) return exact;
  return cursor.takeMisspelled(words);
}

/** Takes a clause's word; tells when it is not there and goes on as if it were. */
function needWord(cursor: Cursor, word: string, what: string): void {
  if (cursor.isWord() && !cursor.isWord(word) && cursor.isLaterOnLine(word)) unknownModifier(cursor, word);
  if (takeClause(cursor, word) === undefined) cursor.expected(what, ` ${word}`);
}

function parseStream(cursor: Cursor, { word }: Opening): Bare<Tree.StreamStatement> | undefined {
  const role = word as Tree.StreamStatement["role"];
  const name = cursor.name(`a name for the ${role}`);
  if (!name) return undefined;
  const stream: Bare<Tree.StreamStatement> = { kind: "stream", role, name };
  if (!cursor.is("=")) {
    cursor.need(":", "`:` and a kind such as `image(28, 28)`", " :");
    const type = parseCall(cursor, "a kind such as `image(28, 28)` or `vector(8)`");
    if (!type) return undefined;
    stream.type = type;
  }
  if (!cursor.take("=")) return withTransforms(cursor, stream);
  if (cursor.isWord() && cursor.is("(", 1)) {
    const derived = parseCall(cursor, "a derivation");
    if (derived) stream.derived = derived;
    return derived && stream;
  }
  const what = stream.type ? "a field of the data" : "a derivation such as `augment(X, crop)`";
  const field = parseField(cursor, what);
  if (!field) return undefined;
  if (!stream.type) {
    cursor.expected(`\`: KIND\` before \`=\`, or a derivation such as \`augment(X, crop)\` after it`);
    return undefined;
  }
  if (!cursor.take("..")) return withTransforms(cursor, { ...stream, field });
  const fieldTo = parseField(cursor, "the last field of the range");
  return fieldTo && withTransforms(cursor, { ...stream, field, fieldTo });
}

const parseField = (cursor: Cursor, what: string): Tree.Name | Tree.StringValue | undefined =>
  cursor.peek().kind === "string" ? parseString(cursor, what) : cursor.name(what);

/** `standardise`, `scale(0 .. 255)`: as many as there are on the line. */
function withTransforms(
  cursor: Cursor,
  stream: Bare<Tree.StreamStatement>,
): Bare<Tree.StreamStatement> | undefined {
  const transforms: Tree.Transform[] = [];
  for (;;) {
    const { start } = cursor.peek();
    const word = takeClause(cursor, ...changeWords);
    if (word === undefined) break;
    const name: Tree.Name = { kind: "name", text: word, range: cursor.rangeFrom(start) };
    const transform: Omit<Tree.Transform, "range"> = { kind: "transform", name };
    if (cursor.take("(")) {
      const low = parseValue(cursor);
      if (!low) return undefined;
      cursor.need("..", "`..` and the end of the range", " ..");
      const high = parseValue(cursor);
      if (!high) return undefined;
      cursor.need(")", `\`)\` to close \`${word}(\``);
      transform.between = { low, high };
    }
    transforms.push({ ...transform, range: cursor.rangeFrom(start) });
  }
  return transforms.length > 0 ? { ...stream, transforms } : stream;
}

function parseLatent(cursor: Cursor): Bare<Tree.LatentStatement> | undefined {
  const name = cursor.name("a name for the latent");
  if (!name) return undefined;
  cursor.need(":", "`:` and a law such as `gaussian(8)`", " :");
  const law = parseCall(cursor, "a law such as `gaussian(8)`");
  if (!law) return undefined;
  const clauses: { from?: Tree.Name[]; given?: Tree.Name[]; fusion?: Tree.Call; frozen?: Tree.Name } = {};
  const words = ["from", "by", "given", "frozen"];
  for (;;) {
    const { start } = cursor.peek();
    const word = takeClause(cursor, ...words);
    const odd = word === undefined && cursor.isWord() && !cursor.endsStatement();
    if (odd && (clauses.from || cursor.isLaterOnLine("from"))) {
      unknownModifier(cursor);
      continue;
    }
    if (word === undefined) break;
    if (clauses[word === "by" ? "fusion" : (word as "from" | "given" | "frozen")]) {
      repeatedClause(cursor, `This latent already has a \`${word}\`; keep one.`);
      return undefined;
    }
    if (word === "frozen") {
      clauses.frozen = { kind: "name", text: word, range: cursor.rangeFrom(start) };
    } else if (word === "by") {
      const fusion = parseHyphenatedCall(cursor, "a fusion such as `concat` or `poe`");
      if (!fusion) return undefined;
      clauses.fusion = fusion;
    } else {
      const what = word === "from" ? "what the latent is inferred from" : "a latent after `given`";
      const names = parseNames(cursor, what, words);
      if (!names) return undefined;
      clauses[word as "from" | "given"] = names;
    }
  }
  if (!clauses.from) {
    cursor.expected("`from` and what the latent is inferred from");
    return undefined;
  }
  const { from, fusion, given = [], frozen } = clauses;
  return {
    kind: "latent",
    name,
    law,
    from,
    ...(fusion ? { fusion } : {}),
    given,
    ...(frozen ? { frozen } : {}),
  };
}

function parseShare(cursor: Cursor): Bare<Tree.ShareStatement> | undefined {
  const names = parseNames(cursor, "a latent");
  return names && { kind: "share", names };
}

function parsePrior(cursor: Cursor): Bare<Tree.PriorStatement> | undefined {
  const name = cursor.name("a latent");
  if (!name) return undefined;
  cursor.need("=", "`=` and a prior such as `standard`", " =");
  if (cursor.takeWord("from")) {
    const from = parseNames(cursor, "what the prior is made from");
    return from && { kind: "prior", name, from };
  }
  const law = parseHyphenatedCall(cursor, "a prior such as `standard` or `mixture(10)`");
  return law && { kind: "prior", name, law };
}

function parseKnob(cursor: Cursor): Bare<Tree.KnobStatement> | undefined {
  const name = cursor.name("a name for the knob");
  if (!name) return undefined;
  cursor.need("=", "`=` and the knob's value", " =");
  const value = parseValue(cursor);
  if (!value) return undefined;
  const knob: Bare<Tree.KnobStatement> = { kind: "knob", name, value, log: false };
  if (takeClause(cursor, "in") !== undefined) {
    const from = parseValue(cursor);
    if (!from) return undefined;
    cursor.need("..", "`..` and the largest value");
    const to = parseValue(cursor);
    if (!to) return undefined;
    Object.assign(knob, { from, to });
  }
  return { ...knob, log: takeClause(cursor, "log") !== undefined };
}

function parseAnneal(cursor: Cursor): Bare<Tree.AnnealStatement> | undefined {
  const name = cursor.name("a knob");
  if (!name) return undefined;
  needWord(cursor, "from", "`from` and the value to begin with");
  const from = parseValue(cursor);
  if (!from) return undefined;
  needWord(cursor, "over", "`over` and how long, such as `10 epochs`");
  const over = parseValue(cursor);
  if (!over) return undefined;
  const unit = parseUnit(cursor);
  const clauses: Pick<Tree.AnnealStatement, "after" | "hold" | "repeat"> = {};
  for (;;) {
    const { start } = cursor.peek();
    const word = takeClause(cursor, "after", "hold", "repeat") as keyof typeof clauses | undefined;
    if (word === undefined) return { kind: "anneal", name, from, over, unit, ...clauses };
    if (clauses[word]) {
      repeatedClause(cursor, `This schedule already has a \`${word}\`; keep one.`);
      return undefined;
    }
    if (word === "repeat") {
      const count = cursor.peek().kind === "number" || cursor.is("(") ? parseFactor(cursor) : undefined;
      clauses.repeat = { ...(count ? { count } : {}), range: cursor.rangeFrom(start) };
    } else {
      const value = parseValue(cursor);
      if (!value) return undefined;
      clauses[word] = { value, unit: parseUnit(cursor), range: cursor.rangeFrom(start) };
    }
  }
}

function parseUnit(cursor: Cursor): "epochs" | "steps" {
  const unit = takeClause(cursor, "epochs", "steps");
  if (unit === undefined) cursor.expected("`epochs` or `steps`", " epochs");
  return unit === "steps" ? "steps" : "epochs";
}

const repeatedClause = (cursor: Cursor, message: string): void =>
  cursor.fault("repeated-clause", message, cursor.previous());

function parseTermStatement(cursor: Cursor, { word }: Opening): Bare<Tree.TermStatement> | undefined {
  const label = cursor.isWord() && cursor.is(":", 1) ? nameOf(cursor.next()) : undefined;
  cursor.take(":");
  const side = word as Tree.TermStatement["side"];
  const terms = parseTerms(cursor, side);
  return terms && { kind: "term", side, ...(label ? { label } : {}), terms };
}

function parseSeparate(cursor: Cursor): Bare<Tree.SeparateStatement> | undefined {
  const left = parseVariable(cursor);
  if (!left) return undefined;
  cursor.need(",", "`,` and the latent to separate it from");
  const right = parseVariable(cursor);
  if (!right) return undefined;
  const clauses: { weight?: Tree.Value; bound?: Tree.BoundClause } = {};
  for (;;) {
    const word = takeClause(cursor, "weight", "by");
    if (word === undefined) return { kind: "separate", left, right, ...clauses };
    const clause = word === "by" ? parseBound(cursor) : parseProduct(cursor);
    if (!clause) return undefined;
    Object.assign(clauses, word === "by" ? { bound: clause } : { weight: clause });
  }
}

function parseWant(cursor: Cursor): Bare<Tree.WantStatement> | undefined {
  const wants: Tree.Want[] = [];
  do {
    const intent = cursor.name("what must survive, such as `shared(X, Y)`");
    if (!intent) return undefined;
    cursor.need("(", `\`(\` after \`${intent.text}\``);
    const of = parseNames(cursor, "a name", [")"]);
    if (!of) return undefined;
    cursor.need(")", `\`)\` to close \`${intent.text}(\``);
    const within: Tree.Name[] = [];
    if (takeClause(cursor, "in") !== undefined) {
      do {
        const name = cursor.name("a latent");
        if (!name) return undefined;
        within.push(name);
      } while (cursor.is(",") && !cursor.is("(", 2) && cursor.take(","));
    }
    wants.push({ intent, of, in: within, range: cursor.rangeFrom(intent.range.start) });
  } while (takeComma(cursor));
  return { kind: "want", wants };
}

function parseMissing(cursor: Cursor): Bare<Tree.MissingStatement> | undefined {
  const name = cursor.name("a stream");
  if (!name) return undefined;
  needWord(cursor, "rate", "`rate` and how often it is missing, such as `0.2`");
  const rate = parseValue(cursor);
  return rate && { kind: "missing", name, rate };
}

function parseEach(cursor: Cursor, { depth }: Opening): Bare<Tree.EachStatement> | undefined {
  const variable = cursor.name("a name for the elements");
  if (!variable) return undefined;
  needWord(cursor, "in", "`in` and what it runs over");
  const domain = parseDomain(cursor);
  if (!domain) return undefined;
  cursor.need(":", "`:` and the statement to repeat");
  const word = cursor.isWord() && Object.hasOwn(rules, cursor.peek().text) ? cursor.peek().text : undefined;
  if (word === undefined || depth > maximumEach) {
    if (word === undefined) cursor.expected("a statement such as `keep` or `compress`");
    else cursor.fault("too-deep", "`each` is nested too deeply to be read.", cursor.peek());
    return undefined;
  }
  const body = parseStatement(cursor, word, depth + 1);
  return body && { kind: "each", variable, domain, body };
}

function parseDomain(cursor: Cursor): Tree.EachDomain | undefined {
  if (cursor.isWord() && cursor.is("(", 1)) return parseCall(cursor, "a set of streams");
  const { start } = cursor.peek();
  const names = parseNames(cursor, "a name", [":"]);
  return names && { kind: "names", names, range: cursor.rangeFrom(start) };
}

const networkRoles = ["encoder", "decoder", "critic"] as const;

function parseNetwork(cursor: Cursor): Bare<Tree.NetworkStatement> | undefined {
  const role = takeClause(cursor, ...networkRoles) as Tree.NetworkStatement["role"] | undefined;
  if (role === undefined) {
    cursor.expected("`encoder`, `decoder` or `critic`");
    return undefined;
  }
  const names = parseNames(cursor, role === "critic" ? "a latent" : "a stream");
  if (!names) return undefined;
  cursor.need("=", "`=` and a network such as `mlp(256, 256)`", " =");
  const network = parseCall(cursor, "a network such as `mlp(256, 256)`");
  return network && { kind: "network", role, names, network };
}

function parseData(cursor: Cursor, { column }: Opening): Bare<Tree.DataStatement> | undefined {
  const source = parseString(cursor, "the name of a generator or a file");
  if (!source) return undefined;
  const follows = cursor.isWord() && cursor.is("=", 1) && !cursor.peek().first;
  const settings = cursor.is("{") || follows ? parseSettings(cursor, "data", column) : [];
  return { kind: "data", source, settings };
}

function parseTrain(cursor: Cursor, { column }: Opening): Bare<Tree.TrainStatement> {
  return { kind: "train", settings: parseSettings(cursor, "train", column) };
}

function parseDrop(cursor: Cursor): Bare<Tree.DropStatement> | undefined {
  const name = cursor.name("the name of a declaration or a term");
  return name && { kind: "drop", name };
}
